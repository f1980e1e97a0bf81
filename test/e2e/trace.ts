/** How long the page's main thread is at work. */

import type { Page } from 'playwright-core'

/** What Chromium's trace says of a task; its length is that of the thread's own time, in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/**
 * The longest task of the page while it works, in milliseconds of processor time: by the clock on the wall, which is
 * what a `PerformanceObserver` of `longtask` goes by, a task is long for others' sake too.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser()
  // Without what the browser would trace of itself a minute takes no more room than that did in three seconds.
  await browser?.startTracing(page, { categories: ['-*', 'disabled-by-default-devtools.timeline'] })
  await work()
  const { traceEvents } = JSON.parse(`${await browser?.stopTracing()}`) as { traceEvents: TraceEvent[] }
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`
  const main = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(thread))
  const tasks = traceEvents.filter((one) => one.name === 'RunTask' && main.has(thread(one)))
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000
}

/** How many times slower than a quiet machine this one is now: a quiet one takes 10 ms for this. */
export async function slowness(page: Page): Promise<number> {
  const sort = () => Array.from({ length: 30_000 }, (_, i) => `${(i * 7919) % 30_011}`).sort().length
  return Math.max(1, (await longestTask(page, () => page.evaluate(sort))) / 10)
}
