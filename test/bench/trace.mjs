// @ts-check
// What a page's main thread does, in processor time: by the clock on the wall a task is long for others' sake too.

import { summarize } from './measure.mjs'

/** @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args?: { name?: string } }} TraceEvent */

/**
 * What the main thread's time goes to, by what the browser calls it; each event counts without those within it. What no
 * pattern knows, tasks and messages among it, is the browser's own.
 *
 * @type {readonly (readonly [part: string, name: RegExp])[]}
 */
const PARTS = [
  ['collecting garbage', /GC/],
  ['compiling', /^v8\.(compile|produce)|^V8\.(?!GC)/],
  [
    'running script',
    /^v8\.|^(EvaluateScript|FunctionCall|RunMicrotasks|TimerFire|EventDispatch|FireIdleCallback|FireAnimationFrame|AsyncTask Run)$/,
  ],
  ['styling, layout and paint', /Layout|Style|Paint|Layer|^Commit$|ParseHTML/],
]
const OWN = 'the browser’s own'

/** @typedef {{ longest: number, parts: Record<string, number> }} Traced Milliseconds. */

/**
 * The longest task of the main thread while something is done, and what all of them did.
 *
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Traced>}
 */
export async function traceOf(page, work) {
  const browser = page.context().browser()
  await browser?.startTracing(page, {
    categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'],
  })
  await work()
  const { traceEvents } = /** @type {{ traceEvents: TraceEvent[] }} */ (JSON.parse(`${await browser?.stopTracing()}`))
  const thread = (/** @type {TraceEvent} */ { pid, tid }) => `${pid} ${tid}`
  const main = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(thread))
  const events = traceEvents
    .filter((one) => one.ph === 'X' && main.has(thread(one)))
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const parts = Object.fromEntries([...PARTS.map(([part]) => part), OWN].map((part) => [part, 0]))
  /** @type {Map<string, { part: string, endsAt: number }[]>} What an event lies within, by thread. */
  const around = new Map()
  for (const event of events) {
    const { name, ts, dur = 0, tdur = 0 } = event
    const stack = around.get(thread(event)) ?? []
    while (stack.length && /** @type {{ endsAt: number }} */ (stack.at(-1)).endsAt <= ts) stack.pop()
    const part = PARTS.find(([, pattern]) => pattern.test(name))?.[0] ?? OWN
    const outer = stack.at(-1)
    if (outer) parts[outer.part] = (parts[outer.part] ?? 0) - tdur / 1000
    if (outer || name === 'RunTask') parts[part] = (parts[part] ?? 0) + tdur / 1000
    if (outer || name === 'RunTask') stack.push({ part, endsAt: ts + dur })
    around.set(thread(event), stack)
  }
  const tasks = events.filter(({ name }) => name === 'RunTask')
  return { longest: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000, parts }
}

/**
 * The middle of what several traces say of each part.
 *
 * @param {readonly Traced[]} all
 * @returns {Record<string, number>}
 */
export const middleOf = (all) =>
  Object.fromEntries(
    Object.keys(all[0]?.parts ?? {}).map((part) => [part, summarize(all.map((one) => one.parts[part] ?? 0)).median]),
  )

/**
 * Bytes in use on a page once garbage is collected, and what hangs on it.
 *
 * @param {import('playwright-core').Page} page
 */
export async function inUse(page) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  for (let i = 0; i < 2; i++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  await cdp.detach()
  const of = (/** @type {string} */ name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}
