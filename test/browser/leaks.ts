/** Many lives of an instance, and a long one, after which heap, nodes and listeners are counted. */

import { createPlimsoll, type Plimsoll } from '@plimsoll/sdk'
import { widgets } from '@plimsoll/widgets'
import { expect } from 'vitest'
import { cdp } from 'vitest/browser'

const config = {
  version: 1,
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100, seats: 10 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000, seats: 50 }, features: ['sso'] },
  ],
  features: { sso: { name: 'Single sign-on' } },
  links: { upgrade: '/billing' },
  triggers: [
    { id: 'projects-80', type: 'limit_approaching', resource: 'projects', frequency: null, suppress: null },
    { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' },
    { id: 'exports', type: 'usage_milestone', metric: 'exported', milestones: [1e7, 2e7, 3e7] },
  ],
}

interface InUse {
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

/** What is in use once garbage is collected; what lets go in a later task has done so. */
async function inUse(): Promise<InUse> {
  const session = cdp() as unknown as { send(method: string): Promise<{ metrics: { name: string; value: number }[] }> }
  await session.send('Performance.enable')
  for (let i = 0; i < 3; i++) {
    await new Promise((done) => setTimeout(done, 30))
    await session.send('HeapProfiler.collectGarbage')
  }
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

const banner = (): boolean =>
  [...document.querySelectorAll('plimsoll-root')].some(({ shadowRoot }) =>
    shadowRoot?.querySelector('[data-plimsoll-widget]'),
  )

const frame = (): Promise<unknown> => new Promise(requestAnimationFrame)

/** Starts an instance that is near its mark. */
async function start(): Promise<Plimsoll> {
  const plimsoll = createPlimsoll({ config, render: widgets() })
  await plimsoll.identify({ user: { id: 'ana' }, account: { id: 'acme', plan: 'starter' } })
  await plimsoll.usage({ projects: { used: 82 } })
  return plimsoll
}

/** One life: some end at once, some while they load, and each tenth with its prompt on screen. */
async function live(i: number): Promise<void> {
  const plimsoll = await start()
  if (i % 10 === 0) while (!banner()) await frame()
  else if (i % 2) await plimsoll.explain()
  await plimsoll.destroy()
}

/** Starts and destroys an instance so often: nothing may be left of it. */
export async function expectNoTraceOfLives(count: number): Promise<void> {
  // The first hundred warm the code up, which takes room by itself.
  for (let i = 0; i < 100; i++) await live(i)
  const before = await inUse()
  for (let i = 0; i < count / 2; i++) await live(i)
  const between = await inUse()
  for (let i = 0; i < count / 2; i++) await live(i)
  const after = await inUse()
  expect(document.querySelectorAll('plimsoll-root')).toHaveLength(0)
  expect(after.nodes - before.nodes).toBeLessThan(20)
  expect(after.listeners - before.listeners).toBeLessThan(5)
  // One instance holds a hundred times as much. What leaks does so in both halves; the browser's own work falls in one.
  const grown = Math.min(between.heap - before.heap, after.heap - between.heap)
  expect(grown / (count / 2)).toBeLessThan(2500)
}

/** Says so many signals to one instance: what it holds may not grow. */
export async function expectNoTraceOfSignals(count: number): Promise<void> {
  const plimsoll = await start()
  const say = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i++) {
      if (i % 3 === 0) void plimsoll.usage({ projects: { used: 10 + (i % 80) } })
      else if (i % 3 === 1) void plimsoll.track(`event-${i % 500}`, { i })
      else void plimsoll.identify({ user: { id: 'ana', seen: i } })
      if (i % 200 === 0) await frame()
    }
    await plimsoll.usage({ projects: { used: 10 } })
    while (banner()) await frame()
    await plimsoll.explain()
  }
  await say(0, count / 10)
  const before = await inUse()
  await say(count / 10, count)
  const after = await inUse()
  await plimsoll.destroy()
  expect(after.nodes - before.nodes).toBeLessThan(20)
  expect(after.listeners - before.listeners).toBeLessThan(5)
  expect((after.heap - before.heap) / count).toBeLessThan(15)
}
