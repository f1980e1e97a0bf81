/** One headless instance: what its calls come to, with a store that is looked into. */

import { createPlimsoll, type InitOptions, type LedgerStore, type Plimsoll, type Renderer } from '@plimsoll/sdk'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { hash64 } from '../../packages/sdk/src/core/hash.ts'
import type { Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { memoryStore } from '../../packages/sdk/src/state/memoryStore.ts'
import { exampleConfig } from '../e2e/host.ts'

// A busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 })

const made: Plimsoll[] = []

function start(options: Partial<InitOptions> = {}): Plimsoll {
  const plimsoll = createPlimsoll({ config: exampleConfig(), store: memoryStore(), ...options })
  made.push(plimsoll)
  return plimsoll
}
afterEach(async () => {
  await Promise.all(made.splice(0).map((plimsoll) => plimsoll.destroy()))
})

const ana = { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } }
const shown = (plimsoll: Plimsoll) => plimsoll.$decision.get().prompt?.triggerId
const shows = (plimsoll: Plimsoll, id: string | undefined) => vi.waitFor(() => expect(shown(plimsoll)).toBe(id), 20_000)
const reasons = async (plimsoll: Plimsoll, id: string) =>
  (await plimsoll.explain(id))[0]?.reasons.map(({ reason }) => reason)
/** Waits until what was said so far is decided. */
async function settled(plimsoll: Plimsoll): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await plimsoll.explain()
    await new Promise((done) => setTimeout(done, 10))
  }
}

/** A store that answers a reservation only when the gate is opened; until then `reserved` waits for one. */
function gated(store = memoryStore()) {
  let open = (): void => {}
  let reached = (): void => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const reserved = new Promise<void>((resolve) => {
    reached = resolve
  })
  const update: LedgerStore['update'] = async (keys, change) => {
    const answer = await store.update(keys, change)
    if ((answer as { result?: { claim?: unknown } } | undefined)?.result?.claim) {
      reached()
      await gate
    }
    return answer
  }
  return { store: { ...store, update }, reserved, open: () => open() }
}

test('moves what an anonymous visitor refused into their record, though they logged in before consenting', async () => {
  const store = memoryStore()
  const before = start({ store })
  await before.optOut()
  await before.destroy()

  const plimsoll = start({ store, consent: 'required' })
  await plimsoll.identify(ana)
  await plimsoll.usage({ projects: { used: 90 } })
  await plimsoll.consent(true)
  await settled(plimsoll)
  expect(await reasons(plimsoll, 'projects-80')).toEqual(['opted_out'])
})

test('who consents right after a refusal begins anew, however long clearing takes', async () => {
  const store = memoryStore()
  const before = start({ store, context: { ...ana, usage: { projects: { used: 90 } } } })
  await shows(before, 'projects-80')
  await before.destroy()

  const clear: LedgerStore['clear'] = async (keys) => {
    await new Promise((done) => setTimeout(done, 100))
    return store.clear(keys)
  }
  const plimsoll = start({ store: { ...store, clear }, consent: 'required', context: ana })
  const errors = vi.fn()
  plimsoll.on('error', errors)
  await settled(plimsoll)
  void plimsoll.consent(false)
  await plimsoll.consent(true)
  await new Promise((done) => setTimeout(done, 200))
  await plimsoll.usage({ projects: { used: 90 } })
  await shows(plimsoll, 'projects-80')
  expect(errors).not.toHaveBeenCalled()
})

test('counts what the next user does from nothing, though the last one left while theirs was being counted', async () => {
  const store = memoryStore()
  let counting = (): void => {}
  const isCounting = new Promise<void>((resolve) => {
    counting = resolve
  })
  let goOn = (): void => {}
  const gate = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const update: LedgerStore['update'] = async (keys, change) => {
    const answer = await store.update(keys, change)
    if (JSON.stringify(answer)?.includes('"exported":2')) {
      counting()
      await gate
    }
    return answer
  }
  const trigger = { id: 'exports', type: 'usage_milestone', metric: 'exported', milestones: [100, 200, 300] }
  const plimsoll = start({ config: exampleConfig({ triggers: [trigger] }), store: { ...store, update }, context: ana })
  const errors = vi.fn()
  plimsoll.on('error', errors)
  await settled(plimsoll)
  plimsoll.track('exported')
  plimsoll.track('exported')
  await isCounting
  const left = plimsoll.reset()
  goOn()
  await left
  await plimsoll.identify({ user: { id: 'ben' }, account: ana.account })
  plimsoll.track('exported')
  const countsOf = async () =>
    (await store.read([`u${hash64('ben')}`])).map(
      ({ value }) => Object.values((value as Ledger | undefined)?.accounts ?? {})[0]?.counts,
    )
  await vi.waitFor(async () => expect(await countsOf()).toEqual([{ exported: 1 }]), 20_000)
  expect(errors).not.toHaveBeenCalled()
})

