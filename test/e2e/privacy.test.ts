/** Section 6: consent, forgetting, opting out, whose ledger is whose, and what is stored of anybody. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  arrive,
  ask,
  block,
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
  record,
  settled,
  soon,
  startHost,
  widget,
} from './host.ts'
import { found, plain } from './stored.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const banner = (tab = page) => widget(tab, 'banner')

async function open(options: HostOptions = {}, config: object = exampleConfig()): Promise<void> {
  host = await startHost(config, { script: near, ...options, routes: { ...plain, ...options.routes } })
  await arrive(page, host)
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  for (const tab of visitor.pages())
    if (tab.url().startsWith('http') && !tab.url().endsWith('/plain')) expect(await mishaps(tab)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

/** Counts what touches the browser's memory and its channels, before anything of ours runs. */
const spied = `
  window.touched = []
  const note = (object, name) => {
    const real = object[name]
    object[name] = function (...args) { touched.push(name); return real.apply(this, args) }
  }
  note(IDBFactory.prototype, 'open')
  note(IDBFactory.prototype, 'deleteDatabase')
  note(Storage.prototype, 'getItem')
  note(Storage.prototype, 'setItem')
  note(Storage.prototype, 'removeItem')
  note(Storage.prototype, 'key')
  for (const name of ['localStorage', 'sessionStorage']) {
    const { get } = Object.getOwnPropertyDescriptor(window, name)
    Object.defineProperty(window, name, { configurable: true, get() { touched.push(name); return get.call(window) } })
  }
  for (const name of ['BroadcastChannel', 'SharedWorker'])
    window[name] = new Proxy(window[name], { construct(real, args) { touched.push(name); return Reflect.construct(real, args) } })
  note(LockManager.prototype, 'request')
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  Object.defineProperty(document, 'cookie', { get() { touched.push('cookie'); return cookie.get.call(document) }, set(value) { touched.push('cookie'); cookie.set.call(document, value) } })
`
const touched = (tab = page): Promise<string[]> =>
  tab.evaluate(() => [...new Set((window as any).touched as string[])].sort())
const waiting = { tag: 'data-config="/triggers.json" data-consent="required"', script: spied + near }

describe('consent', () => {
  test('where it is required, nothing is opened, read or stored before it is given, and nothing shows', async () => {
    await open(waiting)
    await page.mouse.move(40, 40)
    await page.keyboard.press('Tab')
    await call(page, 'track', 'search', { query: 'okta' })
    await call(page, 'identify', { user: { id: 'ben' } })
    await call(page, 'optOut', 'usage_milestone')
    await call(page, 'reset')
    await call(page, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 90 } })
    expect(await touched()).toEqual([])
    expect(await reasons(page, 'projects-80')).toEqual(['consent'])
    expect([await banner().count(), await events(page, 'impression'), await events(page, 'withheld')]).toEqual([
      0,
      [],
      [],
    ])
    expect(await found(page)).toMatchObject({ databases: [], items: {} })
  })

  test('is not waited for by a block', async () => {
    await open(waiting)
    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    await action(page, 'cancel').click()
    expect(await touched()).toEqual([])
  })

  test('given, lets everything begin at once', async () => {
    await open(waiting)
    await call(page, 'consent', true)
    await event(page, 'impression', 'projects-80')
    expect((await found(page)).databases).toEqual(['plimsoll'])
    expect(await touched()).toEqual(expect.arrayContaining(['BroadcastChannel', 'open']))
  })

  test('is asked for anew on every load: the cached file waits too', async () => {
    await open(waiting)
    await call(page, 'consent', true)
    await event(page, 'impression')
    host.requests.length = 0
    await arrive(page, host)
    expect(await touched()).toEqual([])
    expect(host.requests).toContain('/plimsoll/plimsoll-validator.js')
    expect(await banner().count()).toBe(0)
  })

  test('refused by a visitor who never gave it, leaves no database behind; given later, it counts', async () => {
    await open({ ...waiting, script: `${spied}${near}plimsoll('consent', false)` })
    await settled(page)
    expect(await found(page)).toMatchObject({ databases: [], items: {} })
    expect(await banner().count()).toBe(0)
    await call(page, 'consent', true)
    await event(page, 'impression', 'projects-80')
  })

  test('that is spelled otherwise on the tag is required all the same', async () => {
    await open({ ...waiting, tag: 'data-config="/triggers.json" data-consent="Required"' })
    expect(await touched()).toEqual([])
    expect(await reasons(page, 'projects-80')).toEqual(['consent'])
  })

  test.each(['yes', 1, 'false', null, undefined])('is not given by %s: one error says so', async (given) => {
    await open(waiting)
    await page.evaluate((value) => (window as any).plimsoll.consent(value), given)
    expect((await events(page, 'error')).length).toBe(1)
    expect(await touched()).toEqual([])
  })

  test('withdrawn, takes the prompt away, clears the record, and shows nothing until the next load', async () => {
    await open(waiting)
    await call(page, 'consent', true)
    await event(page, 'impression')
    await call(page, 'consent', false)
    await soon(() => banner().count()).toBe(0)
    expect((await found(page)).records).toEqual({})
    expect((await found(page)).items).toEqual({})
    await call(page, 'usage', { projects: { used: 99 } })
    await page.mouse.move(40, 40)
    await call(page, 'consent', true)
    expect(await banner().count()).toBe(0)
    expect((await found(page)).records).toEqual({})
  })
})

