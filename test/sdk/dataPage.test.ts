/** The page of the docs that says what is stored is held to what the code reads and writes. */

import { describe, expect, test } from 'vitest'
import type { Claim, Entry } from '../../packages/sdk/src/core/outcome.ts'
import { LEDGER, type Shape } from '../../packages/sdk/src/core/parseLedger.ts'
import { fieldsUnder } from './dataPage.ts'

const isRecord = (shape: Shape | undefined): shape is { readonly [key: string]: Shape } =>
  typeof shape === 'object' && !Array.isArray(shape)

/** Every path of a shape down to what is no record; those that have a table of their own end there. */
function pathsOf(shape: Shape, ends: readonly Shape[] = [], path = ''): string[] {
  const inner = Array.isArray(shape) ? shape[0] : shape
  if (ends.includes(inner) || !isRecord(inner)) return [path]
  return Object.entries(inner).flatMap(([name, field]) => pathsOf(field, ends, path ? `${path}.${name}` : name))
}

const ledger = LEDGER as { readonly [key: string]: { readonly [key: string]: Shape } }
const ACCOUNT = ledger.accounts?.['*'] as { readonly [key: string]: { readonly [key: string]: Shape } }
const COUNTER = ACCOUNT.counters?.['*'] as Shape

describe('the data page lists every field that is read, and no other,', () => {
  test.each([
    ['The record of a user', pathsOf(LEDGER, [ACCOUNT, COUNTER])],
    ['Of an account', pathsOf(ACCOUNT, [COUNTER])],
    ['A counter', pathsOf(COUNTER)],
  ])('under “%s”', (heading, paths) => {
    expect(fieldsUnder(heading).sort()).toEqual([...paths].sort())
  })

  test('under “What is not yet in the record”', () => {
    // A field that is new to the type does not compile here until it is written down.
    type Keys<T> = T extends T ? keyof T : never
    const entry: { readonly [key in Keys<Entry>]: true } = {
      t: true,
      at: true,
      counted: true,
      snooze: true,
      used: true,
      session: true,
      key: true,
      types: true,
      account: true,
      triggerId: true,
      triggerType: true,
      variant: true,
      intent: true,
      feature: true,
      claim: true,
    }
    const claim: { readonly [key in keyof Claim]-?: true } = {
      id: true,
      tab: true,
      session: true,
      account: true,
      triggerId: true,
      triggerType: true,
      variant: true,
      counter: true,
      group: true,
      metric: true,
      used: true,
    }
    const counter: { readonly [key in keyof Claim['counter']]: true } = { account: true, key: true }
    expect(fieldsUnder('What is not yet in the record').sort()).toEqual(
      [
        ...Object.keys(entry),
        ...Object.keys(claim).map((name) => `claim.${name}`),
        ...Object.keys(counter).map((name) => `claim.counter.${name}`),
      ].sort(),
    )
  })
})
