/** Other scripts of the page: names that reach for a prototype, prototypes that have names, and junk on the channel. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
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
  reasons,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

async function open(config: object | string = exampleConfig(), options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: near, ...options })
  await arrive(page, host)
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

describe('names that reach for a prototype', () => {
  test('are faults where the file has them, and pollute nothing', async () => {
    const config = JSON.stringify(exampleConfig()).replace(
      '"version":1',
      '"version":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}',
    )
    await open(config)
    await event(page, 'impression', 'projects-80')
    expect(await page.evaluate(() => ({}) as any).then(({ polluted }) => polluted)).toBe(undefined)
    const { errors } = (await event(page, 'error')) as unknown as { errors: { path: string }[] }
    expect(errors.map(({ path }) => path).sort()).toEqual(['__proto__', 'constructor'])
  })

  test('change nothing as resources, traits, events, features or reasons', async () => {
    await open(exampleConfig())
    await event(page, 'impression')
    const polluted = await page.evaluate(async () => {
      const { plimsoll } = window as any
      for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
        const given = JSON.parse(`{"${key}": {"used": 5, "limit": 10, "polluted": 1}}`)
        await plimsoll.usage(given)
        await plimsoll.identify({ user: JSON.parse(`{"id": "ana", "${key}": {"polluted": 1}}`) })
        await plimsoll.track(key, given)
        await plimsoll.guard('use', { resource: key, amount: 1 })
        await plimsoll.guard('feature', { feature: key })
        await plimsoll.explain(key)
        await plimsoll.resume(key)
        await plimsoll.close(key)
        plimsoll.on(key, () => {})()
      }
      return [({} as any).polluted, ({} as any).used, (() => {}) as any].slice(0, 2)
    })
    expect(polluted).toEqual([undefined, undefined])
    await call(page, 'usage', { projects: { used: 88 } })
    await soon(() => widget(page, 'banner').allInnerTexts()).toEqual([
      expect.stringContaining('88 of 100 projects used'),
    ])
    expect(await events(page, 'error')).toEqual([])
  })

  /** What a host, or a library of its, has put there for every object to inherit. */
  const inherited = "{ extra: 'x', at: 0.1, toArray: true }"

  test('do no harm where the host itself has put some there', async () => {
    const script = `for (const [name, value] of Object.entries(${inherited}))
      Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true })
      Array.prototype.last = function () {}
      ${near}`
    await open(exampleConfig(), { script })
    await event(page, 'impression', 'projects-80')
    expect(await widget(page, 'banner').innerText()).toContain('82 of 100 projects used')
  })

  test('do none where every loop finds them', async () => {
    await open(exampleConfig(), { script: `Object.assign(Object.prototype, ${inherited});${near}` })
    await event(page, 'impression', 'projects-80')
    expect(await widget(page, 'banner').innerText()).toContain('82 of 100 projects used')
    expect(await events(page, 'error')).toEqual([])
  })
})

test('what other scripts post on the channel is ignored or taken with suspicion', async () => {
  await open(exampleConfig())
  await event(page, 'impression')
  await page.evaluate(async () => {
    const channel = new BroadcastChannel('plimsoll')
    const { user } = await new Promise<any>((done) => {
      channel.onmessage = ({ data }) => data.user && done(data)
      void (window as any).plimsoll.usage({ projects: { used: 83 } })
    })
    const junk: unknown[] = [null, 5, 'x', [], {}, { plimsoll: 1 }, { plimsoll: 1, type: 5 }]
    for (const type of ['active', 'answered', 'ledger', 'context', 'who', 'here', 'nothing', 'constructor']) {
      for (const more of [
        {},
        { at: Number.NaN, triggerId: {}, report: 5, account: {}, tab: null },
        { at: Number.POSITIVE_INFINITY, triggerId: null, report: null },
        { at: 'x', visible: 'x', tab: {} },
      ]) {
        junk.push({ plimsoll: 1, type, user, ...more })
      }
    }
    for (let i = 0; i < 20; i++) for (const message of junk) channel.postMessage(message)
    channel.close()
  })
  await call(page, 'usage', { projects: { used: 88 } })
  await soon(() => widget(page, 'banner').allInnerTexts()).toEqual([expect.stringContaining('88 of 100 projects used')])
  expect(await events(page, 'error')).toEqual([])
  await action(page, 'dismiss').click()
  await soon(() => widget(page, 'banner').count()).toBe(0)
  await soon(() => reasons(page, 'projects-80')).toContain('frequency')
})