describe('forget', () => {
  test('clears this user’s record in every tab, withdraws what stands, and shows nothing until the next load', async () => {
    await open()
    await event(page, 'impression')
    const other = await visitor.newPage()
    await arrive(other, host)
    await call(other, 'forget')
    await soon(() => banner().count()).toBe(0)
    for (const tab of [page, other]) {
      await call(tab, 'usage', { projects: { used: 97 } })
      await tab.mouse.move(30, 30)
      expect(await reasons(tab, 'projects-80')).toEqual(['consent'])
      expect(await banner(tab).count()).toBe(0)
    }
    expect(await found(page)).toMatchObject({ databases: ['plimsoll'], records: {}, items: {} })
    expect([...(await events(page, 'dismiss')), ...(await events(other, 'dismiss'))]).toEqual([])
    // Nothing is known of this visitor any more: the next load begins anew.
    await arrive(other, host)
    await event(other, 'impression', 'projects-80')
  })

  test('in the midst of a prompt, at whatever moment, leaves nothing on screen and nothing stored', async () => {
    host = await startHost(exampleConfig(), { script: near, routes: plain })
    for (const wait of [0, 1, 5, 20, 60, 150, 400, 1000]) {
      const tab = await visitor.newPage()
      await tab.goto(host.origin)
      await tab.evaluate(
        (ms) =>
          new Promise<void>((done) => {
            const forget = () => setTimeout(() => (window as any).plimsoll.forget().then(done), ms)
            if ((window as any).seen.length) forget()
            else addEventListener('plimsoll:ready', forget, { once: true })
          }),
        wait,
      )
      await event(tab, 'ready')
      await settled(tab)
      expect([wait, await banner(tab).count()]).toEqual([wait, 0])
      expect([wait, (await found(tab)).records]).toEqual([wait, {}])
      await tab.close()
    }
  })

  test('leaves other users’ records alone', async () => {
    await open()
    await event(page, 'impression')
    await action(page, 'dismiss').click()
    await soon(() => banner().count()).toBe(0)
    await call(page, 'identify', { user: { id: 'ben', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 90 } })
    await soon(async () => (await events(page, 'impression')).length).toBe(2)
    await call(page, 'forget')
    await arrive(page, host)
    const known = Object.entries((await found(page)).records).filter(([key]) => /^u[^\n.]*$/.test(key))
    const refused = known.map(([, { accounts }]) => Object.values<any>(accounts)[0].counters['t:projects-80'].refused)
    expect(refused).toEqual([[expect.any(Number)]])
  })

  test('before the start is done at the start', async () => {
    await open()
    await event(page, 'impression')
    host.options = {
      ...host.options,
      tag: '',
      script: `${record}plimsoll('forget');plimsoll('init', { config: '/triggers.json' });${ana}`,
    }
    await arrive(page, host)
    await call(page, 'usage', { projects: { used: 97 } })
    expect(await banner().count()).toBe(0)
  })

  test('does not hold a block back', async () => {
    await open()
    await call(page, 'forget')
    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
  })
})