describe('a context source', () => {
  test('that is an object says what it says once, and never takes back what the host said later', async () => {
    // A block is drawn, and left at once.
    const render: Renderer = {
      show: (prompt, { onOutcome }) => {
        if (prompt.block) setTimeout(() => onOutcome({ type: 'cancelled' }), 5)
        return { drawn: Promise.resolve(true), update() {}, close() {} }
      },
    }
    const plimsoll = start({ render, context: { ...ana, usage: { seats: { used: 9 } } } })
    await settled(plimsoll)
    await plimsoll.usage({ seats: { used: 10 } })
    expect(await plimsoll.guard('invite')).toMatchObject({ allowed: false, used: 10 })
    expect(await plimsoll.guard('invite')).toMatchObject({ allowed: false, used: 10 })
  })

  test('that answers after the user has logged out is not heard', async () => {
    let answer = (_: object): void => {}
    const asked = new Promise<object>((resolve) => {
      answer = resolve
    })
    const source = vi.fn(() => asked)
    const plimsoll = start({ context: source })
    await vi.waitFor(() => expect(source).toHaveBeenCalled(), 20_000)
    await new Promise((done) => setTimeout(done, 5))
    await plimsoll.reset()
    answer({ ...ana, usage: { projects: { used: 99 } } })
    await settled(plimsoll)
    expect(plimsoll.$context.get()).toMatchObject({ user: {}, account: {} })
    expect(Object.keys(plimsoll.$context.get().usage)).toEqual([])
  })
})

test('reports one conversion for one upgrade, though a tab that slept still says the old plan', async () => {
  const store = memoryStore()
  const [first, second] = [start({ store }), start({ store })]
  const conversions = vi.fn()
  for (const tab of [first, second]) {
    tab.on('conversion', conversions)
    await tab.identify(ana)
    await tab.usage({ projects: { used: 82 } })
    await settled(tab)
  }
  await first.report('projects-80', 'shown')
  await settled(first)
  await new Promise((done) => setTimeout(done, 5))
  await first.identify({ account: { id: 'acme', plan: 'pro' } })
  await settled(first)
  // The second was not told; it goes on with what it knew.
  await second.track('project_opened')
  await second.usage({ projects: { used: 83 } })
  await settled(second)
  await first.identify({ account: { id: 'acme', plan: 'pro', name: 'Acme' } })
  await settled(first)
  expect(conversions.mock.calls.map(([{ rise, from, to }]) => [rise, from, to])).toEqual([['plan', 'starter', 'pro']])
})

test('a tab that hears late of another user ends nobody’s session but that of who left', async () => {
  const store = memoryStore()
  const [first, second] = [start({ store }), start({ store })]
  const bob = { user: { id: 'bob', role: 'admin' }, account: { id: 'acme', plan: 'starter' } }
  for (const plimsoll of [first, second]) {
    await plimsoll.identify(ana)
    await plimsoll.page('/')
    await settled(plimsoll)
  }
  await first.identify(bob)
  await first.usage({ projects: { used: 82 } })
  await shows(first, 'projects-80')
  await first.dismiss()
  await shows(first, undefined)
  await second.identify(bob)
  await second.usage({ projects: { used: 82 } })
  await settled(second)
  // Once a session, whichever tab asks: it is the same one.
  expect(await reasons(second, 'projects-80')).toEqual(['frequency'])
})

describe('while the place on screen is being reserved', () => {
  test.each([
    ['pause', (plimsoll: Plimsoll) => plimsoll.pause('tour')],
    ['forget', (plimsoll: Plimsoll) => plimsoll.forget()],
    ['destroy', (plimsoll: Plimsoll) => plimsoll.destroy()],
  ])('%s keeps the prompt away', async (_, stop) => {
    const { store, reserved, open } = gated()
    const drawn = vi.fn(() => ({ drawn: Promise.resolve(true), update() {}, close() {} }))
    const plimsoll = start({ store, render: { show: drawn } })
    await plimsoll.identify(ana)
    await plimsoll.usage({ projects: { used: 82 } })
    await reserved
    await stop(plimsoll)
    open()
    await new Promise((done) => setTimeout(done, 50))
    expect(drawn).not.toHaveBeenCalled()
    expect(shown(plimsoll)).toBe(undefined)
  })
})

