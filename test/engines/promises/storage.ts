/** Section 6, storage that fails: nothing but a block shows, one error says why, and it recovers by itself. */

import { expect } from 'vitest'
import { MINUTE } from '../../e2e/host.ts'
import { plain } from '../../e2e/stored.ts'
import { action, block, calmly, only, soon, type Tab, test, widget } from '../visitor.ts'

const banner = widget('banner')
const near = { projects: { used: 82 }, seats: { used: 10, limit: 10 } }
const config = only('banner')
/** With a block besides. */
const both = {
  ...config,
  triggers: [...(config as { triggers: object[] }).triggers, { id: 'team', type: 'team_growth' }],
}

const CANNOT = /^The ledger cannot be read or written: nothing but blocks shows until it can\./
const errors = async (page: Tab) => (await page.events('error')).map(({ message }) => `${message}`)

/** How storage breaks, each as a script that runs before Plimsoll. `mend()` makes it whole again. */
const breaks: readonly (readonly [how: string, script: string])[] = [
  [
    'is absent',
    `const real = indexedDB
     const be = (value) => Object.defineProperty(window, 'indexedDB', { configurable: true, value })
     be(undefined)
     window.mend = () => { be(real) }`,
  ],
  [
    'throws when it is touched, and localStorage with it',
    `let broken = true
     for (const name of ['indexedDB', 'localStorage']) {
       const real = window[name]
       Object.defineProperty(window, name, { configurable: true, get() {
         if (broken) throw new DOMException('denied', 'SecurityError')
         return real
       } })
     }
     window.mend = () => { broken = false }`,
  ],
  [
    'never answers',
    `const { open } = IDBFactory.prototype
     IDBFactory.prototype.open = () => new EventTarget()
     window.mend = () => { IDBFactory.prototype.open = open }`,
  ],
  [
    'can be read only',
    `const { transaction } = IDBDatabase.prototype
     IDBDatabase.prototype.transaction = function (names, mode) {
       if (mode !== 'readonly') throw new DOMException('read only', 'ReadOnlyError')
       return transaction.call(this, names, mode)
     }
     window.mend = () => { IDBDatabase.prototype.transaction = transaction }`,
  ],
  [
    'is full',
    `const { put } = IDBObjectStore.prototype
     IDBObjectStore.prototype.put = function () {
       this.transaction.abort()
       throw new DOMException('full', 'QuotaExceededError')
     }
     window.mend = () => { IDBObjectStore.prototype.put = put }`,
  ],
]

test.for(breaks)(
  'shows nothing but a block where storage %s, says so once, and recovers by itself',
  async ([, script], { visitor }) => {
    const page = await visitor.open({ config: both, script: `${script};${calmly(near)}` })
    await soon(() => errors(page)).toEqual([expect.stringMatching(CANNOT)])
    await soon(() => page.reasons('projects-80')).toContain('storage')
    await page.ask('invite', { seats: 2 })
    await page.shown(block)
    await page.click(action('cancel'))
    expect(await page.answer()).toMatchObject({ allowed: false, reason: 'seat_limit' })
    expect([await page.count(banner), await page.events('impression')]).toEqual([0, []])
    await page.eval(() => (window as any).mend())
    // It is tried again every five seconds.
    await page.later(5001)
    await page.shown(banner)
    expect((await errors(page)).length).toBe(1)
    await page.click(action('dismiss'))
    await page.gone(banner)
    await soon(() => page.reasons('projects-80')).toContain('frequency')
  },
)

test('opens its database again when it is deleted or closed under it, and loses no answer', async ({ visitor }) => {
  // The page holds the connection as the browser does, which may close it at any time.
  const spy = `const { transaction } = IDBDatabase.prototype
    IDBDatabase.prototype.transaction = function (...args) { window.connection = this; return transaction.apply(this, args) }`
  const page = await visitor.open({
    config: only('banner', { frequency: null, suppress: { dismissals: 1, quiet: '30d' } }),
    script: `${spy};${calmly(near)}`,
  })
  await page.event('impression')
  await page.eval(() => (window as any).connection.close())
  await page.click(action('dismiss'))
  await page.gone(banner)
  await soon(() => page.reasons('projects-80')).toEqual(['quiet'])
  expect(await errors(page)).toEqual([])
  await page.again()
  await soon(() => page.reasons('projects-80')).toEqual(['quiet'])
  const deleted = await page.eval(
    () =>
      new Promise((done) => {
        const request = indexedDB.deleteDatabase('plimsoll')
        request.onsuccess = () => done('deleted')
        request.onblocked = () => done('blocked')
      }),
  )
  expect(deleted).toBe('deleted')
  await page.call('optOut', 'limit_approaching')
  await page.again()
  await soon(() => page.reasons('projects-80')).toContain('opted_out')
  expect(await errors(page)).toEqual([])
})

