import { afterEach, expect, test, vi } from 'vitest'
import { openTabs, type TabMessage, type Tabs } from '../../packages/sdk/src/browser/tabs.ts'

let open: { close(): void }[] = []
afterEach(() => {
  for (const each of open) each.close()
  open = []
  vi.unstubAllGlobals()
})

function tab(name: string): { tabs: Tabs; heard: TabMessage[] } {
  const heard: TabMessage[] = []
  const tabs = openTabs(name, (message) => heard.push(message))
  open.push(tabs)
  return { tabs, heard }
}
function rawChannel(name: string): BroadcastChannel {
  const channel = new BroadcastChannel(name)
  open.push(channel)
  return channel
}
/** Waits for the first message, however busy the machine, and a moment more for what should not come. */
async function settle(...tabs: { heard: TabMessage[] }[]): Promise<void> {
  await vi.waitFor(() => expect(tabs.every(({ heard }) => heard.length)).toBe(true), 10_000)
  await new Promise((resolve) => setTimeout(resolve, 50))
}

test('tells every other tab, not its own', async () => {
  const [a, b, c] = [tab('t1'), tab('t1'), tab('t1')]
  expect(a.tabs.supported).toBe(true)
  a.tabs.post({ type: 'dismissed', id: 'x' })
  await settle(b, c)
  expect([a.heard, b.heard, c.heard]).toEqual([
    [],
    [{ plimsoll: 1, type: 'dismissed', id: 'x' }],
    [{ plimsoll: 1, type: 'dismissed', id: 'x' }],
  ])
})

test('hears nothing of channels with other names', async () => {
  const [a, b] = [tab('t2'), tab('t3')]
  a.tabs.post({ type: 'dismissed' })
  await settle()
  expect(b.heard).toEqual([])
})

test('ignores what other scripts post', async () => {
  const a = tab('t4')
  const channel = rawChannel('t4')
  for (const junk of [
    null,
    undefined,
    0,
    'plimsoll',
    [],
    {},
    { plimsoll: 1 },
    { type: 'x' },
    { plimsoll: 2, type: 'x' },
  ]) {
    channel.postMessage(junk)
  }
  channel.postMessage({ plimsoll: 1, type: 7 })
  channel.postMessage({ plimsoll: 1, type: 'good' })
  await settle(a)
  expect(a.heard).toEqual([{ plimsoll: 1, type: 'good' }])
})

test('lets nothing escape that a message or its listener throws', async () => {
  const escaped = vi.fn()
  window.addEventListener('error', escaped)
  const channels: EventTarget[] = []
  vi.stubGlobal(
    'BroadcastChannel',
    class extends EventTarget {
      constructor() {
        super()
        channels.push(this)
      }
      close() {}
    },
  )
  const listener = vi.fn(() => {
    throw new Error('mine')
  })
  open.push(openTabs('t5', listener))
  const hostile = new Proxy({}, { get: () => { throw new Error('hostile') } }) // biome-ignore format: one line
  channels[0]?.dispatchEvent(new MessageEvent('message', { data: hostile }))
  expect(listener).not.toHaveBeenCalled()
  channels[0]?.dispatchEvent(new MessageEvent('message', { data: { plimsoll: 1, type: 'x' } }))
  expect(listener).toHaveBeenCalledTimes(1)
  window.removeEventListener('error', escaped)
  expect(escaped).not.toHaveBeenCalled()
})

test('says nothing, and throws nothing, where a message cannot be cloned', async () => {
  const [a, b] = [tab('t6'), tab('t6')]
  a.tabs.post({ type: 'bad', fn: () => {} })
  a.tabs.post({ type: 'good' })
  await settle(b)
  expect(b.heard.map(({ type }) => type)).toEqual(['good'])
})

test('does nothing where there is no BroadcastChannel, or it is refused', () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const { tabs } = tab('t7')
  expect(tabs.supported).toBe(false)
  tabs.post({ type: 'x' })
  tabs.close()
})

test('is shut while the page is in the back/forward cache', async () => {
  const [a, b] = [tab('t8'), tab('t8')]
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
  rawChannel('t8').postMessage({ plimsoll: 1, type: 'missed' })
  a.tabs.post({ type: 'unsaid' })
  await settle()
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  a.tabs.post({ type: 'again' })
  await settle(b)
  expect(b.heard.map(({ type }) => type)).toEqual(['again'])
})

test('hears once after a first pageshow', async () => {
  const [a, b] = [tab('t9'), tab('t9')]
  window.dispatchEvent(new PageTransitionEvent('pageshow'))
  a.tabs.post({ type: 'x' })
  await settle(b)
  expect(b.heard).toHaveLength(1)
})

test('stays closed once it is closed', async () => {
  const [a, b] = [tab('t10'), tab('t10')]
  b.tabs.close()
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  a.tabs.post({ type: 'x' })
  await settle()
  expect(b.heard).toEqual([])
})
