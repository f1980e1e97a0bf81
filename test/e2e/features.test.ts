/** Section 3, the column of features: a locked control pointed at, a route entered, a search; and the click that asks. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  fourControls,
  fourFeatures,
  type Host,
  MINUTE,
  marksHeard,
  moveClock,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
  withClock,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const body = `
  <main><h1>Settings</h1>
  <button id="sso" aria-disabled="true" data-plimsoll-feature="sso">Single sign-on</button>
  <input id="search" data-plimsoll-search aria-label="Search">
  <button id="other">Other</button></main>`

async function open(config: object = exampleConfig(), markup = body, path = '/'): Promise<void> {
  host = await startHost(config, { script: `${record}${ana}`, body: markup })
  await page.goto(host.origin + path)
  await event(page, 'ready')
  await marksHeard(page)
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

const tooltip = () => widget(page, 'tooltip')
const control = () => page.locator('#sso')

test('shows beside a locked control that is pointed at for half a second', async () => {
  await open()
  await control().hover()
  await tooltip().waitFor()
  expect(await tooltip().innerText()).toContain('Single sign-on')
  expect(await tooltip().innerText()).toContain('Lets your team sign in with the company account. It is part of Pro.')
  const [at, over] = await Promise.all([tooltip().boundingBox(), control().boundingBox()])
  expect(at && over && at.y - (over.y + over.height)).toBeCloseTo(10, 0)
  await event(page, 'impression', 'sso-discovery')
})

test('shows beside a locked control that is focused, and takes no focus', async () => {
  await open()
  await control().focus()
  await tooltip().waitFor()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('sso')
})

test('shows for a route that is entered, and at load', async () => {
  const triggers = [{ id: 'sso-discovery', type: 'feature_discovery', feature: 'sso', near: { route: '/settings/**' } }]
  await open(exampleConfig({ triggers }), body, '/settings/security')
  await tooltip().waitFor()
})

test('shows for a search by keyword or name, read 400 ms after the last key', async () => {
  await open()
  await page.locator('#search').pressSequentially('how to SAML')
  await tooltip().waitFor()
  expect(JSON.stringify(await events(page))).not.toContain('SAML')
})

test('shows for a search that the host tracks', async () => {
  await open()
  await call(page, 'track', 'search', { query: 'okta' })
  await tooltip().waitFor()
})

test('shows inline in a slot when the page has no control', async () => {
  await open(exampleConfig(), '<input data-plimsoll-search aria-label="Search"><div data-plimsoll-slot="sso"></div>')
  await call(page, 'track', 'search', { query: 'okta' })
  await tooltip().waitFor()
  expect(await page.locator('[data-plimsoll-slot="sso"] [data-plimsoll-widget="tooltip"]').getAttribute('role')).toBe(
    'region',
  )
})

test('shows once per feature and user, whichever trigger asks, and in no later session', async () => {
  const triggers = ['a', 'b'].map((id) => ({ id, type: 'feature_discovery', feature: 'sso' }))
  await open(exampleConfig({ triggers }))
  await control().hover()
  await event(page, 'impression', 'a')
  await action(page, 'dismiss').first().click()
  await expect.poll(() => tooltip().count()).toBe(0)
  await moveClock(page, 31 * MINUTE)
  await page.goto(host.origin)
  await event(page, 'ready')
  await marksHeard(page)
  await control().focus()
  await soon(() => reasons(page, 'b')).toEqual(['frequency'])
  expect(await tooltip().count()).toBe(0)
})

test('answers a click on the locked control every time, uncounted', async () => {
  await open()
  for (const _ of [1, 2, 3, 4]) {
    await control().click({ force: true })
    await tooltip().waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => tooltip().count()).toBe(0)
  }
  expect(await events(page, 'impression')).toEqual([])
  expect(await reasons(page, 'sso-discovery')).not.toContain('frequency')
})

test('leaves the control’s own default alone', async () => {
  await open(exampleConfig(), '<a id="sso" href="#asked" data-plimsoll-feature="sso">Single sign-on</a>')
  await control().click()
  await tooltip().waitFor()
  expect(new URL(page.url()).hash).toBe('#asked')
})

test.each([
  ['the plan has it', { plan: 'pro' }],
  ['the account has it as an extra', { features: ['sso'] }],
])('shows nothing when %s', async (_, account) => {
  await open()
  await call(page, 'identify', { account: { id: 'acme', ...account } })
  await control().click({ force: true })
  await settled(page)
  expect(await tooltip().count()).toBe(0)
  expect(await reasons(page, 'sso-discovery')).toEqual(['already_has'])
})

test('is silent for features after three feature prompts in one session', async () => {
  await open(fourFeatures, fourControls)
  for (const name of ['f1', 'f2', 'f3']) {
    await page.locator(`#${name}`).focus()
    await event(page, 'impression', name)
    await action(page, 'dismiss').first().click()
    await expect.poll(() => tooltip().count()).toBe(0)
  }
  await page.locator('#f4').focus()
  await event(page, 'withheld', 'f4')
  expect(await reasons(page, 'f4')).toEqual(['quiet', 'cap_session'])
})

describe('the explainer', () => {
  test('opens from Learn more and leads to the upgrade; closing it is no refusal', async () => {
    await open()
    await control().hover()
    await tooltip().waitFor()
    await action(page, 'primary').click()
    await widget(page, 'explainer').waitFor()
    expect(await widget(page, 'explainer').innerText()).toContain('1,000 projects')
    expect(await widget(page, 'explainer').getByRole('link').getAttribute('href')).toBe(
      `${host.origin}/billing/upgrade?plan=pro&from=sso-discovery`,
    )
    await page.keyboard.press('Escape')
    await expect.poll(() => widget(page, 'explainer').count()).toBe(0)
    expect(await events(page, 'dismiss')).toEqual([])
    expect((await events(page, 'click')).length).toBe(1)
  })
})
