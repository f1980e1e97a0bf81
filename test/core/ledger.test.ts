/** Copies that name every field: none that the record has may be forgotten. */

import { expect, test } from 'vitest'
import { emptyAccount, emptyCounter, newLedger, withAccount, withLedger } from '../../packages/sdk/src/core/ledger.ts'
import { mergeLedgers } from '../../packages/sdk/src/core/mergeLedgers.ts'
import { LEDGER } from '../../packages/sdk/src/core/parseLedger.ts'

const account = (LEDGER as any).accounts['*']
const fields = (value: object | undefined) => Object.keys(value ?? {}).sort()

test('copies every field of a record and of an account', () => {
  const copied = withAccount(withLedger(newLedger('u'), {}), 'a1', {})
  expect(fields(copied)).toEqual(fields(LEDGER as object))
  expect(fields(copied.accounts.a1)).toEqual(fields(account))
})

test('merges every field of a record, an account and a counter', () => {
  const filled = {
    ...newLedger('u'),
    accounts: { a1: { ...emptyAccount, counters: { k: emptyCounter } } },
  }
  const merged = mergeLedgers(filled, filled, 'a1')
  expect(fields(merged)).toEqual(fields(LEDGER as object))
  expect(fields(merged.accounts.a1)).toEqual(fields(account))
  expect(fields(merged.accounts.a1?.counters.k)).toEqual(fields(account.counters['*']))
})
