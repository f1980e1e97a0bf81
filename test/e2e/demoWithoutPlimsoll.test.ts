import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from '../browser.ts'
import { type Demo, noScript, openDemo, setClock } from '../demo/openDemo.ts'

/** Where the script is missing or blocked, the product works, and the server alone says no. */

let browser: Browser
let demo: Demo
let page: Page
const thrown: Error[] = []

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())
beforeEach(async () => {
  demo = await openDemo({ plimsoll: noScript() })
  const context = await browser.newContext()
  await setClock(context, demo.url)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => thrown.push(error))
})
afterEach(async () => {
  await page.context().close()
  await demo.close()
  expect(thrown.splice(0)).toEqual([])
})

test('sends invites while there are seats, and shows the refusal of the server when there are none', async () => {
  await page.goto(`${demo.url}/team`)
  await page.getByLabel('Email addresses').fill('kim@acme.test, lee@acme.test')
  await page.getByRole('button', { name: 'Send 2 invites' }).click()
  await page.locator('.notice', { hasText: '2 invites sent.' }).waitFor()
  await page.getByLabel('Email addresses').fill('eleventh@acme.test')
  await page.getByRole('button', { name: 'Send invite' }).click()
  await page
    .locator('.notice', { hasText: 'The server refused this: 10 of 10 seats are taken, so 0 of these 1 invites fit.' })
    .waitFor()
  expect(await page.getByLabel('Email addresses').inputValue()).toBe('eleventh@acme.test')
})

test('creates a project through a guarded form', async () => {
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByLabel('Name of the project').fill('Tide tables')
  await page.keyboard.press('Enter')
  await page.getByRole('rowheader', { name: 'Tide tables' }).waitFor()
  expect(await page.locator('.holds').textContent()).toContain('83 of 100 projects')
})

test('states the proration, charges it, and holds the plan after a reload', async () => {
  await page.goto(`${demo.url}/billing/upgrade?plan=pro&from=projects-limit`)
  await page.getByText('$35.00 now, then $99.00 a month from 1 July 2026.').waitFor()
  await page.getByText('$70.00 × 15 of 30 days left').waitFor()
  await page.getByRole('button', { name: 'Pay $35.00 and go to Pro' }).click()
  await page.getByRole('heading', { name: 'You have Pro' }).waitFor()
  await page.goto(`${demo.url}/billing`)
  await page.reload()
  await page.getByRole('article').filter({ hasText: 'Your plan' }).getByRole('heading', { name: 'Pro' }).waitFor()
})

test('keeps a draft over a reload', async () => {
  await page.goto(`${demo.url}/team`)
  await page.getByLabel('Email addresses').fill('kim@acme.test')
  await page.reload()
  await page.getByText('1 person').waitFor()
  expect(await page.getByLabel('Email addresses').inputValue()).toBe('kim@acme.test')
})

test('says in the drawer that nothing answers', async () => {
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await page.getByText('No answer: the script is missing or blocked. Acme works all the same.').waitFor()
})

test('plays another person, and moves the clock of page and server alike', async () => {
  await page.goto(demo.url)
  await page.getByRole('button', { name: 'Try Plimsoll' }).click()
  await page.getByText('Tue, 16 June 2026').or(page.getByText('Tue 16 June 2026')).waitFor()
  await page.getByRole('button', { name: '+30 days' }).click()
  await page.getByText('16 July 2026').waitFor()
  expect(await page.evaluate(() => new Date().toISOString().slice(0, 10))).toBe('2026-07-16')
  const now = await page.evaluate(async () => (await (await fetch('/api/state')).json()).now)
  expect(now.slice(0, 10)).toBe('2026-07-16')
  await page.getByLabel('Member who cannot buy').check()
  await page.getByText('91 of 100 projects').waitFor()
  await page.goto(`${demo.url}/billing/upgrade?plan=pro`)
  await page.getByText('Only an owner or an admin can buy for this workspace.').waitFor()
})
