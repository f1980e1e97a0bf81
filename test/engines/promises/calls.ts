/** Sections 1, 6 and 7: what a host may say, and what consent and privacy ask. */

import { expect } from 'vitest'
import { ana, DAY, exampleConfig, holdBack } from '../../e2e/host.ts'
import { found } from '../../e2e/stored.ts'
import { action, anyPrompt, block, calmly, kinds, only, show, soon, type Tab, test, widget } from '../visitor.ts'

const banner = widget('banner')
const near = { config: only('banner'), script: calmly({ projects: { used: 82 } }) }

/** Everything that is stored, keys and all. */
const stored = (page: Tab) => found({ evaluate: (read) => page.eval(read) })
const nothing = { databases: [], records: {}, items: {} }
const records = async (page: Tab) => JSON.stringify((await stored(page)).records)

test('explains why a prompt shows or does not, with figures', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner') })
  const about = { triggerId: 'projects-80', triggerType: 'limit_approaching' }
  expect(await page.call('explain', 'projects-80')).toEqual([
    { ...about, wouldShow: false, reasons: [{ reason: 'not_matched', figures: { percent: 9, at: 80 } }] },
  ])
  // Until its code is there it has no place on screen, and would show.
  const code = holdBack(visitor.host, 'plimsoll-banner.js')
  await page.call('usage', { projects: { used: 82 } })
  expect(await page.call('explain', 'projects-80')).toEqual([{ ...about, wouldShow: true, reasons: [] }])
  code.letGo()
  await page.shown(banner)
})

test('previews a widget, and neither counts nor tells it', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner') })
  const before = await records(page)
  await page.call('preview', 'projects-80')
  await page.shown(banner)
  await page.call('close')
  await page.gone(banner)
  expect((await page.events()).map(({ type }) => type)).toEqual(['ready'])
  expect(await records(page)).toBe(before)
})

test('holds a prompt at pause, decides anew at resume, and takes it away at the next pause', async ({ visitor }) => {
  const page = await visitor.open({ ...near, script: `${near.script}plimsoll.pause('tour')` })
  expect(await page.reasons('projects-80')).toEqual(['paused'])
  await page.call('resume', 'tour')
  await page.shown(banner)
  await page.call('pause', 'call')
  await page.gone(banner)
  expect(await page.events('dismiss')).toEqual([])
})

test('forgets who was here at reset, and keeps the ledger for when they return', async ({ visitor }) => {
  const page = await visitor.open({ ...near, config: only('banner', { suppress: { dismissals: 1, quiet: '30d' } }) })
  await page.click(action('dismiss'))
  await page.gone(banner)
  await page.call('reset')
  expect(await page.reasons('projects-80')).not.toContain('quiet')
  await page.again()
  expect(await page.reasons('projects-80')).toContain('quiet')
})

test('closes what is open when another user comes', async ({ visitor }) => {
  const page = await show(visitor, 'banner', { config: exampleConfig() })
  // Over it stands what the user asked for, which no change of figures closes.
  await page.hears()
  await page.click('#sso')
  await page.shown(widget('tooltip'))
  await page.call('identify', { user: { id: 'kim' }, account: { id: 'acme', plan: 'starter' } })
  await page.gone(anyPrompt)
})

/** Keeps count of what a page holds: timers, channels, connections, and whoever listens until told to stop. */
const counting = `{
  const held = window.held = new Set()
  const { setTimeout, clearTimeout, BroadcastChannel } = window
  window.setTimeout = (fn, ms) => {
    const timer = setTimeout(() => { held.delete(timer); fn() }, ms)
    // A driver's own stand in the page too.
    if (/plimsoll/.test(new Error().stack)) held.add(timer)
    return timer
  }
  window.clearTimeout = (timer) => { held.delete(timer); clearTimeout(timer) }
  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) { super(name); held.add(this) }
    close() { held.delete(this); super.close() }
  }
  const { open } = IDBFactory.prototype
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args)
    request.addEventListener('success', () => held.add(request.result))
    return request
  }
  const { close } = IDBDatabase.prototype
  IDBDatabase.prototype.close = function () { held.delete(this); close.call(this) }
  const { addEventListener } = EventTarget.prototype
  EventTarget.prototype.addEventListener = function (type, fn, options) {
    const { signal } = options ?? {}
    if (signal && !held.has(this)) {
      held.add(signal)
      addEventListener.call(signal, 'abort', () => held.delete(signal))
    }
    addEventListener.call(this, type, fn, options)
  }
}`

