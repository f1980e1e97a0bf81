/** Section 1: what a host calls, and what a user sees of it. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  answer,
  arrive,
  ask,
  block,
  call,
  calm,
  closeBrowser,
  event,
  events,
  everywhere,
  exampleConfig,
  type Host,
  marksHeard,
  mishaps,
  near,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
} from './host.ts'
import { found } from './stored.ts'

let host: Host
let visitor: BrowserContext
let page: Page

async function open(script = near, config: object = exampleConfig(), body = everywhere): Promise<void> {
  host = await startHost(config, { script, body })
  await arrive(page, host)
}

const banner = (on = page) => widget(on, 'banner')
const gone = (kind = 'banner', on = page) => soon(() => widget(on, kind).count()).toBe(0)
const told = async (...types: string[]) =>
  (await events(page)).map(({ type }) => type).filter((type) => types.includes(type))

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

describe('pause and resume', () => {
  test('hold every prompt, also one paused before load, and decide anew after', async () => {
    await open(`plimsoll('pause', 'tour');${near}`)
    expect(await reasons(page, 'projects-80')).toEqual(['paused'])
    expect(await banner().count()).toBe(0)
    await call(page, 'resume', 'tour')
    await banner().waitFor()
  })

  test('withdraw what is on screen, uncounted, and show nothing late', async () => {
    await open()
    await banner().waitFor()
    await call(page, 'pause')
    await gone()
    expect(await told('dismiss')).toEqual([])
    await call(page, 'usage', { projects: { used: 10 } })
    await call(page, 'resume')
    expect(await reasons(page, 'projects-80')).toEqual(['not_matched'])
    expect(await banner().count()).toBe(0)
  })

  test('need every reason to be resumed', async () => {
    await open(`plimsoll('pause', 'tour');plimsoll('pause', 'checkout');${near}`)
    await call(page, 'resume', 'tour')
    expect(await reasons(page, 'projects-80')).toEqual(['paused'])
    await call(page, 'resume', 'another')
    expect(await reasons(page, 'projects-80')).toEqual(['paused'])
    await call(page, 'resume', 'checkout')
    await banner().waitFor()
  })

  test('hold this tab and no other', async () => {
    await open(near)
    await call(page, 'pause')
    await gone()
    const other = await visitor.newPage()
    await other.goto(host.origin)
    await event(other, 'ready')
    await soon(async () => (await banner(other).count()) || (await reasons(other, 'projects-80')).join()).not.toBe(
      'paused',
    )
    await settled(other)
    expect(await reasons(other, 'projects-80')).not.toContain('paused')
  })

  test('hold no block', async () => {
    await open(`plimsoll('pause');${record}${ana}plimsoll('usage', { seats: { used: 10, limit: 10 } })`)
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    await call(page, 'pause', 'more')
    expect(await block(page).count()).toBe(1)
    await action(page, 'cancel').click()
    expect(await answer(page)).toMatchObject({ allowed: false, reason: 'seat_limit' })
  })

  test('hold back the answer to a click on a locked control', async () => {
    await open(`plimsoll('pause');${record}${ana}`)
    await marksHeard(page)
    await page.locator('#sso').click({ force: true })
    await settled(page)
    expect(await widget(page, 'tooltip').count()).toBe(0)
    await call(page, 'resume')
    await page.locator('#sso').click({ force: true })
    await widget(page, 'tooltip').waitFor()
  })
})

describe('close', () => {
  test('withdraws a prompt that was seen: no refusal, and its impression stands', async () => {
    await open()
    await event(page, 'impression')
    await call(page, 'close', 'projects-80')
    await gone()
    expect(await told('impression', 'dismiss')).toEqual(['impression'])
    expect(await reasons(page, 'projects-80')).toEqual(['frequency'])
  })

  test('closes what was named and nothing else', async () => {
    await open()
    await banner().waitFor()
    await call(page, 'close', 'team-growth')
    expect(await banner().count()).toBe(1)
    await event(page, 'impression')
    await call(page, 'close')
    await gone()
  })

  test('lets the guard of a block go on with a refusal', async () => {
    await open(`${record}${ana}plimsoll('usage', { seats: { used: 10, limit: 10 } })`, exampleConfig(), '')
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    await call(page, 'close', 'team-growth')
    expect(await answer(page)).toMatchObject({ allowed: false, reason: 'seat_limit' })
    await soon(() => block(page).count()).toBe(0)
  })
})

describe('dismiss', () => {
  test('passes on the user’s refusal, of the prompt named or of the one on screen', async () => {
    await open()
    await banner().waitFor()
    await call(page, 'dismiss', 'first-100')
    expect(await banner().count()).toBe(1)
    await call(page, 'dismiss')
    await gone()
    expect(await events(page, 'dismiss')).toMatchObject([{ triggerId: 'projects-80', by: 'host' }])
  })
})

describe('preview', () => {
  test.each([
    ['projects-80', 'banner'],
    ['sso-discovery', 'tooltip'],
    ['team-growth', 'panel'],
    ['first-100', 'modal'],
  ])('shows %s as a %s with nothing known, touches no ledger and sends no events', async (id, kind) => {
    await open(record)
    const ledger = async () =>
      JSON.parse(JSON.stringify((await found(page)).records), (key, value) => (key === 'activeAt' ? 0 : value))
    const before = await ledger()
    const heard = (await events(page)).length
    await call(page, 'preview', id)
    await widget(page, kind).waitFor()
    expect(await widget(page, kind).innerText()).not.toMatch(/undefined|NaN|\{/)
    await page.waitForTimeout(1200)
    await action(page, 'dismiss').first().click()
    await gone(kind)
    await settled(page)
    expect(await ledger()).toEqual(before)
    expect((await events(page)).length).toBe(heard)
  })

  test('takes a context of its own, which is forgotten after', async () => {
    await open(`${record}${ana}`)
    await call(page, 'preview', 'projects-80', {
      user: { id: 'kim', role: 'member' },
      usage: { projects: { used: 97, limit: 100 } },
    })
    await banner().waitFor()
    expect(await banner().innerText()).toContain('97 of 100 projects used')
    expect(await action(page, 'primary').innerText()).toBe('Ask an admin')
    expect(await reasons(page, 'projects-80')).toEqual(['figures'])
    expect(await page.evaluate(() => (window as any).plimsoll.$context.get().user.id)).toBe('ana')
  })

  test('shows over what stands, which comes back after, counted once', async () => {
    await open()
    await event(page, 'impression')
    await call(page, 'preview', 'first-100')
    await widget(page, 'modal').waitFor()
    expect(await banner().count()).toBe(0)
    await page.keyboard.press('Escape')
    await banner().waitFor()
    expect(await told('impression', 'dismiss')).toEqual(['impression'])
  })

  test('opts nobody out, and leads nowhere', async () => {
    await open(record)
    await call(page, 'preview', 'projects-80')
    await action(page, 'stop').click()
    await gone()
    await call(page, 'preview', 'projects-80')
    await action(page, 'primary').click()
    await settled(page)
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await reasons(page, 'projects-80')).not.toContain('opted_out')
  })

  test('of a trigger that is not there says so', async () => {
    await open(record)
    await call(page, 'preview', 'projects-08')
    expect((await event(page, 'error')).message).toContain('projects-08')
  })
})

describe('explain', () => {
  test('names every reason with its figures, and until when where time alone will change it', async () => {
    const config = exampleConfig({ caps: { minInterval: '1h' } })
    await open(
      `${record}plimsoll('identify', { user: { id: 'ana' }, account: { id: 'acme', plan: 'starter', health: 20 } });plimsoll('usage', { projects: { used: 82 } })`,
      config,
    )
    const all = (await call(page, 'explain')) as {
      triggerId: string
      triggerType: string
      wouldShow: boolean
      reasons: unknown[]
    }[]
    expect(all.map(({ triggerId }) => triggerId).sort()).toEqual([
      'first-100',
      'projects-80',
      'sso-discovery',
      'team-growth',
    ])
    expect(all.find(({ triggerId }) => triggerId === 'projects-80')).toEqual({
      triggerId: 'projects-80',
      triggerType: 'limit_approaching',
      wouldShow: false,
      reasons: [{ reason: 'health', figures: { health: 20, min: 50 } }],
    })
    await call(page, 'identify', { account: { id: 'acme', health: 90 } })
    await banner().waitFor()
    await call(page, 'dismiss')
    await gone()
    const [explained] = (await call(page, 'explain', 'projects-80')) as any
    const [, interval] = explained.reasons
    expect(explained.reasons.map((one: any) => one.reason)).toEqual(['frequency', 'cap_interval'])
    expect(Date.parse(interval.untilAt) - Date.now()).toBeGreaterThan(58 * 60_000)
    expect(Date.parse(interval.untilAt) - Date.now()).toBeLessThanOrEqual(60 * 60_000)
  })

  test('answers before load, and of nothing for a trigger that is not there', async () => {
    await open(`${near};window.early = plimsoll('explain', 'projects-80')`)
    expect(await page.evaluate(async () => (await (window as any).early).length)).toBe(1)
    expect(await call(page, 'explain', 'none')).toEqual([])
  })
})

describe('report, for a host that draws by itself', () => {
  /** Starts by code, with a renderer of the host's own. */
  const own = `${near}
    window.drawn = []
    plimsoll('init', { config: '/triggers.json', render: {
      show(prompt, { onOutcome }) { drawn.push(prompt.triggerId); return { drawn: Promise.resolve(true), update() {}, close() { drawn.push('closed') } } } } })`

  async function openOwn(): Promise<void> {
    host = await startHost(exampleConfig(), { script: own, tag: '' })
    await page.goto(host.origin)
    await event(page, 'ready')
    await soon(() => page.evaluate(() => (window as any).drawn)).toEqual(['projects-80'])
  }
  const decision = () => page.evaluate(() => (window as any).plimsoll.$decision.get().prompt?.triggerId ?? null)

  test.each([
    ['shown', ['impression'], 'projects-80', ['frequency']],
    ['clicked', ['impression', 'click'], null, ['frequency']],
    ['dismissed', ['impression', 'dismiss'], null, ['frequency']],
    ['snoozed', ['impression', 'dismiss', 'snooze'], null, ['frequency', 'snoozed']],
  ])('counts exactly: %s', async (outcome, types, left, why) => {
    await openOwn()
    expect(await decision()).toBe('projects-80')
    await call(page, 'report', 'projects-80', outcome)
    await soon(() => told('impression', 'click', 'dismiss', 'snooze')).toEqual(types)
    await soon(decision).toBe(left)
    await call(page, 'close')
    await soon(() => reasons(page, 'projects-80')).toEqual(why)
  })

  test('of what is not on screen counts nothing, and of no outcome says so', async () => {
    await openOwn()
    await call(page, 'report', 'team-growth', 'dismissed')
    await call(page, 'report', 'projects-80', 'ignored')
    expect(await told('impression', 'dismiss')).toEqual([])
    expect((await event(page, 'error')).message).toContain('ignored')
    expect(await decision()).toBe('projects-80')
  })
})

