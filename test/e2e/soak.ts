/** A page in which a lot is said for a long time, and what it costs the page. */

import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import { action, ana, block, event, exampleConfig, type Host, record, startHost, widget } from './host.ts'
import { found, plain } from './stored.ts'
import { longestTask, slowness } from './trace.ts'

/** As many signals are made in a minute. */
const RATE = 10_000

/** Prompts come whenever figures say so: what is tried is their coming and going, not how seldom they come. */
const often = exampleConfig({
  triggers: [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects', frequency: null, suppress: null },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
    { id: 'team-growth', type: 'team_growth', frequency: null, suppress: null },
    { id: 'exports', type: 'usage_milestone', metric: 'export_made', milestones: [1e7, 2e7, 3e7] },
  ],
})

const body = `
  <link rel="stylesheet" href="/host.css"><main><h1>Settings</h1>
  <button id="work">Work</button> <input id="field" aria-label="Name" data-plimsoll-search>
  <p><button id="sso" aria-disabled="true" data-plimsoll-feature="sso">Single sign-on</button></p>
  <div data-plimsoll-slot="team"></div></main>`

/** Counts timers that are under way, and the host's own work; nothing here grows with time. */
const counted = `
  window.counts = { worked: 0, impressions: 0, signals: 0 }
  window.errors = []
  window.timers = new Set()
  for (const name of ['Timeout', 'Interval']) {
    const set = window['set' + name], clear = window['clear' + name]
    window['set' + name] = (run, ...more) => {
      const id = set(() => { if (name === 'Timeout') timers.delete(id); run() }, ...more)
      timers.add(id)
      return id
    }
    window['clear' + name] = (id) => { timers.delete(id); clear(id) }
  }
  addEventListener('plimsoll:impression', () => counts.impressions++)
  addEventListener('plimsoll:error', ({ detail }) => errors.push(detail.message))
  addEventListener('click', ({ target }) => { if (target.id === 'work') counts.worked++ })
  window.timings = {}
  new PerformanceObserver((list) => {
    for (const { target, duration, interactionId } of list.getEntries())
      if (interactionId && /^(work|field)$/.test(target?.id))
        timings[interactionId] = Math.max(duration, timings[interactionId] ?? 0)
  }).observe({ type: 'event', durationThreshold: 16 })
`

/**
 * Says all kinds of things by a seeded chance, at an even rate: usage goes slowly over its limit's mark and back, and
 * a new session begins every ten seconds.
 */
const storm = (seed: number): string => `${counted}
  let chance = ${seed}
  const random = () => (chance = (chance * 1103515245 + 12345) % 2147483648) / 2147483648
  const pick = (list) => list[Math.floor(random() * list.length)]
  const level = () => Math.round(78 + 14 * Math.sin(performance.now() / 1200) + random())
  const login = () => { ${ana} }
  const kinds = [
    () => plimsoll('usage', { projects: { used: level() } }),
    () => plimsoll('usage', { projects: { used: level() }, seats: { used: pick([2, 9]), limit: 10, pending: 0 } }),
    () => plimsoll('track', 'export_made'),
    () => plimsoll('track', 'report_opened', { page: random() }),
    () => plimsoll('track', 'search', { query: pick(['saml', 'okta', 'rubbish', '']) }),
    () => plimsoll('identify', { user: { id: 'ana', seenPages: Math.floor(random() * 1e6) } }),
    () => plimsoll('page', pick(['/', '/reports', '/team'])),
  ]
  let last, reset = 0
  const beat = () => {
    const now = performance.now()
    for (let due = Math.round((now - last) * ${RATE / 60_000}); due > 0; due--) { pick(kinds)(); counts.signals++ }
    last = now
    if (now - reset > 10000) { reset = now; plimsoll('reset'); login() }
  }
  let beating
  window.start = () => { login(); last = performance.now(); beating = setInterval(beat, 30) }
  window.pause = () => clearInterval(beating)
`

/** The page in a storm, and another tab that hears the channel. */
export interface Soak {
  readonly host: Host
  readonly page: Page
  readonly cdp: CDPSession
  /** Lets the storm go on for a while, with the user at work, and takes the measure. */
  round(ms: number): Promise<Measure>
}

/** What one round came to. */
export interface Measure {
  readonly signals: number
  readonly impressions: number
  readonly tooltips: number
  readonly blocks: number
  /** Bytes in use once garbage is collected. */
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
  readonly timers: number
  /** Characters of all that is stored, and how many items and records that is. */
  readonly stored: number
  readonly records: number
  /** What is said to other tabs, for each signal. */
  readonly said: number
  /** The longest task in milliseconds of processor time, as on a quiet machine. */
  readonly longest: number
  /** The host's own clicks and keys, from input to paint, in milliseconds, as on a quiet machine: what INP takes. */
  readonly input: number
}

/** What of the page is in use once garbage is collected. */
export async function inUse(cdp: CDPSession): Promise<{ heap: number; nodes: number; listeners: number }> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

/** Clicks and types as a user at work in the host, and says how long each took from input to paint. */
async function work(page: Page): Promise<void> {
  await page.locator('#work').click({ timeout: 5000 })
  await page.locator('#field').press('a', { timeout: 5000 })
}