test('keeps team growth quiet at the figure that it was refused at, not the one that it was shown at', async () => {
  const store = memoryStore()
  const plimsoll = start({ store })
  await plimsoll.identify(ana)
  await plimsoll.usage({ seats: { used: 8 } })
  await shows(plimsoll, 'team-growth')
  await plimsoll.usage({ seats: { used: 9 } })
  await settled(plimsoll)
  await plimsoll.report('team-growth', 'dismissed')
  await shows(plimsoll, undefined)
  await plimsoll.reset()
  await plimsoll.identify(ana)
  await plimsoll.usage({ seats: { used: 9 } })
  await settled(plimsoll)
  expect(await reasons(plimsoll, 'team-growth')).toEqual(['quiet'])
  await plimsoll.usage({ seats: { used: 10 } })
  await shows(plimsoll, 'team-growth')
})

test('withholds nothing that is on screen', async () => {
  const plimsoll = start()
  const withheld = vi.fn()
  plimsoll.on('withheld', withheld)
  await plimsoll.identify(ana)
  await plimsoll.usage({ projects: { used: 82 } })
  await shows(plimsoll, 'projects-80')
  await plimsoll.report('projects-80', 'shown')
  await plimsoll.usage({ projects: { used: 83 } })
  await settled(plimsoll)
  expect(withheld).not.toHaveBeenCalled()
})

test('looks for a place in the slot of the variant that was chosen', async () => {
  const asked: unknown[] = []
  const render: Renderer = {
    show: () => ({ drawn: Promise.resolve(true), update() {}, close() {} }),
    hasPlace: (_, slot) => {
      asked.push(slot)
      return slot === 'there'
    },
  }
  const variants = [{ weight: 1, slot: 'there' }]
  const triggers = [{ id: 'p', type: 'limit_approaching', resource: 'projects', slot: 'nowhere', variants }]
  const plimsoll = start({ render, config: exampleConfig({ triggers }) })
  await plimsoll.identify(ana)
  await plimsoll.usage({ projects: { used: 82 } })
  await shows(plimsoll, 'p')
  expect(new Set(asked)).toEqual(new Set(['there']))
})

test('counts no event that another user’s visit tracked', async () => {
  const triggers = [{ id: 'm', type: 'usage_milestone', metric: 'exported', milestones: [3, 10, 50] }]
  const store = memoryStore()
  const plimsoll = start({ store, config: exampleConfig({ triggers }) })
  await plimsoll.identify(ana)
  await settled(plimsoll)
  for (let i = 0; i < 5; i++) await plimsoll.track('exported')
  await plimsoll.identify({ user: { id: 'ben' }, account: { id: 'acme', plan: 'starter' } })
  await plimsoll.track('exported')
  await settled(plimsoll)
  const stored = JSON.stringify(await store.read([...(await keysOf(store))]))
  expect(stored).toContain('"exported":1')
  expect(stored).not.toContain('"exported":6')
})

/** The keys of the ledgers that the test's users have. */
async function keysOf(_: LedgerStore): Promise<string[]> {
  const { hash64 } = await import('../../packages/sdk/src/core/hash.ts')
  return ['ana', 'ben'].map((id) => `u${hash64(id)}`)
}

test('goes on though a listener of $decision or an event throws, and says so once', async () => {
  const plimsoll = start()
  const errors = vi.fn()
  plimsoll.on('error', errors)
  plimsoll.on('impression', () => {
    throw new Error('of the host')
  })
  await plimsoll.identify(ana)
  await plimsoll.usage({ projects: { used: 82 } })
  await shows(plimsoll, 'projects-80')
  plimsoll.$decision.listen(() => {
    throw new Error('of the host')
  })
  await plimsoll.report('projects-80', 'shown')
  await plimsoll.report('projects-80', 'dismissed')
  await shows(plimsoll, undefined)
  await settled(plimsoll)
  expect(await reasons(plimsoll, 'projects-80')).toEqual(['frequency'])
  expect(errors.mock.calls.map(([{ message }]) => message)).toEqual([
    'A listener for impression threw. of the host',
    'A listener of $decision or $context threw. of the host',
  ])
})

test('writes nothing for a guard that allows', async () => {
  const store = memoryStore()
  const append = vi.spyOn(store, 'append')
  const plimsoll = start({ store })
  await plimsoll.identify({ user: { id: 'ana' }, account: { id: 'acme', plan: 'pro' } })
  for (let i = 0; i < 5; i++) await plimsoll.guard('feature', { feature: 'sso' })
  expect(append).not.toHaveBeenCalled()
})

