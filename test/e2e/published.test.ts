/** A published file: its first visit needs no validator, and whatever is wrong with it, it is checked. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { hash64 } from '../../packages/sdk/src/core/hash.ts'
import { writePublished } from '../../packages/sdk/src/published.ts'
import {
  arrive,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  type HostOptions,
  mishaps,
  near,
  newVisitor,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const validator = '/plimsoll/plimsoll-validator.js'
const asked = (path: string): number => host.requests.filter((one) => one === path).length
const banner = () => widget(page, 'banner')
const published = writePublished(exampleConfig(), parseConfig(exampleConfig()).config as CheckedConfig)

/** What an attacker, or a fault of ours, could write: its digest is right. */
function forged(config: unknown): string {
  const rest = `","config":${JSON.stringify(config)}},${JSON.stringify(exampleConfig()).slice(1)}`
  return `{"published":{"format":1,"digest":"${hash64(rest)}${rest}`
}

async function open(config: string, options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: near, ...options })
  await page.goto(host.origin)
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

test('a first visit fetches what the budget weighs, and no validator, and shows the banner', async () => {
  await open(published)
  await event(page, 'impression', 'projects-80')
  const { files = [] } = packageJson.budgets.find(({ name }) => name === 'a first visit with a published file') ?? {}
  const last = '/plimsoll/plimsoll-hooks.js'
  await soon(() => host.requests).toContain(last)
  const ours = host.requests.slice(0, host.requests.indexOf(last)).filter((path) => /^\/(plimsoll|triggers)/.test(path))
  expect(ours.map((path) => path.replace(/.*\//, '')).sort()).toEqual(
    [...files, 'plimsoll-stub.js', 'triggers.json'].sort(),
  )
  expect(asked(validator)).toBe(0)
  // And so does a returning visit, which has it kept.
  await arrive(page, host)
  expect([asked(validator), await events(page, 'error')]).toEqual([0, []])
})

test('a host that hands it over as an object fetches no validator either', async () => {
  const script = `${near}
    fetch('/triggers.json').then((answer) => answer.json()).then((config) => plimsoll('init', { config }))`
  await open(published, { script, tag: '' })
  await banner().waitFor()
  expect(asked(validator)).toBe(0)
})

describe('checked, and in force as it is written, is a file', () => {
  test('that was changed by hand, whose faults are told', async () => {
    await open(
      published
        .replace(/"resource":"projects"}/, '"resource":"projects","copy":{"title":"By hand"}}')
        .replace('"id":"team-growth","type":"team_growth"}', '"id":"team-growth","type":"team_groth"}'),
    )
    await soon(() => banner().allInnerTexts()).toEqual([expect.stringContaining('By hand')])
    expect(asked(validator)).toBe(1)
    expect(await event(page, 'error')).toMatchObject({
      message: '/triggers.json has 1 fault.',
      errors: [{ path: 'triggers[2].type', found: 'team_groth', nearest: 'team_growth' }],
    })
  })

  test('of another version of the format', async () => {
    await open(published.replace('"format":1', '"format":2'))
    await banner().waitFor()
    expect([asked(validator), await events(page, 'error')]).toEqual([1, []])
  })
})

describe('with a digest that is right and garbage behind it', () => {
  test.each([
    ['an empty object', {}],
    ['a list', [1]],
    ['a text', 'config'],
    ['no triggers', { plans: [] }],
  ])('%s is one error: nothing is thrown, nothing shows, and a guard lets pass', async (_, config) => {
    await open(forged(config))
    expect((await event(page, 'error')).message).toMatch(/^\/triggers\.json could not be loaded: nothing shows\./)
    expect(await call(page, 'guard', 'invite', { seats: 100 })).toMatchObject({ allowed: true })
    expect([await banner().count(), (await events(page, 'error')).length]).toEqual([0, 1])
  })

  test('nothing is as if it had not been published', async () => {
    await open(forged(null))
    await banner().waitFor()
    expect([asked(validator), await events(page, 'error')]).toEqual([1, []])
  })
})
