// @ts-check
// What a page's main thread does, in processor time: by the clock on the wall a task is long for others' sake too.

/** @typedef {{ name: string, pid: number, tid: number, tdur?: number, args?: { name?: string } }} TraceEvent */

/**
 * The longest task of the main thread while something is done, in milliseconds.
 *
 * @param {import('playwright-core').Page} page
 * @param {() => Promise<unknown>} work
 */
export async function longestTask(page, work) {
  const browser = page.context().browser()
  await browser?.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] })
  await work()
  const { traceEvents } = /** @type {{ traceEvents: TraceEvent[] }} */ (JSON.parse(`${await browser?.stopTracing()}`))
  const thread = (/** @type {TraceEvent} */ { pid, tid }) => `${pid} ${tid}`
  const main = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(thread))
  const tasks = traceEvents.filter((one) => one.name === 'RunTask' && main.has(thread(one)))
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000
}

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