describe('reset', () => {
  test('closes prompts and drops what was known; the ledger stays for when they return', async () => {
    await open()
    await banner().waitFor()
    await action(page, 'stop').click()
    await gone()
    await call(page, 'reset')
    expect(await page.evaluate(() => (window as any).plimsoll.$context.get())).toMatchObject({
      user: {},
      account: {},
      usage: {},
    })
    expect(await reasons(page, 'projects-80')).toEqual(['plan_unknown'])
    await call(page, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 82 } })
    expect(await reasons(page, 'projects-80')).toEqual(['opted_out'])
  })

  test('settles a block with a refusal', async () => {
    await open(`${record}${ana}plimsoll('usage', { seats: { used: 10, limit: 10 } })`, exampleConfig(), '')
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    await call(page, 'reset')
    expect(await answer(page)).toMatchObject({ allowed: false })
    await soon(() => block(page).count()).toBe(0)
  })
})

describe('destroy', () => {
  test('leaves nothing behind: no element, no listener that answers, no connection; calls settle and say nothing', async () => {
    await open()
    await banner().waitFor()
    await page.evaluate(() => (window as any).plimsoll.destroy())
    expect(await page.evaluate(() => document.querySelectorAll('plimsoll-root').length)).toBe(0)
    const heard = (await events(page)).length
    await page.evaluate(async () => {
      const { plimsoll } = window as any
      await plimsoll.usage({ projects: { used: 99 } })
      await plimsoll.page('/x')
      await plimsoll.track('search', { query: 'okta' })
      await plimsoll.dismiss()
      await plimsoll.destroy()
    })
    await page.locator('#sso').click({ force: true })
    await page.locator('#sso').hover()
    expect(await page.evaluate(() => (window as any).plimsoll.explain())).toEqual([])
    expect(await page.evaluate(() => (window as any).plimsoll.guard('invite', { seats: 99 }))).toEqual({
      allowed: true,
      reason: 'unavailable',
    })
    // A database with an open connection could not be deleted.
    expect(
      await page.evaluate(
        () =>
          new Promise((done) => {
            const request = indexedDB.deleteDatabase('plimsoll')
            request.onsuccess = () => done('deleted')
            request.onblocked = () => done('blocked')
          }),
      ),
    ).toBe('deleted')
    expect(await page.evaluate(() => document.querySelectorAll('plimsoll-root').length)).toBe(0)
    expect((await events(page)).length).toBe(heard)
    // Only who asks for it to begin again is told that it does not.
    await page.evaluate(() => (window as any).plimsoll.init({ config: '/triggers.json' }))
    expect((await events(page)).slice(heard)).toMatchObject([
      { type: 'error', message: 'init: this instance was destroyed, and is not begun again.' },
    ])
  })

  test('gives the place on screen back to other tabs', async () => {
    await open(
      near,
      exampleConfig({
        triggers: [{ id: 'projects-80', type: 'limit_approaching', resource: 'projects', frequency: null }],
      }),
    )
    await event(page, 'impression')
    const other = await visitor.newPage()
    await arrive(other, host)
    expect(await banner(other).count()).toBe(0)
    await page.evaluate(() => (window as any).plimsoll.destroy())
    await call(other, 'usage', { projects: { used: 83 } })
    await banner(other).waitFor()
  })

  test('answers an open block', async () => {
    await open(`${record}${ana}plimsoll('usage', { seats: { used: 10, limit: 10 } })`, exampleConfig(), '')
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    await page.evaluate(() => (window as any).plimsoll.destroy())
    expect(await answer(page)).toMatchObject({ allowed: false })
    expect(await block(page).count()).toBe(0)
  })
})

test('every call may be made by name or by method, before load or after, and settles', async () => {
  const names =
    'identify usage track page guard explain preview consent optOut optIn pause resume close dismiss report reset'.split(
      ' ',
    )
  await open(`${record}window.early = Promise.all(${JSON.stringify(names)}.map((name) => plimsoll(name)))`)
  await page.evaluate(() => (window as any).early)
  await page.evaluate(async (all) => {
    const { plimsoll } = window as any
    for (const name of all) await Promise.all([plimsoll(name), plimsoll[name]()])
    plimsoll.off('ready', () => {})
    plimsoll.on('ready', () => {})()
  }, names)
})

test('usage under the mark shows nothing whichever way it is said', async () => {
  await open(`${record}${ana}plimsoll.usage(${JSON.stringify(calm)})`)
  expect(await banner().count()).toBe(0)
})
