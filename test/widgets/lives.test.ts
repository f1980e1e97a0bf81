/** Instances that come and go in one page, as those of a micro-frontend do. */

import { createPlimsoll } from '@plimsoll/sdk'
import { widgets } from '@plimsoll/widgets'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { clear, find, page, until } from './harness.ts'

const send = <T>(method: string): Promise<T> => (cdp() as unknown as { send(method: string): Promise<T> }).send(method)

/** What is open just now, and what was ever opened. */
const open = { channels: 0, connections: 0, timers: new Set<unknown>() }
let channelsMade = 0
let connectionsMade = 0
const real = {
  BroadcastChannel,
  setTimeout: setTimeout.bind(globalThis),
  clearTimeout: clearTimeout.bind(globalThis),
  setInterval: setInterval.bind(globalThis),
  clearInterval: clearInterval.bind(globalThis),
  open: IDBFactory.prototype.open,
}

beforeEach(() => {
  Object.assign(open, { channels: 0, connections: 0, timers: new Set() })
  channelsMade = connectionsMade = 0
  globalThis.BroadcastChannel = class extends real.BroadcastChannel {
    constructor(name: string) {
      super(name)
      if (name !== 'plimsoll') return
      open.channels++
      channelsMade++
    }
    override close(): void {
      if (this.name === 'plimsoll') open.channels--
      super.close()
    }
  }
  IDBFactory.prototype.open = function (name, version) {
    const request = real.open.call(this, name, version)
    request.addEventListener('success', () => {
      const db = request.result
      open.connections++
      connectionsMade++
      const close = db.close.bind(db)
      let isClosed = false
      db.close = () => {
        if (!isClosed) open.connections--
        isClosed = true
        close()
      }
    })
    return request
  }
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ...more: [number?]) => {
      const id = real.setTimeout(
        () => {
          open.timers.delete(id)
          run()
        },
        ...more,
      )
      open.timers.add(id)
      return id
    },
    clearTimeout(id: number) {
      open.timers.delete(id)
      real.clearTimeout(id)
    },
    setInterval(run: () => void, ms: number) {
      const id = real.setInterval(run, ms)
      open.timers.add(id)
      return id
    },
    clearInterval(id: number) {
      open.timers.delete(id)
      real.clearInterval(id)
    },
  })
})
afterEach(() => {
  const { open: openDatabase, ...globals } = real
  IDBFactory.prototype.open = openDatabase
  Object.assign(globalThis, globals)
  clear()
})

const config = {
  version: 1,
  plans: [
    { id: 'starter', name: 'Starter', limits: { projects: 100 } },
    { id: 'pro', name: 'Pro', limits: { projects: 1000 } },
  ],
  resources: { projects: { one: 'project', other: 'projects' } },
  links: { upgrade: '/upgrade' },
  triggers: [{ id: 'projects-80', type: 'limit_approaching', resource: 'projects', frequency: null, suppress: null }],
} as const

/** One life: it begins, a banner stands, and it is over. */
async function live(user: number): Promise<void> {
  const plimsoll = createPlimsoll({ config, render: widgets() })
  await plimsoll.identify({ user: { id: `u${user % 3}`, role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  await plimsoll.usage({ projects: { used: 85 } })
  await until(() => find('[data-plimsoll-widget="banner"]'))
  await plimsoll.destroy()
}

async function inUse(): Promise<{ nodes: number; listeners: number }> {
  await send('HeapProfiler.collectGarbage')
  await send('HeapProfiler.collectGarbage')
  const { metrics } = await send<{ metrics: { name: string; value: number }[] }>('Performance.getMetrics')
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

test('a hundred that begin, show and are destroyed leave no node, listener, timer, channel or connection', async () => {
  page('<main><h1>Projects</h1></main>')
  await send('Performance.enable')
  for (let i = 0; i < 10; i++) await live(i)
  const before = await inUse()
  for (let i = 10; i < 110; i++) await live(i)
  await until(() => open.timers.size === 0 && open.connections === 0)
  const after = await inUse()
  expect([channelsMade, connectionsMade >= 110]).toEqual([110, true])
  expect({ ...open, timers: open.timers.size }).toEqual({ channels: 0, connections: 0, timers: 0 })
  expect(document.querySelectorAll('plimsoll-root').length).toBe(0)
  expect(after.nodes - before.nodes).toBeLessThan(20)
  expect(after.listeners - before.listeners).toBeLessThan(10)
}, 120_000)
