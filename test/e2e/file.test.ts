/** Sections 2 and 6, the file: kept between visits, read again, and never worse than the last good one. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import {
  arrive,
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
  holdBack,
  MINUTE,
  mishaps,
  moveClock,
  near,
  newVisitor,
  reasons,
  settled,
  soon,
  startHost,
  widget,
  withClock,
} from './host.ts'
import { hangs, missing } from './stored.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const banner = () => widget(page, 'banner')
const validator = '/plimsoll/plimsoll-validator.js'
const asked = (path: string): number => host.requests.filter((one) => one === path).length
const errors = () => events(page, 'error')

async function open(config: object | string = exampleConfig(), options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: near, ...options })
  await arrive(page, host)
}

/** The tab is seen again after so long. */
async function returnAfter(ms: number): Promise<void> {
  await moveClock(page, ms)
  await page.evaluate(() => void document.dispatchEvent(new Event('visibilitychange')))
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

const limit = { id: 'projects-80', type: 'limit_approaching', resource: 'projects' }
const titled = (title: string, more: object = {}) =>
  exampleConfig({ triggers: [{ ...limit, copy: { title }, ...more }] })

/** The files of ours that the page asked for up to the banner; what it may want later comes behind. */
async function filesOfBanner(): Promise<string[]> {
  await banner().waitFor()
  const last = '/plimsoll/plimsoll-hooks.js'
  await soon(() => host.requests).toContain(last)
  return host.requests
    .slice(0, host.requests.indexOf(last))
    .filter((path) => /^\/(plimsoll|triggers)/.test(path))
    .map((path) => path.replace(/.*\//, ''))
    .sort()
}

/** The files that a budget weighs. */
const budget = (name: string): string[] => packageJson.budgets.find((one) => one.name?.startsWith(name))?.files ?? []

test('a first visitor fetches what the budget weighs, and nothing else, up to the banner', async () => {
  host = await startHost(exampleConfig(), { script: near })
  await page.goto(host.origin)
  expect(await filesOfBanner()).toEqual([...budget('a first visit'), 'plimsoll-stub.js', 'triggers.json'].sort())
})

test('what the page may want later waits for the banner’s code', async () => {
  host = await startHost(exampleConfig(), { script: near })
  const code = holdBack(host, 'plimsoll-banner.js')
  await page.goto(host.origin)
  await code.asked()
  // A whole decision later it still waits.
  await event(page, 'ready')
  await settled(page)
  expect(asked('/plimsoll/plimsoll-hooks.js')).toBe(0)
  code.letGo()
  await banner().waitFor()
  await soon(() => asked('/plimsoll/plimsoll-hooks.js')).toBe(1)
})

describe('a returning visitor', () => {
  test('decides without waiting for the network, and without the validator', async () => {
    await open(titled('Kept from last time'))
    await event(page, 'impression')
    await call(page, 'optIn')
    await page.evaluate(() => (window as any).plimsoll.forget)
    expect(asked(validator)).toBe(1)
    host.requests.length = 0
    // Another session, and a network that never answers for the file.
    await moveClock(page, 31 * MINUTE)
    host.options = { ...host.options, routes: { '/triggers.json': hangs } }
    await page.goto(host.origin)
    await soon(() => banner().allInnerTexts()).toEqual([expect.stringContaining('Kept from last time')])
    expect([asked('/triggers.json'), asked(validator)]).toEqual([1, 0])
  })

  test('fetches what is needed to decide and to draw, and nothing else, where the file is the same', async () => {
    await open()
    await event(page, 'impression')
    await moveClock(page, 31 * MINUTE)
    host.requests.length = 0
    await page.goto(host.origin)
    expect(await filesOfBanner()).toEqual([...budget('a returning visit'), 'plimsoll-stub.js', 'triggers.json'].sort())
  })

  test('is shown by the fresh file from the next signal on, where it has changed', async () => {
    await open(titled('Old'))
    await event(page, 'impression')
    await moveClock(page, 31 * MINUTE)
    let answer = (): void => {}
    const late = new Promise<void>((done) => {
      answer = done
    })
    host.options = {
      ...host.options,
      routes: { '/triggers.json': () => late.then(() => ({ body: JSON.stringify(titled('New')) })) },
    }
    await page.goto(host.origin)
    await soon(() => banner().allInnerTexts()).toEqual([expect.stringContaining('Old')])
    answer()
    await soon(() => banner().allInnerTexts()).toEqual([expect.stringContaining('New')])
    host.config = titled('New')
    host.options = { script: near }
    host.requests.length = 0
    await arrive(page, host)
    expect(asked(validator)).toBe(0)
  })

  test('never sees the file of another URL', async () => {
    await open(titled('Mine'))
    await moveClock(page, 31 * MINUTE)
    host.options = {
      ...host.options,
      tag: 'data-config="/other.json"',
      routes: { '/other.json': () => ({ body: JSON.stringify(titled('Theirs')) }) },
    }
    await page.goto(host.origin)
    await soon(() => banner().allInnerTexts()).toEqual([expect.stringContaining('Theirs')])
  })
})

describe('reading again', () => {
  test('waits for fifteen minutes and a visible tab', async () => {
    await open()
    expect(asked('/triggers.json')).toBe(1)
    await returnAfter(14 * MINUTE)
    expect(asked('/triggers.json')).toBe(1)
    await returnAfter(MINUTE)
    await soon(() => asked('/triggers.json')).toBe(2)
    await returnAfter(0)
    expect(asked('/triggers.json')).toBe(2)
    // Validated once: the same file is known by its text.
    expect(asked(validator)).toBe(1)
  })

  test.each([
    ['drops', exampleConfig({ triggers: [{ id: 'team-growth', type: 'team_growth' }] })],
    ['disables', exampleConfig({ triggers: [{ ...limit, enabled: false }] })],
    ['ends the schedule of', exampleConfig({ triggers: [{ ...limit, schedule: { until: '2020-01-01' } }] })],
    ['turns to others', exampleConfig({ triggers: [{ ...limit, audience: { 'user.role': 'nobody' } }] })],
  ])('withdraws at once what the fresh file %s, uncounted as a refusal', async (_, next) => {
    await open()
    await event(page, 'impression')
    host.config = next
    await returnAfter(15 * MINUTE)
    await soon(() => banner().count()).toBe(0)
    expect(await events(page, 'dismiss')).toEqual([])
    expect(await errors()).toEqual([])
  })

  test('brings a new trigger in without a new page', async () => {
    await open(exampleConfig({ triggers: [{ id: 'team-growth', type: 'team_growth' }] }))
    expect(await banner().count()).toBe(0)
    host.config = exampleConfig()
    await returnAfter(15 * MINUTE)
    await event(page, 'impression', 'projects-80')
  })

  test.each([
    ['is missing', () => missing()],
    ['fails', () => ({ status: 500, body: '{}' })],
    ['is a page of HTML', () => ({ type: 'text/html', body: '<!doctype html><title>Log in</title>' })],
    ['is cut off', () => ({ body: JSON.stringify(exampleConfig()).slice(0, 300) })],
    ['is empty', () => ({ body: '' })],
    ['is no configuration', () => ({ body: '[]' })],
    ['is of a later version', () => ({ body: JSON.stringify(exampleConfig({ version: 2 })) })],
    ['is 5 MB', () => ({ body: JSON.stringify(exampleConfig({ product: 'x'.repeat(5_000_000) })) })],
  ])('leaves the last good file in force where the fresh one %s, with one error', async (_, answer) => {
    await open()
    await event(page, 'impression')
    const routes: Record<string, () => { body: string }> = { '/triggers.json': answer }
    host.options = { ...host.options, routes }
    await returnAfter(15 * MINUTE)
    await event(page, 'error')
    expect((await errors()).length).toBe(1)
    expect(await banner().count()).toBe(1)
    // On the next load too, and until there is a good one.
    await arrive(page, host)
    expect((await errors()).length).toBe(1)
    expect(await reasons(page, 'projects-80')).toEqual(['frequency'])
    delete routes['/triggers.json']
    await returnAfter(15 * MINUTE)
    expect((await errors()).length).toBe(1)
  })

  test('is what a first visit waits for where the file could not be had', async () => {
    const routes: Record<string, () => { status: number; body: string }> = {
      '/triggers.json': () => ({ status: 503, body: '' }),
    }
    host = await startHost(exampleConfig(), { script: fullTeam + near, routes })
    await page.goto(host.origin)
    expect((await event(page, 'error')).message).toBe(
      '/triggers.json could not be loaded: nothing shows. /triggers.json: status 503',
    )
    expect(await call(page, 'guard', 'invite', { seats: 5 })).toEqual({ allowed: true, reason: 'unavailable' })
    delete routes['/triggers.json']
    await returnAfter(15 * MINUTE)
    await event(page, 'impression', 'projects-80')
    void ask(page, 'invite', { seats: 5 })
    await block(page).waitFor()
  })
})

describe('a file with faults', () => {
  test('loses the bad trigger and keeps the others; each fault says where, what, what else, and the nearest name', async () => {
    const triggers = [
      {
        id: 'bad',
        type: 'limit_approaching',
        resource: 'project',
        frequency: { max: 3, per: 'sesion' },
        colour: 'red',
      },
      limit,
      { id: 'worse', type: 'limit_aproaching' },
    ]
    await open(exampleConfig({ triggers }))
    await event(page, 'impression', 'projects-80')
    const [error, ...others] = await errors()
    expect(others).toEqual([])
    expect(error?.message).toBe('/triggers.json has 4 faults.')
    const faults = error?.errors as { path: string; found: unknown; nearest?: string; expected: string }[]
    expect(faults.map(({ path, nearest }) => [path, nearest]).sort()).toEqual(
      [
        ['triggers[0].colour', expect.anything()],
        ['triggers[0].frequency.per', 'session'],
        ['triggers[0].resource', 'projects'],
        ['triggers[2].type', 'limit_approaching'],
      ].map(([path, nearest]) =>
        path === 'triggers[0].colour'
          ? faults.map(({ path: p, nearest: n }) => [p, n]).find(([p]) => p === path)
          : [path, nearest],
      ),
    )
    expect(faults.every(({ expected }) => typeof expected === 'string' && expected.length > 0)).toBe(true)
    expect(((await call(page, 'explain')) as { triggerId: string }[]).map(({ triggerId }) => triggerId)).toEqual([
      'projects-80',
    ])
  })

  test('tells its faults on every load, once, though it is checked only once', async () => {
    await open(exampleConfig({ triggers: [limit, { id: 'worse', type: 'limit_aproaching' }] }))
    await event(page, 'impression')
    const [first, ...others] = await errors()
    expect(others).toEqual([])
    await arrive(page, host)
    await returnAfter(15 * MINUTE)
    await soon(() => asked('/triggers.json')).toBe(3)
    await settled(page)
    expect(await errors()).toEqual([{ ...first, at: expect.any(String) }])
    expect(asked(validator)).toBe(1)
  })
})
