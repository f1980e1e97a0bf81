/** Section 5: a block follows no rule of prompts, counts for none of them, and stands over all of them. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  answer,
  ask,
  block,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  isAnswered,
  mishaps,
  newVisitor,
  reasons,
  record,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const slot = '<div data-plimsoll-slot="team"></div>'

async function open(usage: object, config: object = exampleConfig(), body = ''): Promise<void> {
  host = await startHost(config, { script: `${record}${ana}plimsoll('usage', ${JSON.stringify(usage)})`, body })
  await page.goto(host.origin)
  await event(page, 'ready')
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const nearSeats = { seats: { used: 9, limit: 10 }, projects: { used: 10 } }
const refused = {
  allowed: false,
  reason: 'seat_limit',
  triggerId: 'team-growth',
  used: 9,
  limit: 10,
  requested: 2,
  remaining: 1,
}

async function blocksAndIsRefused(question = 0): Promise<void> {
  await ask(page, 'invite', { seats: 2 })
  await block(page).waitFor()
  await action(page, 'cancel').click()
  expect(await answer(page, question)).toEqual(refused)
}

describe('blocks whatever prompts have to heed:', () => {
  test.each([
    ['a cap of no prompts', { caps: { perSession: 0 } }],
    ['a holdout of everyone', { triggers: [{ id: 'team-growth', type: 'team_growth', holdout: 1 }] }],
    ['a mark far away', { triggers: [{ id: 'team-growth', type: 'team_growth', at: 1 }] }],
    [
      'copy that cannot be filled in',
      { triggers: [{ id: 'team-growth', type: 'team_growth', copy: { title: 'Hello {account.name}' } }] },
    ],
  ])('%s', async (_, more) => {
    await open(nearSeats, exampleConfig(more), slot)
    await blocksAndIsRefused()
  })

  test('poor health, a flag and a young account', async () => {
    await open(nearSeats)
    const account = {
      id: 'acme',
      plan: 'starter',
      health: 5,
      support_escalation: true,
      createdAt: new Date().toISOString(),
    }
    await call(page, 'identify', { account })
    expect(await reasons(page, 'team-growth')).toEqual(expect.arrayContaining(['health', 'flag']))
    await blocksAndIsRefused()
  })

  test('a pause, an opt-out and a wish to be forgotten', async () => {
    await open(nearSeats)
    await call(page, 'pause', 'checkout')
    await blocksAndIsRefused(0)
    await call(page, 'resume', 'checkout')
    await call(page, 'optOut')
    await blocksAndIsRefused(1)
    await call(page, 'forget')
    await blocksAndIsRefused(2)
  })

  test('a refusal of the panel, and as often as asked', async () => {
    await open(nearSeats, exampleConfig(), slot)
    await widget(page, 'panel').waitFor()
    await action(page, 'dismiss').first().click()
    await soon(() => widget(page, 'panel').count()).toBe(0)
    expect(await reasons(page, 'team-growth')).toEqual(expect.arrayContaining(['quiet']))
    for (const question of [0, 1, 2, 3]) await blocksAndIsRefused(question)
  })

  test('a dialog of the host, which it stands over', async () => {
    await open(nearSeats, exampleConfig(), '<dialog id="own"><input></dialog>')
    await page.evaluate(() => (document.getElementById('own') as HTMLDialogElement).showModal())
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await page.keyboard.press('Escape')
    expect(await answer(page)).toEqual(refused)
    expect(await page.evaluate(() => (document.getElementById('own') as HTMLDialogElement).open)).toBe(true)
  })
})

test('stays while prompts are paused, opted out of and forgotten', async () => {
  await open(nearSeats)
  await ask(page, 'invite', { seats: 2 })
  await block(page).waitFor()
  await call(page, 'pause', 'checkout')
  await call(page, 'optOut')
  await call(page, 'consent', false)
  expect([await block(page).count(), await isAnswered(page)]).toEqual([1, false])
  await action(page, 'cancel').click()
  expect(await answer(page)).toEqual(refused)
})

test('is no impression, and Cancel and Esc are no refusal: the panel comes as if nothing had been', async () => {
  await open({ seats: { used: 7, limit: 10 } }, exampleConfig({ caps: { perSession: 1 } }), slot)
  for (const leave of [() => action(page, 'cancel').click(), () => page.keyboard.press('Escape')]) {
    await ask(page, 'invite', { seats: 4 })
    await block(page).waitFor()
    // Long enough to be an impression, if it were a prompt: no event will say that none came.
    await page.waitForTimeout(2000)
    await leave()
    await soon(() => block(page).count()).toBe(0)
  }
  await call(page, 'usage', { seats: { used: 8, limit: 10 } })
  await event(page, 'impression')
  expect((await events(page)).map(({ type }) => type)).toEqual(['ready', 'block', 'block', 'impression'])
})

describe('over a prompt', () => {
  test('displaces it, and gives the place back: one impression in all, no refusal', async () => {
    await open({ ...nearSeats, projects: { used: 82 } })
    await event(page, 'impression', 'projects-80')
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    expect(await widget(page, 'banner').count()).toBe(0)
    await action(page, 'cancel').click()
    await widget(page, 'banner').waitFor()
    await answer(page)
    await page.waitForTimeout(2000)
    expect((await events(page, 'impression')).length).toBe(1)
    expect(await events(page, 'dismiss')).toEqual([])
    await action(page, 'dismiss').click()
    await event(page, 'dismiss', 'projects-80')
  })

  test('displaces one that nobody has seen yet, which is counted when it is', async () => {
    await open(nearSeats)
    await page.evaluate(() => {
      const host = window as any
      host.plimsoll.usage({ projects: { used: 82 } })
      // Asked as soon as the banner is there, long before its second is over.
      new MutationObserver((_, observer) => {
        const drawn = [...document.querySelectorAll('plimsoll-root')].some((root) =>
          root.shadowRoot?.querySelector('[data-plimsoll-widget=banner]'),
        )
        if (!drawn || host.asked) return
        observer.disconnect()
        host.asked = [{}]
        host.plimsoll.guard('invite', { seats: 2 }).then((result: unknown) => {
          host.asked[0].result = result
        })
      }).observe(document, { childList: true, subtree: true })
    })
    await block(page).waitFor()
    expect(await events(page, 'impression')).toEqual([])
    await action(page, 'cancel').click()
    await event(page, 'impression', 'projects-80')
    expect((await events(page, 'impression')).length).toBe(1)
  })

  test('is displaced by nothing: a prompt that matches meanwhile waits for it, a preview too', async () => {
    await open(nearSeats)
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await call(page, 'usage', { projects: { used: 82 } })
    await call(page, 'preview', 'first-100')
    expect([
      await block(page).count(),
      await widget(page, 'banner').count(),
      await widget(page, 'modal').count(),
    ]).toEqual([1, 0, 0])
    await call(page, 'close', 'first-100')
    await action(page, 'cancel').click()
    await widget(page, 'banner').waitFor()
    expect(await answer(page)).toEqual(refused)
  })

  test('stays when a locked control is tried, by whatever means', async () => {
    await open(nearSeats, exampleConfig(), '<button data-plimsoll-feature="sso">Single sign-on</button>')
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await call(page, 'track', 'feature_attempt', { feature: 'sso' })
    await page.locator('button[data-plimsoll-feature]').evaluate((button) => (button as HTMLElement).click())
    await call(page, 'usage', { seats: { used: 9, limit: 10 } })
    expect([await block(page).count(), await widget(page, 'tooltip').count()]).toEqual([1, 0])
  })
})
