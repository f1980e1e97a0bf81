/** Section 5: what lets a user go on rather than stand in the way, within 3 seconds; and what stops no block. */

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
  fullTeam,
  type Host,
  type HostOptions,
  mishaps,
  newVisitor,
  record,
  soon,
  startHost,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

async function visit(config: object | string = exampleConfig(), options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: fullTeam, ...options })
  await page.goto(host.origin)
}

async function open(config?: object | string, options?: HostOptions): Promise<void> {
  await visit(config, options)
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

const unavailable = { allowed: true, reason: 'unavailable' }

/** Asks, and says besides how long the answer took on the page's own clock. */
function timed(name = 'invite', request: object = { seats: 2 }): Promise<{ result: unknown; ms: number }> {
  return page.evaluate(
    async ([asked, given]) => {
      const start = performance.now()
      const result = await (window as any).plimsoll.guard(asked, given)
      return { result, ms: performance.now() - start }
    },
    [name, request] as const,
  )
}

/** Three seconds, and room for a machine that has other things to do. */
const LATE = 3000 + 2500

/** Never answers. */
const hangs = () => new Promise<never>(() => {})

const missing = () => ({ status: 404, type: 'text/plain', body: 'none' })

const withTriggers = (...triggers: object[]) => exampleConfig({ triggers })

describe('without what a block needs', () => {
  test.each([
    ['no figures', {}, { type: 'team_growth' }],
    [
      'a report whose period is over',
      { seats: { used: 9, limit: 10, resetsAt: '2020-01-01T00:00:00Z' } },
      { type: 'team_growth' },
    ],
    ['no trigger of that kind', { seats: { used: 10 } }, { type: 'limit_approaching', resource: 'projects' }],
    ['a trigger that is disabled', { seats: { used: 10 } }, { type: 'team_growth', enabled: false }],
    [
      'an audience without the user',
      { seats: { used: 10 } },
      { type: 'team_growth', audience: { 'user.role': 'owner' } },
    ],
    ['a schedule that is over', { seats: { used: 10 } }, { type: 'team_growth', schedule: { until: '2020-01-01' } }],
  ])('lets the user go on: %s', async (_, usage, trigger) => {
    await open(withTriggers({ id: 'one', ...trigger }), {
      script: `${record}${ana}plimsoll('usage', ${JSON.stringify(usage)})`,
    })
    expect(await call(page, 'guard', 'invite', { seats: 2 })).toEqual(unavailable)
    expect(await block(page).count()).toBe(0)
    expect(await events(page, 'block')).toEqual([])
  })

  test('lets a user of no known plan use a feature, and says what a request lacks', async () => {
    await open(undefined, { script: record })
    expect(await call(page, 'guard', 'feature', { feature: 'sso' })).toEqual(unavailable)
    expect(await call(page, 'guard', 'use', { amount: 3 })).toEqual(unavailable)
    expect((await event(page, 'error')).message).toBe(
      'guard("use") does not say what it needs: expected a feature, or seats or a resource and a number, 0 or more.',
    )
  })
})

describe('within 3 seconds', () => {
  test.each([
    ['the script is missing', { '/plimsoll/plimsoll.js': missing }],
    ['the script never comes', { '/plimsoll/plimsoll.js': hangs }],
    ['the file is missing', { '/triggers.json': missing }],
    ['the file never comes', { '/triggers.json': hangs }],
    ['the validator never comes', { '/plimsoll/plimsoll-validator.js': hangs }],
    ['the code for guards is missing', { '/plimsoll/plimsoll-hooks.js': missing }],
    ['the code for guards never comes', { '/plimsoll/plimsoll-hooks.js': hangs }],
    ["the block's code is missing", { '/plimsoll/plimsoll-block.js': missing }],
    ["the block's code never comes", { '/plimsoll/plimsoll-block.js': hangs }],
    [
      "the frame's code never comes, and the context source neither",
      { '/plimsoll/plimsoll-frame.js': hangs, '/context': hangs },
    ],
  ])('lets the user go on: %s', async (name, routes) => {
    const tag = `data-config="/triggers.json"${'/context' in routes ? ' data-context="/context"' : ''}`
    // A page whose script never comes does not finish loading.
    host = await startHost(exampleConfig(), { script: fullTeam, routes, tag })
    await page.goto(host.origin, { waitUntil: 'commit' })
    await page.waitForFunction(() => 'plimsoll' in window)
    if (/block|frame/.test(name)) await event(page, 'ready')
    const { result, ms } = await timed()
    expect(result).toEqual(unavailable)
    expect(ms).toBeLessThan(LATE)
    expect(await block(page).count()).toBe(0)
    expect(await events(page, 'block')).toEqual([])
  })

  test('tries again once the code is there', async () => {
    const routes: Record<string, () => { status?: number; type?: string; body: string }> = {
      '/plimsoll/plimsoll-block.js': missing,
    }
    await open(undefined, { routes })
    expect(await call(page, 'guard', 'invite', { seats: 2 })).toEqual(unavailable)
    delete routes['/plimsoll/plimsoll-block.js']
    await page.reload()
    await event(page, 'ready')
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
  })

  test('never shows a block after it has let the user go on', async () => {
    let send = (): void => {}
    const gate = new Promise<void>((done) => {
      send = done
    })
    const routes = { '/plimsoll/plimsoll-block.js': () => gate.then(missing) }
    await open(undefined, { routes })
    expect((await timed()).result).toEqual(unavailable)
    send()
    await call(page, 'usage', { seats: { used: 10 } })
    expect(await block(page).count()).toBe(0)
  })

  test('answers a question of before load that the engine came too late for once only', async () => {
    let send = (): void => {}
    const gate = new Promise<void>((done) => {
      send = done
    })
    const config = exampleConfig()
    host = await startHost(config, {
      script: fullTeam,
      routes: { '/triggers.json': () => gate.then(() => ({ body: JSON.stringify(config) })) },
    })
    await page.goto(host.origin, { waitUntil: 'commit' })
    await page.waitForFunction(() => 'plimsoll' in window)
    await ask(page, 'invite', { seats: 2 })
    expect(await answer(page)).toEqual(unavailable)
    send()
    await event(page, 'ready')
    await call(page, 'usage', { seats: { used: 10 } })
    expect(await block(page).count()).toBe(0)
  })
})

describe('without storage', () => {
  const blocked = () => {
    const denied = {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }
    Object.defineProperty(window, 'indexedDB', denied)
    Object.defineProperty(window, 'localStorage', denied)
    Object.defineProperty(window, 'sessionStorage', denied)
  }
  const hanging = () => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
  }
  test.each([
    ['is blocked', blocked],
    ['hangs', hanging],
  ])('blocks, goes on, and lets the user go on when the limit rises: storage %s', async (_, spoil) => {
    await visitor.addInitScript(spoil)
    await open()
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await action(page, 'cancel').click()
    expect(await answer(page)).toMatchObject({ allowed: false, reason: 'seat_limit', remaining: 1 })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await page.evaluate(() => (window as any).plimsoll.usage({ seats: { used: 9, limit: 11 } }))
    expect(await answer(page, 1)).toEqual({ allowed: true, reason: 'limit_raised' })
    expect((await events(page, 'error')).length).toBe(1)
  })

  test('blocks a user who has just arrived within the 3 seconds that storage and file may take', async () => {
    await visitor.addInitScript(hanging)
    await visit(undefined, {
      script: `${fullTeam}addEventListener('DOMContentLoaded', () => { window.early = plimsoll('guard', 'invite', { seats: 2 }) })`,
    })
    await block(page).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => (window as any).early)).toMatchObject({ allowed: false, reason: 'seat_limit' })
  })
})

describe('without consent', () => {
  test('blocks all the same, and stores nothing', async () => {
    await open(undefined, { tag: 'data-config="/triggers.json" data-consent="required"' })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await action(page, 'primary').evaluate((link) => link.addEventListener('click', (click) => click.preventDefault()))
    await action(page, 'primary').click()
    await soon(() => block(page).count()).toBe(0)
    await page.evaluate(() => (window as any).plimsoll.usage({ seats: { used: 9, limit: 11 } }))
    expect(await answer(page)).toEqual({ allowed: true, reason: 'limit_raised' })
    expect(
      await page.evaluate(async () => [await indexedDB.databases(), { ...localStorage }, { ...sessionStorage }]),
    ).toEqual([[], {}, {}])
  })
})
