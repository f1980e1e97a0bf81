/** Section 3, the column of limits: what a user sees of usage that comes near its limit. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  call,
  closeBrowser,
  DAY,
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

async function open(usage: object, config: object = exampleConfig()): Promise<void> {
  host = await startHost(config, { script: `${record}${ana}plimsoll('usage', ${JSON.stringify(usage)})` })
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

const banner = () => widget(page, 'banner')

/** A later session: the page is left, the clock moved, and opened again. */
async function laterSession(ms = 31 * MINUTE): Promise<void> {
  await moveClock(page, ms)
  await page.goto(host.origin)
  await event(page, 'ready')
  await settled(page)
}

test('shows nothing at 79 of 100', async () => {
  await open({ projects: { used: 79 } })
  expect(await banner().count()).toBe(0)
  expect(await reasons(page, 'projects-80')).toEqual(['not_matched'])
})

test('shows the banner at 80 of 100, with the figures, the next plan and what it gives', async () => {
  await open({ projects: { used: 80 } })
  await expect.poll(() => banner().innerText()).toContain('80 of 100 projects used')
  expect(await banner().innerText()).toContain('Pro gives you 1,000 projects for $99 a month.')
  expect(await banner().getByRole('link').innerText()).toBe('Upgrade now')
  expect(await banner().getByRole('link').getAttribute('href')).toBe(
    `${host.origin}/billing/upgrade?plan=pro&from=projects-80`,
  )
})

test('counts what is pending as used', async () => {
  await open({ projects: { used: 70, pending: 10 } })
  await expect.poll(() => banner().innerText()).toContain('80 of 100 projects used')
})

test('updates live, and goes when usage is more than five points under the mark', async () => {
  await open({ projects: { used: 80 } })
  await banner().waitFor()
  await call(page, 'usage', { projects: { used: 91 } })
  await expect.poll(() => banner().innerText()).toContain('91 of 100 projects used')
  await call(page, 'usage', { projects: { used: 75 } })
  expect(await banner().innerText()).toContain('75 of 100 projects used')
  await call(page, 'usage', { projects: { used: 74 } })
  expect(await banner().count()).toBe(0)
  expect(await events(page, 'dismiss')).toEqual([])
})

test.each([
  ['unlimited', { projects: { used: 5000, limit: null } }, 'not_matched'],
  ['a limit of 0', { projects: { used: 5, limit: 0 } }, 'not_matched'],
  ['no figures', {}, 'figures'],
  ['a report whose period is over', { projects: { used: 99, resetsAt: '2020-01-01T00:00:00Z' } }, 'figures'],
])('shows nothing with %s', async (_, usage, reason) => {
  await open(usage)
  expect(await banner().count()).toBe(0)
  expect(await reasons(page, 'projects-80')).toEqual([reason])
})

test('shows nothing on the highest plan', async () => {
  await open({ projects: { used: 990 } })
  await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
  expect(await reasons(page, 'projects-80')).toEqual(['no_next_plan'])
})

test('shows once a session, and again in the next', async () => {
  await open({ projects: { used: 82 } })
  await event(page, 'impression')
  await page.goto(host.origin)
  await event(page, 'ready')
  await settled(page)
  expect(await banner().count()).toBe(0)
  expect(await reasons(page, 'projects-80')).toEqual(['frequency'])
  await laterSession()
  await banner().waitFor()
})

test('is quiet for thirty days from the third refusal, then returns', async () => {
  await open({ projects: { used: 82 } })
  for (const _ of [1, 2, 3]) {
    await banner().waitFor()
    await action(page, 'dismiss').click()
    await expect.poll(() => banner().count()).toBe(0)
    await laterSession()
  }
  expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'quiet'])
  await laterSession(30 * DAY - 32 * MINUTE)
  expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'quiet'])
  await laterSession(2 * MINUTE)
  await banner().waitFor()
})

test('is quiet as if refused when the third goes unanswered', async () => {
  await open({ projects: { used: 82 } })
  for (const _ of [1, 2, 3]) {
    await event(page, 'impression')
    await laterSession()
  }
  expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'quiet'])
  await laterSession(30 * DAY)
  await banner().waitFor()
})

test('is put off to the next session by Remind me later, which is a refusal too', async () => {
  await open({ projects: { used: 82 } })
  await banner().waitFor()
  await action(page, 'snooze').click()
  await expect.poll(() => banner().count()).toBe(0)
  expect((await events(page)).map(({ type }) => type)).toEqual(
    expect.arrayContaining(['impression', 'dismiss', 'snooze']),
  )
  expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'snoozed'])
  await laterSession()
  await banner().waitFor()
})

describe('when the plan rises', () => {
  test('closes what it answers, reports the conversion with its exposures, and begins counts again', async () => {
    await open({ projects: { used: 82 } })
    await event(page, 'impression')
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    await expect.poll(() => banner().count()).toBe(0)
    const conversion = await event(page, 'conversion')
    expect(conversion).toMatchObject({ triggerId: 'projects-80', rise: 'plan', from: 'starter', to: 'pro' })
    expect(conversion.exposures).toMatchObject([{ triggerId: 'projects-80', outcome: 'shown' }])
    expect((await events(page, 'conversion')).length).toBe(1)
  })
})

test('asks again in the same session when the limit has risen, for the question is new', async () => {
  await open({ projects: { used: 82 } })
  await banner().waitFor()
  await action(page, 'dismiss').click()
  await expect.poll(() => banner().count()).toBe(0)
  await call(page, 'usage', { projects: { used: 164, limit: 200 } })
  await banner().waitFor()
  expect(await banner().innerText()).toContain('164 of 200 projects used')
})

test('lets a higher rung silence the lower, and a rung speak only when usage rises to it', async () => {
  const config = exampleConfig({
    triggers: [{ id: 'ladder', type: 'limit_approaching', resource: 'projects', at: [0.8, 0.95, 1] }],
  })
  await open({ projects: { used: 96 } }, config)
  await banner().waitFor()
  await action(page, 'dismiss').click()
  await expect.poll(() => banner().count()).toBe(0)
  await call(page, 'usage', { projects: { used: 85 } })
  expect(await reasons(page, 'ladder')).toEqual(['not_matched'])
  await call(page, 'usage', { projects: { used: 100 } })
  await banner().waitFor()
  expect(await banner().innerText()).toContain('All 100 projects are in use')
})