/** Opens our database by hand, as any script of the origin can, and puts a value over every user's record there. */
const spoil = (page: Tab, value: unknown, version?: number): Promise<number> =>
  page.eval(
    async (given, at) => {
      const request = indexedDB.open('plimsoll', at ?? undefined)
      request.onupgradeneeded = () => {
        if (!request.result.objectStoreNames.contains('ledger')) request.result.createObjectStore('ledger')
      }
      await new Promise((done) => {
        request.onsuccess = done
      })
      const tx = request.result.transaction('ledger', 'readwrite')
      const store = tx.objectStore('ledger')
      const keys = store.getAllKeys()
      let spoiled = 0
      keys.onsuccess = () => {
        for (const key of keys.result.filter((one) => `${one}`.startsWith('u'))) {
          spoiled++
          if (`${key}`.includes('\n')) store.delete(key)
          else store.put(given, key)
        }
      }
      await new Promise((done) => {
        tx.oncomplete = done
      })
      request.result.close()
      return spoiled
    },
    value,
    version,
  )

const spoils: readonly (readonly [what: string, value: unknown, told: string])[] = [
  [
    'full of wrong types',
    { v: 1, id: 7, optOuts: 'all', groups: [], features: 4, featuresShown: {}, accounts: { '': 5, x: null } },
    'A ledger could not be read: it was set aside, and nothing more shows in this session.',
  ],
  ['of a later version', { v: 2, id: 'x' }, 'The ledger was written by a later version: nothing but blocks shows.'],
]

test.for(spoils)('shows less, not more, where its record is %s', async ([, value, told], { visitor }) => {
  const page = await visitor.open({ config, script: calmly(near), host: { routes: plain } })
  await page.click(action('dismiss'))
  await page.gone(banner)
  await page.goto(`${visitor.host.origin}/plain`)
  expect(await spoil(page, value)).toBeGreaterThan(0)
  await page.arrive()
  await soon(() => errors(page)).toEqual([told])
  await page.call('usage', { projects: { used: 95 } })
  expect([await page.count(banner), (await errors(page)).length]).toEqual([0, 1])
})

test('leaves a database of a higher version alone, and shows nothing from it', async ({ visitor }) => {
  const page = await visitor.open({
    config,
    path: '/plain',
    early: true,
    host: { routes: plain },
    script: calmly(near),
  })
  await spoil(page, {}, 5)
  await page.arrive()
  await soon(() => errors(page)).toEqual([expect.stringMatching(CANNOT)])
  await page.later(6000)
  expect([await page.count(banner), (await errors(page)).length]).toEqual([0, 1])
  const version = await page.eval(async () => {
    const all = await indexedDB.databases()
    return all.find(({ name }) => name === 'plimsoll')?.version
  })
  expect(version).toBe(5)
})

test('counts an answer in the journal that storage never had', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner', { suppress: { dismissals: 1, quiet: '30d' } }),
    script: calmly(near),
  })
  await page.shown(banner)
  // In one task: a store that fails would take the prompt away before it could be answered.
  await page.eval((selector) => {
    IDBObjectStore.prototype.put = function () {
      this.transaction.abort()
      throw new DOMException('full', 'QuotaExceededError')
    }
    ;(window as any).all(selector)[0].click()
  }, action('dismiss'))
  expect((await page.event('dismiss')).triggerId).toBe('projects-80')
  await page.gone(banner)
  await page.later(31 * MINUTE)
  await page.again()
  await soon(() => page.reasons('projects-80')).toContain('quiet')
})
