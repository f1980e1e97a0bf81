/** A page's own life: frozen, hidden for days, discarded, or kept for the way back. What it shows is never old. */

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { writePublished } from '../../packages/sdk/src/published.ts'
import { DAY, exampleConfig, type Host, MINUTE, near, record, soon, startHost } from './host.ts'
import { launchWhole, openIn, type Puppet, type PuppetPage, withProfile } from './profile.ts'
import { found, plain, write } from './stored.ts'

/** One refusal silences for 30 days; else it may show in every session. */
const config = exampleConfig({
  triggers: [
    {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      frequency: { max: 1, per: 'session' },
      suppress: { dismissals: 1, quiet: '30d' },
    },
  ],
})

const nobody = `${record}
  plimsoll('identify', { account: { plan: 'starter' } })
  plimsoll('usage', { projects: { used: 82 } })`

/** A clock that the tests move for every page at once. */
const clocked = (who: string): string => `
  const RealDate = Date
  const ahead = () => Number(localStorage.getItem('test-clock') ?? 0)
  Date = class extends RealDate {
    constructor(...args) { args.length ? super(...args) : super(RealDate.now() + ahead()) }
    static now() { return RealDate.now() + ahead() }
  }
  ${who}`
const script = clocked(near)
const GONE = 'The ledger was forgotten or evicted: nothing but blocks shows until the next load.'

let host: Host
let puppet: Puppet
beforeEach(async () => {
  // A page that may not be cached is never kept for the way back.
  host = await startHost(config, { script, routes: plain, cache: 'no-cache' })
  puppet = await launchWhole()
})
afterEach(async () => {
  await puppet.close()
  await host.close()
})

const shows = (page: PuppetPage): Promise<boolean> =>
  page.evaluate(() =>
    [...document.querySelectorAll('plimsoll-root')].some((root) =>
      root.shadowRoot?.querySelector('[data-plimsoll-widget]'),
    ),
  )
const why = (page: PuppetPage): Promise<string[]> =>
  page.evaluate(async () =>
    (await (window as any).plimsoll.explain('projects-80'))[0].reasons.map((one: any) => one.reason),
  )
const count = (page: PuppetPage, type: string): Promise<number> =>
  page.evaluate((wanted) => (window as any).seen.filter((one: any) => one.type === wanted).length, type)
const errors = (page: PuppetPage): Promise<string[]> =>
  page.evaluate(() => (window as any).seen.flatMap((one: any) => (one.type === 'error' ? [one.message] : [])))
const say = (page: PuppetPage, method: string, ...args: unknown[]): Promise<unknown> =>
  page.evaluate((name, given) => (window as any).plimsoll[name](...given), method, args)

test('a frozen page keeps its place from nobody, and shows nothing that was refused meanwhile', async () => {
  const page = await openIn(puppet, host.origin)
  await soon(() => count(page, 'impression')).toBe(1)
  const client = await page.createCDPSession()
  const other = await puppet.newPage()
  await other.bringToFront()
  // In the midst of a write it would hold up every other: what it writes as it is hidden comes before a write of ours.
  await soon(() => page.evaluate(() => document.visibilityState)).toBe('hidden')
  await write(page as never, {}, 1)
  await client.send('Page.setWebLifecycleState', { state: 'frozen' })
  await other.goto(host.origin)
  await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), DAY)
  await other.reload()
  await soon(() => shows(other)).toBe(true)
  await say(other, 'dismiss', 'projects-80')
  await soon(() => why(other)).toContain('quiet')
  await client.send('Page.setWebLifecycleState', { state: 'active' })
  await page.bringToFront()
  await soon(() => why(page)).toContain('quiet')
  await soon(() => shows(page)).toBe(false)
})

