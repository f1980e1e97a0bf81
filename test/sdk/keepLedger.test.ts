/** The copy of a ledger and the record it was read from, where the store fails in between. */

import { expect, test } from 'vitest'
import { journal } from '../../packages/sdk/src/browser/journal.ts'
import { keepSession } from '../../packages/sdk/src/core/session.ts'
import { newId } from '../../packages/sdk/src/state/engine.ts'
import { ANONYMOUS, keepLedger } from '../../packages/sdk/src/state/keepLedger.ts'
import { memoryStore } from '../../packages/sdk/src/state/memoryStore.ts'

test('moves what another tab wrote of nobody at a second try, after the user’s own record was written: nothing reads as spoiled', async () => {
  const store = memoryStore()
  let isFull = true
  let now = Date.UTC(2026, 10, 22)
  const errors: string[] = []
  const keeper = keepLedger(
    () => ({
      ...store,
      update: (...given) => (isFull ? Promise.reject(new Error('full')) : store.update(...given)),
    }),
    journal(),
    () => now,
    newId,
    (message) => errors.push(message),
    () => true,
    () => false,
    () => 'uana',
    () => errors.push('gone'),
  )
  await keeper.turnTo('uana', 'acme')
  isFull = false
  now += 6000
  await keeper.update((ledger) => ({ ledger: keepSession(ledger, now, now, 'session'), result: undefined }))
  await store.append(ANONYMOUS, { t: 'optedOut', types: ['all'], at: now })
  await keeper.load()
  expect(keeper.ledger()).toMatchObject({ session: { id: 'session', prompts: 0 }, optOuts: ['all'] })
  expect(errors).toEqual(['The ledger cannot be read or written: nothing but blocks shows until it can.'])
})
