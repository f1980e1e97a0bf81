/** Section 6, storage that fails: nothing but a block shows, one error says why, the host never notices, and it recovers. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { findChromium, launchChromium } from '../browser.ts'
import {
  action,
  ana,
  answer,
  arrive,
  ask,
  block,
  call,
  closeBrowser,
  DAY,
  event,
  events,
  exampleConfig,
  type Host,
  type HostOptions,
  MINUTE,
  mishaps,
  moveClock,
  near,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
  withClock,
} from './host.ts'
import { found, hold, letGo, markup, plain, write } from './stored.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const banner = () => widget(page, 'banner')
const full = `plimsoll('usage', { projects: { used: 82 }, seats: { used: 10, limit: 10 } })`

/** A host whose browser is as `broken` says, before anything of ours runs. */
async function open(broken = '', options: HostOptions = {}, config: object = exampleConfig()): Promise<void> {
  host = await startHost(config, { script: `${broken}${record}${ana}${full}`, routes: plain, ...options })
  await page.goto(host.origin)
  await event(page, 'ready')
}

/** Only errors, as a host that watches them hears them. */
const errors = async (): Promise<string[]> => (await events(page, 'error')).map(({ message }) => `${message}`)

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

test('opens its database once for all that a page reads and writes', async () => {
  await open(`const opened = IDBFactory.prototype.open
    window.opens = 0
    IDBFactory.prototype.open = function (...args) { opens++; return opened.apply(this, args) }\n`)
  await event(page, 'impression')
  expect(await page.evaluate('opens')).toBe(1)
})

/** Asks for more than there is: a block stands, and the guard says no. */
async function isBlocked(name = 'invite', request: object = { seats: 2 }): Promise<void> {
  const question = await ask(page, name, request)
  await block(page).waitFor()
  await action(page, 'cancel').click()
  expect(await answer(page, question)).toMatchObject({ allowed: false })
}

const CANNOT = /^The ledger cannot be read or written: nothing but blocks shows until it can\./

/** Replaces `open` of every request by `wrong`, until mended. */
const brokenOpen = (
  wrong: string,
): string => `const open = IDBFactory.prototype.open; IDBFactory.prototype.open = ${wrong}
  window.mend = () => { IDBFactory.prototype.open = open }`

/** Replaces what a connection does for transactions that write. */
const brokenWrite = (wrong: string): string => `const begin = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (names, mode) {
    if (mode !== 'readwrite') return begin.call(this, names, mode)
    ${wrong}
  }
  window.mend = () => { IDBDatabase.prototype.transaction = begin }`