/**
 * Interaction to Next Paint, as web.dev defines it: the 98th percentile, so the longest but for one in each fifty.
 *
 * @param times How many interactions there were; what took less than 16 ms is not told.
 */
async function inputOf(page: Page, times: number): Promise<number> {
  const slow = await page.evaluate(() => {
    const taken = Object.values((window as any).timings as Record<string, number>)
    ;(window as any).timings = {}
    return taken
  })
  return slow.sort((a, b) => b - a)[Math.floor(times / 50)] ?? 8
}

export async function startSoak(visitor: BrowserContext, seed: number): Promise<Soak> {
  const host = await startHost(often, {
    script: `${record}${storm(seed)}`,
    body,
    // The floating banner stands clear of what the user works with.
    routes: { ...plain, '/host.css': () => ({ type: 'text/css', body: 'main { margin-top: 320px }' }) },
  })
  const ear = await visitor.newPage()
  await ear.goto(`${host.origin}/plain`)
  await ear.evaluate(() => {
    const heard = window as unknown as { heard: number; channel: BroadcastChannel }
    heard.heard = 0
    heard.channel = new BroadcastChannel('plimsoll')
    heard.channel.onmessage = () => heard.heard++
  })
  const page = await visitor.newPage()
  await page.goto(host.origin)
  await event(page, 'ready')
  const cdp = await visitor.newCDPSession(page)
  await cdp.send('Performance.enable')

  const count = (): Promise<{ signals: number; impressions: number }> =>
    page.evaluate(() => ({ ...(window as any).counts }))
  const heard = (): Promise<number> => ear.evaluate(() => (window as any).heard)

  /** Whether something comes to be; a session that ends just then takes it away. */
  const comes = (what: Promise<unknown>): Promise<boolean> =>
    what.then(
      () => true,
      () => false,
    )

  /** What a user does beside the storm: works, clicks a locked control, runs into a limit and leaves it. */
  async function live(until: number, done: { inputs: number; tooltips: number; blocks: number }): Promise<void> {
    const patience = { timeout: 4000 }
    while (Date.now() < until) {
      await work(page)
      done.inputs += 2
      await page.locator('#sso').click({ force: true })
      if (await comes(widget(page, 'tooltip').waitFor(patience))) done.tooltips++
      await page.keyboard.press('Escape')
      await page.evaluate(() => void (window as any).plimsoll('guard', 'use', { resource: 'projects', amount: 1000 }))
      if (await comes(action(page, 'cancel').click(patience))) done.blocks++
      await block(page).waitFor({ state: 'detached' })
    }
  }

  return {
    host,
    page,
    cdp,
    async round(ms) {
      const [before, heardBefore] = [await count(), await heard()]
      await page.evaluate(() => void (window as any).seen.splice(0))
      const lived = { inputs: 0, tooltips: 0, blocks: 0 }
      await page.evaluate(() => (window as any).start())
      const longest = await longestTask(page, () => live(Date.now() + ms, lived))
      const slower = await slowness(page)
      await page.evaluate(() => (window as any).pause())
      const input = await inputOf(page, lived.inputs)

      // At rest: nothing on screen, and what was said decided.
      await page.evaluate(() => (window as any).plimsoll('reset'))
      await page.locator('[data-plimsoll-widget]').waitFor({ state: 'detached' })
      await expect.poll(() => page.evaluate(() => (window as any).timers.size), { timeout: 20_000 }).toBeLessThan(3)
      const after = await count()
      expect(await page.evaluate(() => (window as any).errors)).toEqual([])
      const { records, items } = await found(page)
      const kept = { ...records, ...items }
      return {
        signals: after.signals - before.signals,
        impressions: after.impressions - before.impressions,
        tooltips: lived.tooltips,
        blocks: lived.blocks,
        ...(await inUse(cdp)),
        timers: await page.evaluate(() => (window as any).timers.size),
        stored: JSON.stringify(kept).length,
        records: Object.keys(kept).length,
        said: ((await heard()) - heardBefore) / (after.signals - before.signals),
        longest: longest / slower,
        input: input / slower,
      }
    },
  }
}

/** Holds a later measure against an earlier one, taken once the page had warmed up: nothing grows. */
export function expectFlat(first: Measure, last: Measure, heapGrowth: number): void {
  expect(last.heap - first.heap).toBeLessThan(heapGrowth)
  expect(last.nodes - first.nodes).toBeLessThan(10)
  expect(last.listeners - first.listeners).toBeLessThan(4)
  expect(last.timers).toBeLessThan(3)
  expect(last.records).toBeLessThan(5)
  expect(last.stored).toBeLessThan(20_000)
  // What is reported is shared with other tabs once; three kinds of seven are reports.
  expect(last.said).toBeLessThan(0.6)
}

/** Holds a measure to what a user notices: no task is long, and the host answers as fast as INP calls good. */
export function expectQuick({ longest, input }: Measure): void {
  expect(longest).toBeLessThan(50)
  expect(input).toBeLessThan(200)
}