test('a page frozen in the midst of writing holds no other up: that one says so, blocks, and shows once it is gone', async () => {
  // Its transaction lives until the freeze: the last answer in it is waited for by asking on and on.
  const lingers = `
    const getAll = IDBObjectStore.prototype.getAll
    IDBObjectStore.prototype.getAll = function (...args) {
      const request = getAll.apply(this, args)
      if (this.transaction.mode === 'readwrite')
        Object.defineProperty(request, 'onsuccess', { set: () => {
          const again = () => { this.get('x').onsuccess = again }
          again()
        } })
      return request
    }`
  host.options = { ...host.options, script: `if (location.search === '?lingers') { ${lingers} }; ${script}` }
  const page = await openIn(puppet, `${host.origin}/?lingers`)
  const client = await page.createCDPSession()
  const other = await puppet.newPage()
  await other.goto(`${host.origin}/plain`)
  await page.bringToFront()
  /** Whether nobody else can write, for the half of a second. */
  const isHeld = (): Promise<boolean> =>
    other.evaluate(async () => {
      const request = indexedDB.open('plimsoll')
      await new Promise((done) => {
        request.onsuccess = done
      })
      const tx = request.result.transaction('ledger', 'readwrite')
      const held = await new Promise<boolean>((done) => {
        tx.objectStore('ledger').get('x').onsuccess = () => done(false)
        setTimeout(done, 500, true)
      })
      request.result.close()
      return held
    })
  // A page that is not frozen gives up after a second, and begins anew.
  await soon(async () => {
    await client.send('Page.setWebLifecycleState', { state: 'frozen' })
    const held = (await isHeld()) && (await isHeld()) && (await isHeld())
    if (!held) await client.send('Page.setWebLifecycleState', { state: 'active' })
    return held
  }).toBe(true)

  await other.bringToFront()
  await other.goto(host.origin)
  await soon(() => count(other, 'error')).toBe(1)
  expect(await why(other)).toContain('storage')
  await say(other, 'usage', { projects: { used: 100 } })
  await other.evaluate(() => void (window as any).plimsoll.guard('use', { resource: 'projects', amount: 1 }))
  await soon(() => count(other, 'block')).toBe(1)
  await say(other, 'close', 'projects-80')
  await page.close()
  await soon(() => count(other, 'impression')).toBe(1)
  expect(await count(other, 'error')).toBe(1)
}, 60_000)

test('a page hidden for two days shows nothing of the session before, and begins another when it is looked at', async () => {
  const page = await openIn(puppet, host.origin)
  await soon(() => count(page, 'impression')).toBe(1)
  const other = await puppet.newPage()
  await other.goto(`${host.origin}/plain`)
  await other.bringToFront()
  await soon(() => page.evaluate(() => document.visibilityState)).toBe('hidden')
  await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), 2 * DAY)
  await page.bringToFront()
  await soon(() => shows(page)).toBe(false)
  await page.mouse.move(5, 5)
  await soon(() => count(page, 'impression')).toBe(2)
  expect(await count(page, 'dismiss')).toBe(0)
  const sessions = await page.evaluate(() =>
    (window as any).seen.flatMap((one: any) => (one.type === 'impression' ? [one.sessionId] : [])),
  )
  expect(new Set(sessions).size).toBe(2)
})