/** How storage breaks, each as a script that runs before all others. `mend()` makes it whole again. */
const breaks: readonly (readonly [how: string, script: string])[] = [
  [
    'is absent',
    `delete Window.prototype.indexedDB; Object.defineProperty(window, 'indexedDB', { configurable: true, value: undefined })`,
  ],
  [
    'throws at the call',
    `const open = IDBFactory.prototype.open; IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError') }
     window.mend = () => { IDBFactory.prototype.open = open }`,
  ],
  [
    'throws at the getter, localStorage with it',
    `const real = indexedDB; let broken = true
     Object.defineProperty(window, 'indexedDB', { configurable: true, get() { if (broken) throw new DOMException('denied', 'SecurityError'); return real } })
     Object.defineProperty(window, 'localStorage', { configurable: true, get() { throw new DOMException('denied', 'SecurityError') } })
     window.mend = () => { broken = false }`,
  ],
  [
    'refuses to open',
    `const open = IDBFactory.prototype.open
     IDBFactory.prototype.open = function () { const request = open.call(this, 'other', 5); const db = open.call(this, 'other', 1); return db }
     window.mend = () => { IDBFactory.prototype.open = open }`,
  ],
  [
    'hangs at opening',
    `const open = IDBFactory.prototype.open; IDBFactory.prototype.open = () => new EventTarget()
     window.mend = () => { IDBFactory.prototype.open = open }`,
  ],
  [
    'is full',
    `const put = IDBObjectStore.prototype.put
     IDBObjectStore.prototype.put = function () { this.transaction.abort(); throw new DOMException('full', 'QuotaExceededError') }
     window.mend = () => { IDBObjectStore.prototype.put = put }`,
  ],
  [
    'takes two seconds to open',
    `const open = IDBFactory.prototype.open
     IDBFactory.prototype.open = function (name, version) {
       const late = new EventTarget()
       setTimeout(() => {
         const request = open.call(this, name, version)
         for (const type of ['upgradeneeded', 'success', 'error']) request['on' + type] = (event) => { late.result = request.result; late['on' + type]?.(event) }
       }, 2000)
       return late
     }
     window.mend = () => { IDBFactory.prototype.open = open }`,
  ],
  ['can be read only', brokenWrite(`throw new DOMException('read only', 'ReadOnlyError')`)],
  [
    'is closing at every write',
    brokenWrite(`throw new DOMException('The database connection is closing.', 'InvalidStateError')`),
  ],
  [
    'cannot open its backing store',
    brokenOpen(
      `function () { const request = new EventTarget(); setTimeout(() => { request.error = new DOMException('Internal error opening backing store for indexedDB.open.', 'UnknownError'); request.onerror?.({ target: request }) }); return request }`,
    ),
  ],
]