describe('opting out', () => {
  test('of one type ends that type alone, in every tab and on every later load; optIn takes it back', async () => {
    const other = await visitor.newPage()
    await open()
    await event(page, 'impression')
    await arrive(other, host)
    await call(other, 'optOut', 'limit_approaching')
    await soon(() => banner().count()).toBe(0)
    expect(await reasons(page, 'projects-80')).toContain('opted_out')
    expect(await reasons(page, 'team-growth')).not.toContain('opted_out')
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toContain('opted_out')
    await call(page, 'optIn', 'limit_approaching')
    expect(await reasons(page, 'projects-80')).not.toContain('opted_out')
    await soon(() => reasons(other, 'projects-80')).not.toContain('opted_out')
  })

  test('of everything ends every prompt but blocks', async () => {
    await open()
    await call(page, 'optOut')
    await soon(() => banner().count()).toBe(0)
    const explained = (await call(page, 'explain')) as { reasons: { reason: string }[] }[]
    expect(explained.filter(({ reasons: all }) => all.some(({ reason }) => reason === 'opted_out')).length).toBe(4)
    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    await action(page, 'cancel').click()
    await call(page, 'optIn', 'limit_approaching')
    expect(await reasons(page, 'projects-80')).not.toContain('opted_out')
    expect(await reasons(page, 'team-growth')).toContain('opted_out')
  })

  test('from the prompt itself ends its type', async () => {
    await open()
    await event(page, 'impression')
    await action(page, 'stop').click()
    await soon(() => banner().count()).toBe(0)
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toContain('opted_out')
  })

  test.each(['limits', '', 5, {}])('of %s is one error, and nothing is opted out of', async (type) => {
    await open()
    await page.evaluate((value) => (window as any).plimsoll.optOut(value), type)
    expect((await events(page, 'error')).length).toBe(1)
    expect(await reasons(page, 'projects-80')).not.toContain('opted_out')
  })
})

describe('whose ledger', () => {
  const quiet = exampleConfig({
    triggers: [
      { id: 'projects-80', type: 'limit_approaching', resource: 'projects', suppress: { dismissals: 1, quiet: '30d' } },
    ],
  })
  const anonymous = `${record}plimsoll('identify', { account: { id: 'acme', plan: 'starter' } });plimsoll('usage', { projects: { used: 82 } })`

  async function refuse(): Promise<void> {
    await event(page, 'impression')
    await action(page, 'dismiss').click()
    await soon(() => banner().count()).toBe(0)
  }

  test('counts of an anonymous visitor move to the user who comes to be known, and stay there', async () => {
    await open({ script: anonymous }, quiet)
    await refuse()
    await call(page, 'identify', { user: { id: 'ana', role: 'admin' } })
    expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'quiet'])
    const { records } = await found(page)
    expect(Object.entries(records).filter(([key]) => /^anonymous/.test(key))).toEqual([['anonymous', false]])
    // Another who logs in on this browser is another, and an anonymous visitor is new again.
    await call(page, 'reset')
    await call(page, 'identify', { user: { id: 'ben', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 85 } })
    expect(await reasons(page, 'projects-80')).not.toContain('quiet')
    host.options = { ...host.options, script: near }
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toContain('quiet')
  })

  test('a known user’s refusals never come to an anonymous visitor, nor to another user', async () => {
    await open({}, quiet)
    await refuse()
    host.options = { ...host.options, script: anonymous }
    await arrive(page, host)
    await event(page, 'impression')
    host.options = { ...host.options, script: near.replaceAll('ana', 'ben') }
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).not.toContain('quiet')
  })

  test('another account is another account, and never a rise', async () => {
    await open({}, quiet)
    await refuse()
    await call(page, 'identify', { account: { id: 'umbrella', plan: 'pro' } })
    await call(page, 'usage', { projects: { used: 820, limit: 1000 } })
    await call(page, 'identify', { account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 82 } })
    expect(await events(page, 'conversion')).toEqual([])
    expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'quiet'])
  })

  test('another user closes what is open, and knows nothing of the old one’s usage', async () => {
    await open()
    await event(page, 'impression')
    await call(page, 'identify', { user: { id: 'ben', role: 'admin' }, account: { id: 'umbrella', plan: 'starter' } })
    expect(await banner().count()).toBe(0)
    expect(await reasons(page, 'projects-80')).toEqual(['figures'])
    expect(await page.evaluate(() => (window as any).plimsoll.$context.get().usage)).toEqual({})
  })

  test('logging out closes what is open and keeps the ledger for when they return', async () => {
    await open({}, quiet)
    await refuse()
    await call(page, 'reset')
    expect(await page.evaluate(() => (window as any).plimsoll.$context.get().user)).toEqual({})
    await call(page, 'identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 82 } })
    expect(await reasons(page, 'projects-80')).toEqual(['quiet'])
  })
})
