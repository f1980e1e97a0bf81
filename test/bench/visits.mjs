// @ts-check
// Visits to pages, and what each takes of the main thread and of memory.
import { launch, launchKeeping } from './page.mjs'
import { inUse, traceOf } from './trace.mjs'

/** Between two looks at whether a page has come to rest, and how little it then does between them. */
const LOOK_MS = 200
const REST_MS = 1
/** Who has not come to rest by then, however busy the machine, never will. */
const PATIENCE_MS = 60_000

/** Where a page keeps what shifted on it, and what its scripts threw. */
const watch = `window.shifts = 0; window.failures = []
new PerformanceObserver((list) => { for (const { value } of list.getEntries()) shifts += value }).observe({ type: 'layout-shift', buffered: true })
addEventListener('error', ({ message }) => failures.push(message))
addEventListener('plimsoll:ready', () => { window.isReady = true })`

/** @typedef {{ main: number, traced?: import('./trace.mjs').Traced, heap: number, shift: number, failures: string[], inspected?: Inspected }} Visit */
/** @typedef {Record<string, number>} Inspected */
/** @typedef {{ path: string, rate?: number, returning?: boolean, traced?: boolean, waits?: boolean, inspect?: (cdp: import('playwright-core').CDPSession) => Promise<Inspected> }} Job `waits`: for `plimsoll:ready`. `traced`: the longest task is looked for, which costs the rest. */

/** @param {string} origin */
export async function startVisits(origin) {
  const browser = await launch()
  /** @type {Map<string, import('playwright-core').BrowserContext>} Visitors who were here before. */
  const known = new Map()

  /** @param {Job} job @returns {Promise<Visit>} */
  const visit = async ({ path, rate = 1, returning = false, traced = false, waits = false, inspect }) => {
    const visitor = (returning && known.get(path)) || (await browser.newContext())
    const page = await visitor.newPage()
    await page.addInitScript(watch)
    const cdp = await visitor.newCDPSession(page)
    if (rate > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate })
    await cdp.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' })
    await cdp.send('Performance.enable')
    const worked = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
    }
    // Asked without Playwright's own functions, which would come to the page, and weigh as much as it does.
    const isReady = async () =>
      !waits || !!(await cdp.send('Runtime.evaluate', { expression: 'window.isReady' })).result.value
    let main = Number.NaN
    const look = async () => {
      await page.waitForTimeout(LOOK_MS)
      const before = main
      main = await worked()
      return main - before < REST_MS * rate && isReady()
    }
    const load = async () => {
      await page.goto(origin + path, { waitUntil: 'load' })
      await look()
    }
    const rest = async () => {
      const end = Date.now() + PATIENCE_MS
      while (!(await look())) if (Date.now() > end) throw new Error(`${path} has not come to rest`)
    }
    let seen
    if (traced) seen = await traceOf(page, () => load().then(rest))
    else await load().then(rest)
    const heap = traced ? Number.NaN : (await inUse(page)).heap
    const inspected = await inspect?.(cdp)
    const { shifts, failures } = /** @type {{ shifts: number, failures: string[] }} */ (
      await page.evaluate('({ shifts, failures })')
    )
    await (returning ? page : visitor).close()
    return { main, heap, shift: shifts, failures, ...(seen && { traced: seen }), ...(inspected && { inspected }) }
  }

  return {
    version: browser.version(),
    /**
     * Makes a visitor of a page one who was here before.
     *
     * @param {Job} job
     */
    async acquaint(job) {
      known.set(job.path, await launchKeeping())
      // The checked file is kept behind the first decision, and compiled code after a visit or two.
      for (let i = 0; i < 3; i++) await visit({ ...job, returning: true })
    },
    /**
     * Makes visits one after the other, for two would be in each other's way; those that have not begun by the end are
     * left out.
     *
     * @template {Job} J
     * @param {readonly J[]} jobs
     * @param {number} end Epoch milliseconds.
     * @param {(job: J, made: Visit) => void} take
     */
    async make(jobs, end, take) {
      for (const job of jobs) if (Date.now() < end) take(job, await visit(job))
    },
    async close() {
      for (const visitor of known.values()) await visitor.close()
      await browser.close()
    },
  }
}