describe('once destroyed', () => {
  test.each([
    ['preview', (plimsoll: Plimsoll) => plimsoll.preview('projects-80')],
    ['a try at a locked feature', (plimsoll: Plimsoll) => plimsoll.track('feature_attempt', { feature: 'sso' })],
    ['guard', (plimsoll: Plimsoll) => plimsoll.guard('use', { resource: 'projects', amount: 50 })],
  ])('nothing is drawn for a call that was waiting for code: %s', async (_, call) => {
    const show = vi.fn(() => ({ drawn: Promise.resolve(true), update() {}, close() {} }))
    const plimsoll = start({ render: { show } })
    await plimsoll.identify(ana)
    await plimsoll.usage({ projects: { used: 10 } })
    await settled(plimsoll)
    const called = call(plimsoll)
    await plimsoll.destroy()
    await called
    await new Promise((done) => setTimeout(done, 50))
    expect(show).not.toHaveBeenCalled()
  })
})

test('once destroyed, no block stands for a guard that was reading the context', async () => {
  let answer = (_: object): void => {}
  const source = vi.fn((): object | Promise<object> => ({ ...ana, usage: { projects: { used: 100 } } }))
  const show = vi.fn(() => ({ drawn: Promise.resolve(true), update() {}, close() {} }))
  const plimsoll = start({ render: { show }, context: source })
  // Its code is there from here on.
  expect(await plimsoll.guard('use', { resource: 'unknown', amount: 1 })).toMatchObject({ allowed: true })
  await plimsoll.pause()
  source.mockImplementation(
    () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  )
  const before = source.mock.calls.length
  const guarded = plimsoll.guard('use', { resource: 'projects', amount: 1 })
  await vi.waitFor(() => expect(source.mock.calls.length).toBeGreaterThan(before), 20_000)
  show.mockClear()
  await plimsoll.destroy()
  answer({})
  expect(await guarded).toEqual({ allowed: true, reason: 'unavailable' })
  expect(show).not.toHaveBeenCalled()
})

test('asks once for code that never comes, and answers guards meanwhile', async () => {
  const warm = vi.fn(() => new Promise(() => {}))
  const show = vi.fn(() => ({ drawn: Promise.resolve(true), update() {}, close() {} }))
  const plimsoll = start({ render: { show, warm } })
  await plimsoll.identify(ana)
  for (let used = 82; used < 90; used++) {
    await plimsoll.usage({ projects: { used } })
    await settled(plimsoll)
  }
  expect(warm).toHaveBeenCalledTimes(1)
  expect(show).not.toHaveBeenCalled()
  expect(await plimsoll.guard('use', { resource: 'projects', amount: 1 })).toEqual({ allowed: true })
})

test('a renderer that throws where it should fetch keeps only its own prompts away', async () => {
  const escaped = vi.fn()
  process.on('unhandledRejection', escaped)
  const plimsoll = start({
    render: {
      show: () => ({ drawn: Promise.resolve(true), update() {}, close() {} }),
      warm() {
        throw new Error('of the host')
      },
    },
  })
  await plimsoll.identify(ana)
  await plimsoll.usage({ projects: { used: 82 } })
  await shows(plimsoll, 'projects-80')
  process.off('unhandledRejection', escaped)
  expect(escaped).not.toHaveBeenCalled()
})

describe('a prompt that cannot be drawn', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is left alone for a minute, and then tried again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    let isThere = false
    const show = vi.fn(() => ({ drawn: Promise.resolve(isThere), update() {}, close() {} }))
    const plimsoll = start({ render: { show } })
    await plimsoll.identify(ana)
    await plimsoll.usage({ projects: { used: 82 } })
    await vi.waitFor(() => expect(show).toHaveBeenCalledTimes(1), 20_000)
    await settled(plimsoll)
    isThere = true
    await plimsoll.usage({ projects: { used: 83 } })
    await settled(plimsoll)
    expect(await reasons(plimsoll, 'projects-80')).toEqual(['no_place'])
    vi.setSystemTime(Date.now() + 61_000)
    await plimsoll.usage({ projects: { used: 84 } })
    await shows(plimsoll, 'projects-80')
    expect(show).toHaveBeenCalledTimes(2)
  })

  test('as a block takes no prompt of its trigger away', async () => {
    const show: Renderer['show'] = ({ block }) => ({ drawn: Promise.resolve(!block), update() {}, close() {} })
    const plimsoll = start({ render: { show } })
    await plimsoll.identify(ana)
    await plimsoll.usage({ seats: { used: 9 } })
    await shows(plimsoll, 'team-growth')
    expect(await plimsoll.guard('invite', { seats: 3 })).toEqual({ allowed: true, reason: 'unavailable' })
    await settled(plimsoll)
    expect(shown(plimsoll)).toBe('team-growth')
  })
})