describe('a page that comes back from the back/forward cache', () => {
  /** Leads a page with its prompt away, lets something happen in another tab, and goes back to the very same page. */
  async function leaveAndReturn(meanwhile?: (other: PuppetPage) => Promise<unknown>): Promise<PuppetPage> {
    const page = await openIn(puppet, host.origin)
    await soon(() => count(page, 'impression')).toBe(1)
    await page.evaluate(() => Object.assign(window, { kept: true }))
    await page.goto(`${host.origin}/plain`)
    if (meanwhile) {
      const other = await openIn(puppet, host.origin)
      await meanwhile(other)
      await other.close()
      await page.bringToFront()
    }
    await page.goBack()
    expect(await page.evaluate(() => [location.pathname, (window as any).kept])).toEqual(['/', true])
    return page
  }

  test('is kept by the browser, for nothing of ours stands in its way', async () => {
    const page = await leaveAndReturn()
    await soon(() => why(page)).toContain('frequency')
    expect(await say(page, 'guard', 'use', { resource: 'projects', amount: 1 })).toEqual({ allowed: true })
  })

  test('shows nothing that was refused meanwhile', async () => {
    const page = await leaveAndReturn(async (other) => {
      await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), DAY)
      await other.reload()
      await soon(() => shows(other)).toBe(true)
      await say(other, 'dismiss', 'projects-80')
      await soon(() => why(other)).toContain('quiet')
    })
    await soon(() => why(page)).toContain('quiet')
    expect([await shows(page), await count(page, 'impression')]).toEqual([false, 1])
  })

  test('shows nothing that was opted out of meanwhile', async () => {
    const page = await leaveAndReturn((other) => say(other, 'optOut'))
    await soon(() => why(page)).toContain('opted_out')
    expect([await shows(page), await count(page, 'impression')]).toEqual([false, 1])
  })

  test.each([
    ['forgotten', 'a known user', near, 'forget', []],
    ['forgotten by withdrawn consent', 'a known user', near, 'consent', [false]],
    ['forgotten by withdrawn consent', 'a visitor whom nobody knows', nobody, 'consent', [false]],
  ])(
    'stores nothing of who was %s meanwhile, %s, shows nothing and says so once, until the next load',
    async (_, __, who, method, given) => {
      // A published file is stored as soon as it is there, and the timers of a page that wakes may be late.
      host.config = writePublished(config, parseConfig(config).config as CheckedConfig)
      const late = `
        addEventListener('pageshow', ({ persisted }) => {
          const timer = setTimeout
          if (persisted) setTimeout = (fn, ms) => timer(fn, (ms ?? 0) + 500)
        })`
      host.options = { ...host.options, script: clocked(who) + late }
      const page = await leaveAndReturn(async (other) => {
        // The file is read again then.
        await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), 20 * MINUTE)
        await say(other, method, ...given)
      })
      for (const used of [84, 100]) {
        await say(page, 'usage', { projects: { used, limit: 100 } })
        await page.mouse.move(used, used)
        await soon(() => why(page)).toContain('consent')
      }
      // Here, not in the other tab, which may have read it again too.
      const reads = () => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/triggers.json'))
      await soon(() => page.evaluate(`(${reads})().length`)).toBeGreaterThan(1)
      await page.evaluate(() => void (window as any).plimsoll.guard('use', { resource: 'projects', amount: 1 }))
      await soon(() => count(page, 'block')).toBe(1)
      await say(page, 'close', 'projects-80')
      const { records, items } = await found(page)
      expect([records, Object.keys(items)]).toEqual([{}, ['test-clock']])
      expect([await errors(page), await count(page, 'impression')]).toEqual([[GONE], 1])
      await page.reload()
      await soon(() => count(page, 'impression')).toBe(1)
      expect(await errors(page)).toEqual([])
    },
  )

  test('goes on for who is still nobody there, though another tab has come to know them', async () => {
    host.options = { ...host.options, script: clocked(nobody) }
    const page = await leaveAndReturn(async (other) => {
      await other.evaluate((ms) => localStorage.setItem('test-clock', `${ms}`), DAY)
      await say(other, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
      await soon(async () => Object.keys((await found(other)).records).some((key) => /^u[^.\n]*$/.test(key))).toBe(true)
    })
    await page.mouse.move(5, 5)
    await soon(() => count(page, 'impression')).toBe(2)
    expect(await errors(page)).toEqual([])
  })

  test('begins no session for a user who has logged out meanwhile, until somebody is there', async () => {
    const page = await leaveAndReturn((other) => say(other, 'reset'))
    for (const used of [84, 85, 86]) {
      await say(page, 'usage', { projects: { used } })
      await say(page, 'explain')
    }
    expect([await shows(page), await count(page, 'impression')]).toEqual([false, 1])
    await page.mouse.move(5, 5)
    await soon(() => count(page, 'impression')).toBe(2)
  })
})

test('a page that the browser discards with its prompt gives the place to the next', async () => {
  const [trigger] = (config as { triggers: object[] }).triggers
  host.config = { ...config, triggers: [{ ...trigger, frequency: null }] }
  // What a driver looks at is never discarded: the page says by itself what it has shown.
  host.options = {
    ...host.options,
    script: `${script}; addEventListener('plimsoll:impression', () => fetch('/shown'))`,
  }
  await withProfile(async (launch, profile) => {
    // The browser's own page that discards others.
    await writeFile(join(profile, 'Local State'), '{ "internal_only_uis_enabled": true }')
    const browser = await launch({ targetFilter: (one) => one.type() !== 'page' || !/^$|alone/.test(one.url()) })
    const discards = await browser.newPage()
    await discards.goto('chrome://discards/')
    await discards.evaluate((url) => void open(url), `${host.origin}/?alone`)
    await soon(() => host.requests).toContain('/shown')
    await discards.bringToFront()
    /** Has the browser discard our page, and reads what it says of it. */
    const discard = (): Promise<string> =>
      discards.evaluate(() => {
        const tab = document.querySelector('discards-main')?.shadowRoot?.querySelector('discards-tab')?.shadowRoot
        const rows = [...(tab?.querySelectorAll<HTMLElement>('tbody tr') ?? [])]
        const row = rows.find((one) => one.innerText.includes('alone'))
        const links = [...(row?.querySelectorAll('div') ?? [])]
        links.find((one) => one.textContent?.trim() === '[Urgent Discard]')?.click()
        return row?.innerText ?? ''
      })
    await soon(discard).toContain('discarded')

    const next = await openIn(browser, host.origin)
    await soon(() => count(next, 'impression')).toBe(1)
  })
}, 60_000)
