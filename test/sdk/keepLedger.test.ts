/** The copy of a ledger and the record it was read from, where the store fails in between. */

import { describe, expect, test } from 'vitest'
import { journal } from '../../packages/sdk/src/browser/journal.ts'
import { keepSession } from '../../packages/sdk/src/core/session.ts'
import type { LedgerStore } from '../../packages/sdk/src/ports.ts'
import { newId } from '../../packages/sdk/src/state/engine.ts'
import { ANONYMOUS, keepLedger, type LedgerKeeper } from '../../packages/sdk/src/state/keepLedger.ts'
import { memoryStore } from '../../packages/sdk/src/state/memoryStore.ts'

const NOW = Date.UTC(2026, 10, 22)

/** A keeper of the record of `user`, which tells what went wrong. */
function keeperOf(store: LedgerStore, user: string, now = () => NOW) {
  const errors: string[] = []
  const keeper = keepLedger(
    () => store,
    journal(),
    now,
    newId,
    (message) => errors.push(message),
    () => true,
    () => false,
    () => user,
    () => errors.push('gone'),
  )
  return { keeper, errors }
}

/** Begins a session, and with it the record. */
const begin = (keeper: LedgerKeeper) =>
  keeper.update((ledger, now) => ({ ledger: keepSession(ledger, now, now, 'session'), result: true }))

test('moves what another tab wrote of nobody at a second try, after the user’s own record was written: nothing reads as spoiled', async () => {
  const store = memoryStore()
  let isFull = true
  let now = NOW
  const { keeper, errors } = keeperOf(
    { ...store, update: (...given) => (isFull ? Promise.reject(new Error('full')) : store.update(...given)) },
    'uana',
    () => now,
  )
  await keeper.turnTo('uana', 'acme')
  isFull = false
  now += 6000
  await begin(keeper)
  await store.append(ANONYMOUS, { t: 'optedOut', types: ['all'], at: now })
  await keeper.load()
  expect(keeper.ledger()).toMatchObject({ session: { id: 'session', prompts: 0 }, optOuts: ['all'] })
  expect(errors).toEqual(['The ledger cannot be read or written: nothing but blocks shows until it can.'])
})

describe('a record that has just been begun is not taken for one that is gone', () => {
  test('where an answer of before comes late', async () => {
    const store = memoryStore()
    let answer = (): void => {}
    const late = new Promise<void>((resolve) => {
      answer = resolve
    })
    const read: LedgerStore['read'] = async (keys) => {
      const stored = await store.read(keys)
      await late
      return stored
    }
    const { keeper, errors } = keeperOf({ ...store, read }, ANONYMOUS)
    const loading = keeper.load()
    await new Promise((done) => setTimeout(done))
    await begin(keeper)
    answer()
    await loading
    expect([await begin(keeper), errors]).toEqual([true, []])
  })

  test('where a store tries a write again that was meant for what stood before', async () => {
    const store = memoryStore()
    let other: Promise<unknown> | undefined
    const update: LedgerStore['update'] = async (keys, change) => {
      const earlier = other
      const before = await store.read(keys)
      if (earlier) {
        await earlier
        change(before)
      }
      return store.update(keys, change)
    }
    const { keeper, errors } = keeperOf({ ...store, update }, ANONYMOUS)
    other = begin(keeper)
    await begin(keeper)
    expect([await begin(keeper), errors]).toEqual([true, []])
  })
})

test('a record that is gone is left alone, and told once', async () => {
  const store = memoryStore()
  const { keeper, errors } = keeperOf(store, ANONYMOUS)
  await begin(keeper)
  await store.clear([ANONYMOUS])
  await keeper.load()
  expect([await begin(keeper), await store.read([ANONYMOUS])]).toEqual([
    undefined,
    [{ value: undefined, appended: [] }],
  ])
  expect(errors.slice(0, 2)).toEqual([
    'The ledger was forgotten or evicted: nothing but blocks shows until the next load.',
    'gone',
  ])
})
