/** Section 5: what `guard` answers, and what the user sees of it. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  answer,
  ask,
  block,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  fullTeam,
  type Host,
  type HostOptions,
  isAnswered,
  mishaps,
  newVisitor,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

async function open(config: object = exampleConfig(), options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: fullTeam, ...options })
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

const seats = {
  allowed: false,
  reason: 'seat_limit',
  triggerId: 'team-growth',
  used: 9,
  limit: 10,
  requested: 2,
  remaining: 1,
}

describe('under the limit', () => {
  test.each([
    ['room for one more', 'invite', { seats: 1 }],
    ['no number, which asks for one', 'invite', undefined],
    ['another resource', 'use', { resource: 'projects', amount: 90 }],
    ['a feature of the plan', 'feature', { feature: 'export' }],
  ])('allows without waiting, and shows nothing: %s', async (_, name, request) => {
    await open()
    await call(page, 'guard', 'invite', { seats: 0 })
    const first = await page.evaluate(
      ([asked, given]) => {
        // A task that was queued later than the question comes second, for the answer waits for no task.
        const task = new Promise((done) => setTimeout(done, 0, 'late'))
        return Promise.race([(window as any).plimsoll.guard(asked, given), task])
      },
      [name, request] as const,
    )
    expect(first).toEqual({ allowed: true })
    expect(await block(page).count()).toBe(0)
    expect(await events(page, 'block')).toEqual([])
  })

  test('counts what is pending as used, and unlimited as room', async () => {
    await open()
    await call(page, 'usage', { seats: { used: 8, pending: 1 } })
    expect(await call(page, 'guard', 'invite', { seats: 1 })).toEqual({ allowed: true })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await action(page, 'cancel').click()
    expect(await answer(page)).toEqual(seats)
    await call(page, 'usage', { seats: { used: 500, limit: null } })
    expect(await call(page, 'guard', 'invite', { seats: 2 })).toEqual({ allowed: true })
  })
})

describe('over the limit', () => {
  test('shows the panel as a dialog, and answers on Cancel', async () => {
    await open()
    await ask(page, 'invite', { seats: 2 })
    const dialog = widget(page, 'panel')
    await dialog.waitFor()
    expect(
      await dialog.evaluate((element) => [
        element.matches('dialog:modal'),
        element.hasAttribute('data-plimsoll-block'),
      ]),
    ).toEqual([true, true])
    expect(await dialog.innerText()).toContain('1 of these 2 invites fits')
    expect(await dialog.innerText()).toContain('Starter has 10 seats and 9 are in use. Add 1 to invite everyone.')
    expect(await action(page, 'primary').getAttribute('href')).toBe(`${host.origin}/billing/seats?add=1`)
    expect(
      await page
        .locator('[data-plimsoll-action]')
        .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.plimsollAction)),
    ).toEqual(['primary', 'cancel'])
    expect(await event(page, 'block')).toMatchObject({
      triggerId: 'team-growth',
      triggerType: 'team_growth',
      action: 'invite',
      reason: 'seat_limit',
      figures: {
        resource: 'seats',
        used: 9,
        limit: 10,
        remaining: 1,
        percent: 90,
        requested: 2,
        needed: 1,
        plan: 'pro',
        currentPlan: 'starter',
      },
    })
    expect(await isAnswered(page)).toBe(false)
    await action(page, 'cancel').click()
    expect(await answer(page)).toEqual(seats)
    expect(await block(page).count()).toBe(0)
  })

  test('answers on Esc, wherever the focus is', async () => {
    await open()
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await page.keyboard.press('Escape')
    expect(await answer(page)).toEqual(seats)
    expect(await block(page).count()).toBe(0)
  })

  test('takes the focus, so that a stray Enter buys nothing, and gives it back', async () => {
    await open(undefined, { body: '<button id="send">Send</button>' })
    await page.locator('#send').focus()
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await page.keyboard.press('Enter')
    expect(await isAnswered(page)).toBe(false)
    await page.keyboard.press('Escape')
    await answer(page)
    await soon(() => page.evaluate(() => document.activeElement?.id)).toBe('send')
  })

  test.each([
    [
      'usage',
      'use',
      { resource: 'projects', amount: 95 },
      'banner',
      {
        allowed: false,
        reason: 'usage_limit',
        triggerId: 'projects-80',
        used: 10,
        limit: 100,
        requested: 95,
        remaining: 90,
      },
      '90 of these 95 projects fit',
    ],
    [
      'a feature',
      'feature',
      { feature: 'sso' },
      'tooltip',
      { allowed: false, reason: 'feature_locked', triggerId: 'sso-discovery' },
      'Single sign-on',
    ],
  ] as const)('blocks %s with its own widget', async (_, name, request, kind, refusal, words) => {
    await open()
    await ask(page, name, request)
    await widget(page, kind).waitFor()
    expect(await widget(page, kind).evaluate((element) => element.matches('dialog:modal[data-plimsoll-block]'))).toBe(
      true,
    )
    expect(await widget(page, kind).innerText()).toContain(words)
    await action(page, 'cancel').click()
    expect(await answer(page)).toEqual(refusal)
  })

  test('explains the feature that it blocks, and answers when the explanation is left', async () => {
    await open()
    await ask(page, 'feature', { feature: 'sso' })
    await widget(page, 'tooltip').waitFor()
    await action(page, 'primary').click()
    await widget(page, 'explainer').waitFor()
    expect(await action(page, 'primary').getAttribute('href')).toBe(
      `${host.origin}/billing/upgrade?plan=pro&from=sso-discovery`,
    )
    expect(await isAnswered(page)).toBe(false)
    await page.keyboard.press('Escape')
    expect(await answer(page)).toEqual({ allowed: false, reason: 'feature_locked', triggerId: 'sso-discovery' })
    expect(await widget(page, 'explainer').count()).toBe(0)
  })

  test('offers to contact where no plan gives more, and nothing to follow where nobody can be contacted', async () => {
    await open(exampleConfig({ links: { upgrade: '/billing/upgrade', contact: '/contact' } }))
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    await ask(page, 'use', { resource: 'projects', amount: 991 })
    await block(page).waitFor()
    expect(await action(page, 'primary').innerText()).toBe('Contact us')
    expect(await action(page, 'primary').getAttribute('href')).toBe(`${host.origin}/contact`)
    await host.close()
    await open(exampleConfig({ links: { upgrade: '/billing/upgrade' } }))
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    await ask(page, 'use', { resource: 'projects', amount: 991 })
    await block(page).waitFor()
    expect(await action(page, 'primary').count()).toBe(0)
    await action(page, 'cancel').click()
    expect(await answer(page)).toMatchObject({ allowed: false, reason: 'usage_limit' })
  })
})

describe('while it is open', () => {
  test('lets the user go on once the limit has risen enough', async () => {
    await open()
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
    expect(await block(page).count()).toBe(0)
  })

  test('lets the user go on once the plan has the feature', async () => {
    await open()
    await ask(page, 'feature', { feature: 'sso' })
    await block(page).waitFor()
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
  })

  test('says what fits now when the rise was too small, of the limit or of the plan', async () => {
    const small = {
      id: 'team',
      name: 'Team',
      price: { amount: 49, currency: 'USD', per: 'month' },
      limits: { seats: 12 },
    }
    const { plans } = exampleConfig() as { plans: object[] }
    await open(exampleConfig({ plans: [plans[0], small, plans[1]] }))
    await ask(page, 'invite', { seats: 6 })
    await block(page).waitFor()
    expect(await block(page).innerText()).toContain('1 of these 6 invites fits')
    await call(page, 'usage', { seats: { used: 9, limit: 11 } })
    await soon(() => block(page).innerText()).toContain('2 of these 6 invites fit')
    await call(page, 'identify', { account: { id: 'acme', plan: 'team' } })
    await call(page, 'usage', { seats: { used: 9 } })
    await soon(() => block(page).innerText()).toContain('Team has 12 seats and 9 are in use. Add 3 to invite everyone.')
    expect(await isAnswered(page)).toBe(false)
    await action(page, 'cancel').click()
    expect(await answer(page)).toEqual({ ...seats, limit: 12, requested: 6, remaining: 3 })
    expect((await events(page, 'block')).length).toBe(1)
  })

  test('joins the same request, and refuses another at once without a widget', async () => {
    await open()
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    const same = await ask(page, 'invite', { seats: 2 })
    const other = await ask(page, 'use', { resource: 'projects', amount: 95 })
    expect(await answer(page, other)).toMatchObject({ allowed: false, reason: 'usage_limit', remaining: 90 })
    expect(await block(page).count()).toBe(1)
    expect(await isAnswered(page, same)).toBe(false)
    await call(page, 'usage', { seats: { used: 9, limit: 20 } })
    expect([await answer(page, 0), await answer(page, same)]).toEqual([
      { allowed: true, reason: 'limit_raised' },
      { allowed: true, reason: 'limit_raised' },
    ])
  })

  test('is one block for several questions of one turn, each answered once', async () => {
    await open()
    await page.evaluate(() => {
      const host = window as any
      host.asked = [
        ['invite', { seats: 2 }],
        ['invite', { seats: 2 }],
        ['invite', { seats: 3 }],
        ['feature', { feature: 'sso' }],
      ].map(([name, request]) => {
        const question: { result?: unknown } = {}
        host.plimsoll.guard(name, request).then((result: unknown) => {
          question.result = result
        })
        return question
      })
    })
    await block(page).waitFor()
    expect(await answer(page, 2)).toEqual({ ...seats, requested: 3 })
    expect(await answer(page, 3)).toEqual({ allowed: false, reason: 'feature_locked', triggerId: 'sso-discovery' })
    expect([await isAnswered(page, 0), await isAnswered(page, 1)]).toEqual([false, false])
    await action(page, 'cancel').click()
    expect([await answer(page, 0), await answer(page, 1)]).toEqual([seats, seats])
    expect((await events(page, 'block')).length).toBe(1)
  })
})