test('leaves nothing behind at destroy', async ({ visitor }) => {
  const page = await show(visitor, 'banner', { before: counting })
  expect(await page.eval(() => (window as any).held.size)).toBeGreaterThan(5)
  const left = await page.eval(async () => {
    await (window as any).plimsoll.destroy()
    return (window as any).all('plimsoll-root').length
  })
  expect(left).toBe(0)
  // What was under way ends by itself.
  await soon(() => page.eval(() => (window as any).held.size)).toBe(0)
  await page.call('usage', { projects: { used: 90 } })
  expect([await page.count(anyPrompt), await page.call('explain')]).toEqual([0, []])
})

test('takes calls made before load in any order', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    script: `plimsoll.usage({ projects: { used: 82 } });${ana}`,
  })
  await page.shown(banner)
})

test('tells the host, and every host without code, of one impression with its figures', async ({ visitor }) => {
  const page = await visitor.open({
    ...near,
    script: `${near.script}window.heard = []; plimsoll.on('impression', (detail) => heard.push(detail))`,
  })
  const told = await page.event('impression')
  expect(told).toMatchObject({ triggerId: 'projects-80', figures: { used: 82, limit: 100, percent: 82 } })
  expect(await page.eval(() => (window as any).heard.length)).toBe(1)
})

test('opens, stores and shows nothing before consent where it is required', async ({ visitor }) => {
  const page = await visitor.open({ ...near, host: { tag: 'data-config="/triggers.json" data-consent="required"' } })
  expect([await stored(page), await page.count(anyPrompt)]).toEqual([nothing, 0])
  expect(await page.reasons('projects-80')).toEqual(['consent'])
  await page.call('consent', true)
  await page.shown(banner)
  await page.call('consent', false)
  await page.gone(banner)
  expect(await records(page)).not.toMatch(/impress|shown|acme|ana/)
})

test('asks no consent for a block', async ({ visitor }) => {
  const page = await visitor.open({
    script: calmly({ seats: { used: 10, limit: 10 } }),
    host: { tag: 'data-config="/triggers.json" data-consent="required"' },
  })
  await page.ask('invite', { seats: 1 })
  await page.shown(block)
  // Nor does one store what it was about.
  await page.click(`${block} ${action('primary')}`)
  await soon(() => page.eval(() => location.pathname)).toBe('/billing/seats')
  expect(await stored(page)).toEqual(nothing)
})

test('forgets this user, and shows nothing until the next load', async ({ visitor }) => {
  const page = await visitor.open(near)
  await page.event('impression')
  await page.call('forget')
  await page.gone(banner)
  await page.call('usage', { projects: { used: 90 } })
  expect(await page.count(anyPrompt)).toBe(0)
  await page.again()
  await page.shown(banner)
})

test('ends every prompt but blocks by optOut, on every later load too, until optIn', async ({ visitor }) => {
  const page = await visitor.open(near)
  await page.shown(banner)
  await page.call('optOut')
  await page.gone(banner)
  await page.again()
  expect(await page.reasons('projects-80')).toContain('opted_out')
  await page.ask('use', { resource: 'projects', amount: 100 })
  await page.shown(block)
  await page.click(action('cancel'))
  await page.gone(block)
  await page.call('optIn')
  await page.shown(banner)
})

test('stores ids as hashes, times and counts, and asks the network for the host’s files alone', async ({ visitor }) => {
  const who = { user: { id: 'ana-lopez', mail: 'ana@lopez.example' }, account: { id: 'lopez-co', plan: 'starter' } }
  const page = await visitor.open({
    ...near,
    script: `plimsoll('identify', ${JSON.stringify(who)});plimsoll('usage', { projects: { used: 82 } })`,
  })
  await page.click(action('dismiss'))
  await page.gone(banner)
  // The host’s own file is kept too, with its plans and roles; of the person there is nothing.
  expect(JSON.stringify(await stored(page))).not.toMatch(/lopez|127\.0\.0\.1/)
  const own = /^\/($|plimsoll\/plimsoll[\w-]*\.js$|host\.js$|triggers\.json$|favicon\.ico$)/
  expect(visitor.host.requests.filter((path) => !own.test(path))).toEqual([])
})

test('believes a clock set forward, and is fooled into no prompt by one set back', async ({ visitor }) => {
  const page = await visitor.open({ ...near, config: only('banner', { suppress: { dismissals: 1, quiet: '30d' } }) })
  await page.click(action('dismiss'))
  await page.gone(banner)
  await page.later(-400 * DAY)
  await page.again()
  expect(await page.reasons('projects-80')).toContain('quiet')
  await page.later(31 * DAY)
  await page.again()
  await page.shown(banner)
})

test('follows routes by the host’s own word', async ({ visitor }) => {
  const page = await visitor.open({ config: only('tooltip') })
  await page.call(...kinds.tooltip.signal)
  await page.shown(widget('tooltip'))
  await soon(() => page.reasons('sso-discovery')).toContain('on_screen')
})
