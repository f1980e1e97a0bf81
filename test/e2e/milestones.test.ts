/** Section 3, the column of milestones: celebrated once, never late. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import {
  action,
  ana,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  MINUTE,
  moveClock,
  newVisitor,
  reasons,
  record,
  settled,
  startHost,
  widget,
  withClock,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

async function open(config: object = exampleConfig(), body = '', script = ''): Promise<void> {
  host = await startHost(config, { script: `${record}${ana}${script}`, body })
  await page.goto(host.origin)
  await event(page, 'ready')
  await settled(page)
}

beforeEach(async () => {
  visitor = await newVisitor()
  await withClock(visitor)
  page = await visitor.newPage()
})
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const modal = () => widget(page, 'modal')
const projects = (used: number) => call(page, 'usage', { projects: { used } })

test('celebrates a milestone that is passed, with the figure and what the next plan gives', async () => {
  await open()
  await projects(9)
  expect(await modal().count()).toBe(0)
  await projects(10)
  await modal().waitFor()
  expect(await modal().innerText()).toContain('Your team has created 10 projects')
  expect(await modal().getAttribute('data-plimsoll-trigger')).toBe('first-100')
  await event(page, 'impression', 'first-100')
})

test('celebrates nothing late: the first figure ever seen is the start', async () => {
  await open()
  await projects(57)
  expect(await modal().count()).toBe(0)
  expect(await reasons(page, 'first-100')).toEqual(['not_matched'])
})

test('shows only the highest of several, once', async () => {
  const triggers = [{ id: 'm', type: 'usage_milestone', metric: 'projects', milestones: [5, 10, 20] }]
  await open(exampleConfig({ triggers }))
  await projects(4)
  await projects(21)
  await modal().waitFor()
  expect(await modal().innerText()).toContain('20')
  await action(page, 'dismiss').first().click()
  await expect.poll(() => modal().count()).toBe(0)
  await projects(3)
  await projects(22)
  expect(await modal().count()).toBe(0)
})

test('counts an event of the metric’s name where it is no resource', async () => {
  const triggers = [{ id: 'reports', type: 'usage_milestone', metric: 'report_exported', milestones: [3, 10, 50] }]
  await open(exampleConfig({ triggers }))
  await call(page, 'track', 'report_exported')
  await call(page, 'track', 'report_exported')
  expect(await modal().count()).toBe(0)
  await call(page, 'track', 'report_exported')
  await modal().waitFor()
})

test('waits until no key has been pressed in a field for three seconds', async () => {
  await open(exampleConfig(), '<input id="field" aria-label="Name">')
  await projects(9)
  await page.locator('#field').pressSequentially('abc')
  await projects(10)
  expect(await reasons(page, 'first-100')).toEqual(['typing'])
  expect(await modal().count()).toBe(0)
  await modal().waitFor()
})

test('shows though the page was too busy to hear the moment at which it may', async () => {
  const busy = `addEventListener('keydown', () => { window.typedAt = Date.now() }, true)
    addEventListener('plimsoll:withheld', () => { while (Date.now() < typedAt + 3100); })`
  await open(exampleConfig(), '<input id="field" aria-label="Name">', busy)
  await projects(9)
  await page.locator('#field').press('a')
  await projects(10)
  await modal().waitFor()
})

test('is spent when its session ends before it could show', async () => {
  await open()
  await projects(9)
  await call(page, 'pause', 'tour')
  await projects(10)
  expect(await reasons(page, 'first-100')).toEqual(['paused'])
  await moveClock(page, 31 * MINUTE)
  await page.goto(host.origin)
  await event(page, 'ready')
  await projects(11)
  expect(await modal().count()).toBe(0)
  expect(await reasons(page, 'first-100')).toEqual(['not_matched'])
})

test('shows as a quiet toast where the file says so, and leaves only when answered', async () => {
  const triggers = [
    { id: 'm', type: 'usage_milestone', metric: 'projects', milestones: [10, 50, 100], surface: 'toast' },
  ]
  await open(exampleConfig({ triggers }))
  await projects(9)
  await projects(10)
  await widget(page, 'toast').waitFor()
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  await action(page, 'dismiss').click()
  await expect.poll(() => widget(page, 'toast').count()).toBe(0)
})

test('leads through the plan comparison to the upgrade', async () => {
  await open()
  await projects(9)
  await projects(10)
  await modal().waitFor()
  await action(page, 'primary').click()
  await widget(page, 'plans').waitFor()
  expect(await modal().count()).toBe(0)
  const links = widget(page, 'plans').getByRole('link')
  expect(await links.first().getAttribute('href')).toBe(`${host.origin}/billing/upgrade?plan=pro&from=first-100`)
  await links.first().click()
  await page.waitForURL('**/billing/upgrade?plan=pro&from=first-100')
})

test('returns the focus when it closes', async () => {
  await open(exampleConfig(), '<button id="work">Work</button>')
  await page.locator('#work').focus()
  await projects(9)
  await projects(10)
  await modal().waitFor()
  expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('work')
  await page.keyboard.press('Escape')
  await expect.poll(() => modal().count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('work')
  expect((await events(page, 'dismiss'))[0]).toMatchObject({ triggerId: 'first-100', by: 'escape' })
})