describe('a store that', () => {
  test.each(breaks)('%s: shows nothing, says so once, and lets a block stand', async (_, script) => {
    await open(script)
    await soon(errors).toEqual([expect.stringMatching(CANNOT)])
    await settled(page)
    for (const used of [83, 84]) await call(page, 'usage', { projects: { used } })
    expect([await banner().count(), await events(page, 'impression')]).toEqual([0, []])
    expect(await reasons(page, 'projects-80')).toContain('storage')
    await isBlocked()
    expect((await errors()).length).toBe(1)
  })

  test.each(breaks.filter(([, script]) => script.includes('window.mend')))(
    '%s: recovers by itself when it can',
    async (_, script) => {
      await open(script)
      await soon(errors).toEqual([expect.stringMatching(CANNOT)])
      await page.evaluate(() => (window as any).mend())
      // Five seconds, by its own timer.
      await event(page, 'impression', 'projects-80')
      await action(page, 'dismiss').click()
      await soon(() => banner().count()).toBe(0)
      expect((await errors()).length).toBe(1)
      await arrive(page, host)
    },
  )

  test('hangs, for another page holds a transaction without end, is waited for no longer than a second, and recovers', async () => {
    host = await startHost(exampleConfig(), { script: `${record}${ana}${full}`, routes: plain })
    const holder = await visitor.newPage()
    await holder.goto(`${host.origin}/plain`)
    await write(holder, {})
    await hold(holder)
    await page.goto(host.origin)
    await event(page, 'ready')
    await soon(errors).toEqual([expect.stringMatching(CANNOT)])
    await isBlocked()
    expect(await events(page, 'impression')).toEqual([])
    await letGo(holder)
    await page.bringToFront()
    await event(page, 'impression', 'projects-80')
    expect((await errors()).length).toBe(1)
  })

  /** A disk that is full from one write on: each in turn, of all that a visit makes, with a refusal at its end. */
  test.each([1, 2, 3, 4])(
    'is full from write %i on: shows no more than once, and counts all of it once there is room',
    async (nth) => {
      const script = `let writes = 0; const put = IDBObjectStore.prototype.put
      IDBObjectStore.prototype.put = function (...args) {
        if (++writes < ${nth}) return put.apply(this, args)
        this.transaction.abort()
        throw new DOMException('full', 'QuotaExceededError')
      }
      window.mend = () => { IDBObjectStore.prototype.put = put };`
      const once = exampleConfig({
        triggers: [
          {
            id: 'projects-80',
            type: 'limit_approaching',
            resource: 'projects',
            suppress: { dismissals: 1, quiet: '30d' },
          },
        ],
      })
      await open(script, {}, once)
      // Which write is which hangs on how busy the machine is: it stands, or the error has come.
      await soon(async () => (await banner().count()) + (await errors()).length).toBeGreaterThan(0)
      const stood = await banner().count()
      if (stood) await action(page, 'dismiss').click()
      await soon(() => banner().count()).toBe(0)
      expect((await errors()).filter((message) => !CANNOT.test(message))).toEqual([])
      expect((await errors()).length).toBeLessThanOrEqual(1)
      await isBlocked('use', { resource: 'projects', amount: 50 })
      await page.evaluate(() => (window as any).mend())
      // What was refused stays refused; what never stood shows now.
      if (stood) {
        await arrive(page, host)
        await soon(() => reasons(page, 'projects-80')).toContain('quiet')
      } else await event(page, 'impression', 'projects-80')
    },
  )

  test('is there and refuses space, by the browser’s own quota', async () => {
    host = await startHost(exampleConfig(), { script: `${record}${ana}${full}`, routes: plain })
    await page.goto(`${host.origin}/plain`)
    const client = await visitor.newCDPSession(page)
    await client.send('Storage.overrideQuotaForOrigin', { origin: host.origin, quotaSize: 1 })
    await page.goto(host.origin)
    await event(page, 'ready')
    await soon(errors).toEqual([expect.stringMatching(CANNOT)])
    expect(await banner().count()).toBe(0)
    await client.send('Storage.overrideQuotaForOrigin', { origin: host.origin })
    await event(page, 'impression', 'projects-80')
  })

  test('is of a higher version is left alone, and told once', async () => {
    host = await startHost(exampleConfig(), { script: `${record}${ana}${full}`, routes: plain })
    await page.goto(`${host.origin}/plain`)
    await write(page, { later: { v: 9 } }, 5)
    await page.goto(host.origin)
    await soon(errors).toEqual([expect.stringMatching(CANNOT)])
    await event(page, 'ready')
    await page.waitForFunction(() => performance.now() > 11_000)
    await settled(page)
    await isBlocked()
    expect([await banner().count(), (await errors()).length]).toEqual([0, 1])
    expect((await found(page)).records).toEqual({ later: { v: 9 } })
  })

  test('is deleted or cleared under the page is opened again: what the user decides then is kept for the next load, and no more is written', async () => {
    await open()
    await event(page, 'impression')
    await settled(page)
    expect(
      await page.evaluate(
        () =>
          new Promise((done) => {
            const request = indexedDB.deleteDatabase('plimsoll')
            request.onsuccess = () => {
              // Before it is noticed: a pointer on its way would have the record read.
              ;(window as any).plimsoll.dismiss('projects-80')
              done('deleted')
            }
            request.onblocked = () => done('blocked')
          }),
      ),
    ).toBe('deleted')
    await event(page, 'dismiss')
    await soon(async () => JSON.stringify((await found(page)).records)).toContain('"dismissed"')
    await call(page, 'usage', { projects: { used: 97 } })
    await isBlocked()
    const kept = Object.keys((await found(page)).records)
    expect(kept.filter((key) => /^u[^.\n]*$/.test(key))).toEqual([])
    expect((await errors()).length).toBeLessThan(2)
    await arrive(page, host)
    await soon(async () => JSON.stringify((await found(page)).records)).toMatch(/"refused":\[\d/)
    const client = await visitor.newCDPSession(page)
    await client.send('Storage.clearDataForOrigin', { origin: host.origin, storageTypes: 'indexeddb' })
    await call(page, 'optOut', 'team_growth')
    await soon(async () => JSON.stringify((await found(page)).records)).toContain('team_growth')
    // Told once it is found missing, and of nothing else.
    expect((await errors()).filter((message) => !/^The ledger was forgotten or evicted/.test(message))).toEqual([])
  })

  test('a host gives by itself, and that answers nothing, throws or lies, is no better trusted', async () => {
    for (const store of [
      '{ read: () => new Promise(() => {}), update: () => new Promise(() => {}), append: () => new Promise(() => {}), clear: () => new Promise(() => {}) }',
      '{ read() { throw new Error("mine") }, update() { throw new Error("mine") }, append() { throw new Error("mine") }, clear() { throw new Error("mine") } }',
      '{ read: async () => 7, update: async () => 7, append: async () => 7, clear: async () => 7 }',
      '{}',
    ]) {
      const script = `${record}${ana}${full};plimsoll('init', { config: '/triggers.json', store: ${store} })`
      host = await startHost(exampleConfig(), { script, tag: '', routes: plain })
      await page.goto(host.origin)
      await soon(async () => [store, (await errors()).length]).toEqual([store, 1])
      await ask(page, 'invite', { seats: 2 })
      await block(page).waitFor()
      expect(await events(page, 'impression')).toEqual([])
      expect(await mishaps(page)).toEqual([])
    }
  })
})

describe('in a frame', () => {
  const frames = (attributes: string): NonNullable<HostOptions['routes']> => ({
    '/outer': async () => ({
      ...(await markup('', `<iframe ${attributes} width="900" height="600"></iframe>`)()),
      headers: { 'content-security-policy': 'frame-src *' },
    }),
  })

  /** What the frame has said so far of errors and impressions, and what escaped in it. */
  const said = () =>
    page.frames()[1]?.evaluate(() => {
      const { seen, failures } = window as any
      return [
        ...seen.filter(({ type }: any) => /error|impression/.test(type)).map((one: any) => one.message),
        ...failures,
      ]
    })

  test('of another site that may store nothing, nothing shows, one error says so, and a block stands', async () => {
    const inner = await startHost(exampleConfig(), { script: `${record}${ana}${full}` })
    // Without a profile the whole Chromium lets no frame of another site store anything.
    const browser = await launchChromium([], findChromium())
    onTestFinished(async () => {
      await browser.close()
      await inner.close()
    })
    await visitor.close()
    visitor = await browser.newContext()
    page = await visitor.newPage()
    host = await startHost(exampleConfig(), { routes: frames(`src="${inner.origin}/"`) })
    // Another site by its name.
    await page.goto(`${host.origin.replace('127.0.0.1', 'localhost')}/outer`)
    await soon(said).toEqual([expect.stringMatching(CANNOT)])
    await page.frames()[1]?.evaluate(() => void (window as any).plimsoll.guard('invite', { seats: 2 }))
    await soon(() => page.frames()[1]?.locator('[data-plimsoll-block]').count()).toBe(1)
    expect(await said()).toEqual([expect.stringMatching(CANNOT)])
    // The page around it records nothing of its own.
    await page.evaluate(() => Object.assign(window, { violations: [], failures: [] }))
  })

  test('without an origin of its own, nothing shows, errors say why, and a guard answers', async () => {
    const init = `plimsoll('init', { config: ${JSON.stringify(exampleConfig())} })`
    host = await startHost(exampleConfig(), {
      csp: "default-src 'none'; script-src *; style-src *; connect-src *",
      script: `${record}${ana}${full};${init}`,
      tag: '',
      routes: frames('src="/" sandbox="allow-scripts"'),
    })
    await page.goto(`${host.origin}/outer`)
    await page.evaluate(() => Object.assign(window, { violations: [], failures: [] }))
    // Nor may a script without an origin fetch its own chunks.
    const both = [
      expect.stringMatching(CANNOT),
      expect.stringMatching(/^The config could not be loaded: nothing shows/),
    ]
    await soon(said).toEqual(both)
    const answered = await page.frames()[1]?.evaluate(() => (window as any).plimsoll.guard('invite', { seats: 2 }))
    expect(answered).toEqual({ allowed: true, reason: 'unavailable' })
  })
})

describe('a record that is spoiled', () => {
  const key = async (): Promise<string> => {
    const keys = Object.keys((await found(page)).records).filter((name) => /^u[^\n.]*$/.test(name))
    expect(keys.length).toBe(1)
    return keys[0] as string
  }

  /** Visits, answers, spoils the record and visits again. */
  async function spoiled(value: unknown): Promise<string> {
    await withClock(visitor)
    await open()
    await event(page, 'impression')
    await action(page, 'dismiss').click()
    await soon(() => banner().count()).toBe(0)
    const name = await key()
    await page.goto(`${host.origin}/plain`)
    const { records } = await found(page)
    const stale = Object.keys(records).filter((one) => one.startsWith(`${name}\n`))
    const next = typeof value === 'function' ? value(records[name]) : value
    await write(page, { ...Object.fromEntries(stale.map((one) => [one, undefined])), [name]: next })
    await page.goto(host.origin)
    await event(page, 'ready')
    await settled(page)
    return name
  }

  test.each([
    ['a text', 'garbage'],
    ['a number', 42],
    ['a list', [1, 2, 3]],
    ['of no shape', { v: 1 }],
    [
      'full of wrong types',
      { v: 1, id: 7, optOuts: 'all', groups: [], features: 4, featuresShown: {}, accounts: { '': 5, x: null } },
    ],
    [
      'full of NaN and Infinity',
      {
        v: 1,
        id: 'x',
        optOuts: [],
        groups: {},
        features: {},
        featuresShown: [Number.NaN],
        accounts: {},
        lastAt: Number.NaN,
        session: { id: 'x', startAt: Number.POSITIVE_INFINITY, activeAt: Number.NaN },
      },
    ],
    ['megabytes of text', { v: 1, id: 'x'.repeat(3_000_000) }],
  ])('is set aside, told once, and silent for the session: %s', async (_, value) => {
    const name = await spoiled(value)
    await soon(errors).toEqual([
      'A ledger could not be read: it was set aside, and nothing more shows in this session.',
    ])
    expect(await banner().count()).toBe(0)
    const { records } = await found(page)
    expect(records[`${name}.aside`]).toEqual(value)
    expect(records[name]).toMatchObject({ v: 1 })
    // Once: neither in this visit nor in the next.
    await call(page, 'usage', { projects: { used: 90 } })
    await isBlocked()
    expect((await errors()).length).toBe(1)
    await arrive(page, host)
    expect([await errors(), await banner().count()]).toEqual([[], 0])
    // A later session shows again.
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    await event(page, 'impression', 'projects-80')
  })

  test('in part keeps the rest: an opt-out outlives garbage beside it', async () => {
    await spoiled((record: object) => ({ ...record, optOuts: ['limit_approaching'], groups: 'garbage' }))
    expect(await reasons(page, 'projects-80')).toContain('opted_out')
  })

  test.each([
    ['a text', 'garbage'],
    ['of no known kind', { t: 'later', claim: {} }],
    ['without what it needs', { t: 'dismissed', at: 5 }],
    ['null', null],
  ])('by an entry that cannot be read is mended, told once, and stays silent: %s', async (_, entry) => {
    await open()
    await event(page, 'impression')
    const name = await key()
    await page.goto(`${host.origin}/plain`)
    await write(page, { [`${name}\n1`]: entry })
    await page.goto(host.origin)
    await event(page, 'ready')
    await soon(errors).toEqual([
      'A ledger could not be read: it was set aside, and nothing more shows in this session.',
    ])
    const { records } = await found(page)
    expect(records[name]).toMatchObject({ v: 1, accounts: expect.any(Object) })
    expect(Object.keys(records).filter((one) => one.startsWith(`${name}\n1`))).toEqual([])
    await arrive(page, host)
    expect(await errors()).toEqual([])
  })

  test('by a later version is not overwritten, and told once', async () => {
    const later = { v: 2, id: 'x', shape: 'unknown' }
    const name = await spoiled(later)
    await soon(errors).toEqual(['The ledger was written by a later version: nothing but blocks shows.'])
    await page.waitForFunction(() => performance.now() > 11_000)
    await call(page, 'usage', { projects: { used: 90 } })
    expect([await banner().count(), (await errors()).length]).toEqual([0, 1])
    expect((await found(page)).records[name]).toEqual(later)
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
  })

  test('of the file is checked anew from the network', async () => {
    await open()
    await event(page, 'impression')
    await page.goto(`${host.origin}/plain`)
    const files = Object.keys((await found(page)).records).filter((name) => name.startsWith('config:'))
    expect(files.length).toBe(1)
    const [file] = files as [string]
    for (const value of [
      'garbage',
      { format: 1 },
      { format: 1, text: 'x', config: {} },
      { format: 1, text: 'x', config: { triggers: [null] } },
    ]) {
      await write(page, { [file]: value })
      await page.goto(host.origin)
      await event(page, 'ready')
      expect(await reasons(page, 'projects-80')).toContain('frequency')
      expect(await errors()).toEqual([])
      await page.goto(`${host.origin}/plain`)
    }
    await page.goto(host.origin)
    await event(page, 'ready')
  })

  test('in the journal is passed over', async () => {
    host = await startHost(exampleConfig(), { script: `${record}${ana}${full}`, routes: plain })
    await page.goto(`${host.origin}/plain`)
    await page.evaluate(() => {
      localStorage.setItem('plimsoll:x', '{')
      localStorage.setItem('plimsoll:y', '"text"')
      localStorage.setItem('plimsoll:z', '["uabc",5,{"t":"dismissed"}]')
      localStorage.setItem('plimsoll-other', 'mine')
    })
    await page.goto(host.origin)
    await event(page, 'impression', 'projects-80')
    expect(await page.evaluate(() => localStorage.getItem('plimsoll-other'))).toBe('mine')
  })
})

describe('a clock', () => {
  beforeEach(() => withClock(visitor))
  const quiet = exampleConfig({
    triggers: [
      { id: 'projects-80', type: 'limit_approaching', resource: 'projects', suppress: { dismissals: 1, quiet: '30d' } },
    ],
  })

  async function refuse(): Promise<void> {
    await event(page, 'impression')
    await action(page, 'dismiss').click()
    await soon(() => banner().count()).toBe(0)
  }

  test('set back lengthens no silence: a refusal of the future is read, and stored again, as now', async () => {
    await open('', {}, quiet)
    await moveClock(page, 100 * DAY)
    await arrive(page, host)
    await refuse()
    expect(await reasons(page, 'projects-80')).toContain('quiet')
    await moveClock(page, -100 * DAY)
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toContain('quiet')
    await moveClock(page, 30 * DAY + MINUTE)
    await arrive(page, host)
    await event(page, 'impression', 'projects-80')
  })

  test('set forward is believed', async () => {
    await open('', {}, quiet)
    await refuse()
    await moveClock(page, 31 * DAY)
    await arrive(page, host)
    await event(page, 'impression', 'projects-80')
  })

  test('set back while the page is open loses nothing that the host says afterwards', async () => {
    await open()
    await event(page, 'impression')
    await moveClock(page, -3 * 60 * MINUTE)
    await call(page, 'usage', { projects: { used: 93 } })
    await soon(() => banner().innerText()).toContain('93 of 100 projects used')
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    await soon(() => banner().count()).toBe(0)
    expect(await errors()).toEqual([])
  })

  test.each([
    ['before 1970', -80 * 365 * DAY],
    ['after 9999', 8100 * 365 * DAY],
  ])('that says a year %s throws nothing, and answers guards', async (_, ms) => {
    host = await startHost(exampleConfig(), { script: near, routes: plain })
    await page.goto(`${host.origin}/plain`)
    await moveClock(page, ms)
    await page.goto(host.origin)
    await event(page, 'ready')
    await settled(page)
    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    expect(await errors()).toEqual([])
  })
})
