/** Section 3, the column of teams: what a user sees of seats that run out. */

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
  type Host,
  MINUTE,
  mishaps,
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

const slot = '<main><div data-plimsoll-slot="team"></div></main>'
const invite = '<form data-plimsoll-guard="invite"><input><button>Invite</button></form>'

async function open(usage: object, body = slot, config: object = exampleConfig()): Promise<void> {
  host = await startHost(config, { script: `${record}${ana}plimsoll('usage', ${JSON.stringify(usage)})`, body })
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
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const panel = () => widget(page, 'panel')

/** A later session: the page is left, the clock moved, and opened again; the host reports these seats. */
async function laterSession(seats: object): Promise<void> {
  await moveClock(page, 31 * MINUTE)
  host.options = { ...host.options, script: `${record}${ana}plimsoll('usage', ${JSON.stringify({ seats })})` }
  await page.goto(host.origin)
  await event(page, 'ready')
  await settled(page)
}

describe('near the seat limit', () => {
  test('shows nothing at 7 of 10 seats', async () => {
    await open({ seats: { used: 7 } })
    expect(await panel().count()).toBe(0)
    expect(await reasons(page, 'team-growth')).toEqual(['not_matched'])
  })

  test('shows the panel in its slot at 8 of 10, with the figures and a link to add seats', async () => {
    await open({ seats: { used: 8 } })
    await soon(() => panel().innerText()).toContain('8 of 10 seats are taken')
    expect(await panel().innerText()).toContain('Your team is growing.')
    expect(
      await panel().evaluate(
        (element) => ((element.getRootNode() as ShadowRoot).host.parentElement as HTMLElement).dataset.plimsollSlot,
      ),
    ).toBe('team')
    expect(await action(page, 'primary').innerText()).toBe('Add seats')
    expect(await action(page, 'primary').getAttribute('href')).toBe(`${host.origin}/billing/seats?add=1`)
    expect(await action(page, 'snooze').count()).toBe(0)
    expect((await event(page, 'impression')).figures).toEqual({
      resource: 'seats',
      used: 8,
      limit: 10,
      remaining: 2,
      percent: 80,
      needed: 1,
      plan: 'pro',
      currentPlan: 'starter',
    })
  })

  test('counts invites that are pending, and says how many', async () => {
    await open({ seats: { used: 6, pending: 2 } })
    await soon(() => panel().innerText()).toContain('8 of 10 seats are taken')
    expect(await panel().innerText()).toContain('6 members')
    expect(await panel().innerText()).toContain('2 invited')
  })

  test('stands beside the control that invites where there is no slot, and takes no focus', async () => {
    await open({ seats: { used: 9 } }, invite)
    await panel().waitFor()
    expect(await panel().evaluate((element) => element.matches(':popover-open'))).toBe(true)
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
    const [beside, control] = await Promise.all([panel().boundingBox(), page.locator('form').boundingBox()])
    expect(
      (beside as { y: number }).y -
        (control as { y: number; height: number }).y -
        (control as { height: number }).height,
    ).toBeLessThan(20)
  })

  test('prefers the slot to the control', async () => {
    await open({ seats: { used: 9 } }, invite + slot)
    await panel().waitFor()
    expect(await panel().evaluate((element) => element.hasAttribute('popover'))).toBe(false)
  })

  test('takes the slot that the trigger names', async () => {
    const config = exampleConfig({ triggers: [{ id: 'team-growth', type: 'team_growth', slot: 'people' }] })
    await open({ seats: { used: 9 } }, `${slot}<div data-plimsoll-slot="people"></div>`, config)
    await panel().waitFor()
    expect(await page.locator('[data-plimsoll-slot=people] > plimsoll-root').count()).toBe(1)
  })

  test('shows nothing where seats are not given', async () => {
    await open({ seats: { used: 9 } }, '<main></main>')
    expect(await panel().count()).toBe(0)
    expect(await reasons(page, 'team-growth')).toEqual(['no_place'])
  })

  test('needs no next plan', async () => {
    await open({ seats: { used: 9 } })
    await panel().waitFor()
    await call(page, 'identify', { account: { id: 'other', plan: 'pro' } })
    await call(page, 'usage', { seats: { used: 45 } })
    await soon(() => panel().innerText()).toContain('45 of 50 seats are taken')
    expect(await action(page, 'primary').innerText()).toBe('Add seats')
  })

  test.each([
    ['unlimited seats', { seats: { used: 500, limit: null } }, 'not_matched'],
    ['no figures', {}, 'figures'],
  ])('shows nothing with %s', async (_, usage, reason) => {
    await open(usage)
    expect(await panel().count()).toBe(0)
    expect(await reasons(page, 'team-growth')).toEqual([reason])
  })

  test('updates live, stays down to five points under its mark, and says when all are taken', async () => {
    await open({ seats: { used: 82, limit: 100 } })
    await panel().waitFor()
    await call(page, 'usage', { seats: { used: 75, limit: 100 } })
    expect(await panel().innerText()).toContain('75 of 100 seats are taken')
    await call(page, 'usage', { seats: { used: 100, limit: 100 } })
    await soon(() => panel().innerText()).toContain('All 100 seats are taken')
    await call(page, 'usage', { seats: { used: 74, limit: 100 } })
    await soon(() => panel().count()).toBe(0)
    expect(await events(page, 'dismiss')).toEqual([])
  })
})

describe('over sessions', () => {
  test('shows once in each, without an end', async () => {
    await open({ seats: { used: 8 } })
    for (const _ of [1, 2, 3, 4]) {
      await event(page, 'impression')
      await page.goto(host.origin)
      await event(page, 'ready')
      await settled(page)
      expect([await panel().count(), await reasons(page, 'team-growth')]).toEqual([0, ['frequency']])
      await laterSession({ used: 8 })
    }
    await panel().waitFor()
  })

  test.each([
    ['Dismiss', () => panel().getByRole('button', { name: 'Dismiss' }).last().click()],
    ['\u00d7', () => action(page, 'dismiss').first().click()],
    ['Esc inside', () => action(page, 'primary').press('Escape')],
  ])('is quiet once refused by %s, until seats in use rise', async (_, refuse) => {
    await open({ seats: { used: 8 } })
    await panel().waitFor()
    await refuse()
    await soon(() => panel().count()).toBe(0)
    expect((await events(page, 'dismiss')).length).toBe(1)
    await laterSession({ used: 8 })
    expect([await panel().count(), await reasons(page, 'team-growth')]).toEqual([0, ['quiet']])
    await call(page, 'usage', { seats: { used: 9 } })
    await panel().waitFor()
  })

  test('takes a seat that was left and taken again for a rise, and another limit for none', async () => {
    await open({ seats: { used: 9 } })
    await panel().waitFor()
    await action(page, 'dismiss').first().click()
    await soon(() => panel().count()).toBe(0)
    await laterSession({ used: 9, limit: 11 })
    expect([await panel().count(), await reasons(page, 'team-growth')]).toEqual([0, ['quiet']])
    await call(page, 'usage', { seats: { used: 8 } })
    expect([await panel().count(), await reasons(page, 'team-growth')]).toEqual([0, ['quiet']])
    await call(page, 'usage', { seats: { used: 9 } })
    await panel().waitFor()
  })

  test('stops for good by Stop showing these', async () => {
    await open({ seats: { used: 8 } })
    await panel().waitFor()
    await action(page, 'stop').click()
    await soon(() => panel().count()).toBe(0)
    await laterSession({ used: 10 })
    expect([await panel().count(), await reasons(page, 'team-growth')]).toEqual([
      0,
      expect.arrayContaining(['opted_out']),
    ])
  })
})

describe('when the seat limit rises', () => {
  test('closes, and reports the conversion once, with what was shown before', async () => {
    await open({ seats: { used: 9 } })
    const other = await visitor.newPage()
    await event(page, 'impression')
    await other.goto(host.origin)
    await event(other, 'ready')
    await call(page, 'usage', { seats: { used: 9, limit: 15 } })
    await soon(() => panel().count()).toBe(0)
    await soon(
      async () => (await Promise.all([page, other].map((tab) => events(tab, 'conversion')))).flat().length,
    ).toBe(1)
    await Promise.all([page, other].map(settled))
    const told = (await Promise.all([page, other].map((tab) => events(tab, 'conversion')))).flat()
    expect(told).toMatchObject([
      {
        triggerId: 'team-growth',
        triggerType: 'team_growth',
        rise: 'limit',
        from: 10,
        to: 15,
        figures: { resource: 'seats', limit: 15 },
        exposures: [{ triggerId: 'team-growth', outcome: 'shown' }],
      },
    ])
    expect(await events(page, 'dismiss')).toEqual([])
    await call(page, 'usage', { seats: { used: 9, limit: 14 } })
    expect((await events(page, 'conversion')).length + (await events(other, 'conversion')).length).toBe(1)
  })

  test('names the trigger whose link was followed', async () => {
    await open({ seats: { used: 9 } })
    await panel().waitFor()
    await action(page, 'primary').click()
    await page.waitForURL('**/billing/seats?add=1')
    await event(page, 'ready')
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    expect(await event(page, 'conversion')).toMatchObject({
      triggerId: 'team-growth',
      rise: 'limit',
      from: 10,
      to: 11,
      exposures: [{ outcome: 'shown' }, { outcome: 'clicked' }],
    })
  })
})
