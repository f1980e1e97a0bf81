/** JSON that is valid and says something strange: keys given twice, and numbers past what a number can hold. */

import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { emptyAccount, newLedger } from '../../packages/sdk/src/core/ledger.ts'
import { parseLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import { readContext } from '../../packages/sdk/src/state/readSignals.ts'
import { NOW } from '../core/sample.ts'

/** Each reads as infinite. */
const tooLarge = [
  ['an exponent of 400', '1e400', 'Infinity'],
  ['400 digits', `1${'0'.repeat(400)}`, 'Infinity'],
  ['100,000 digits', '9'.repeat(100_000), 'Infinity'],
  ['100,000 digits below nothing', `-${'9'.repeat(100_000)}`, '-Infinity'],
] as const
/** Each reads as nothing, and is written so: never as minus nothing. */
const nothing = ['-0', '-0.0', '1e-400', '-1e-400', `0.${'0'.repeat(400)}1`]

describe('in the file', () => {
  const file = (trigger = '', amount = '99') => `{
    "version": 2, "version": 1,
    "plans": [
      { "id": "a", "name": "A", "limits": { "p": 100 } },
      { "id": "b", "name": "B", "limits": { "p": 1000 }, "price": { "amount": ${amount}, "currency": "USD", "per": "month" } }
    ],
    "links": { "upgrade": "javascript:alert(1)", "upgrade": "/up" },
    "triggers": [
      { "id": "one", "type": "limit_approaching", "resource": "p" ${trigger} },
      { "id": "two", "type": "limit_approaching", "resource": "p" }
    ]
  }`

  test('the last of two keys of one name counts, as for every reader of JSON', () => {
    const { config, errors } = parseConfig(file(', "id": "last", "priority": 1e400, "priority": 3'))
    expect(errors).toEqual([])
    expect(config).toMatchObject({ triggers: [{ id: 'last', priority: 3 }, { id: 'two' }] })
  })

  test.each(tooLarge)('a number past what can be held is a fault of its trigger alone: %s', (_, number, found) => {
    for (const [path, more] of [
      ['priority', `"priority": ${number}`],
      ['audience["user.n"]', `"audience": { "user.n": ${number} }`],
    ]) {
      const { config, errors } = parseConfig(file(`, ${more}`))
      const expected = 'a value that JSON can hold'
      expect(errors).toEqual([{ path: `triggers[0].${path}`, found, expected, triggerId: 'one' }])
      expect(config?.triggers.map(({ id }) => id)).toEqual(['two'])
    }
  })

  test('a number too small to be held is a price of nothing, and no less', () => {
    for (const amount of nothing) {
      const { config, errors } = parseConfig(file('', amount))
      expect(errors).toEqual([])
      expect(config?.plans[1]?.price?.amount).toBe(0)
    }
  })

  test('a number whose digits no number keeps is the nearest one', () => {
    const { config, errors } = parseConfig(file().replace('1000', '9007199254740993'))
    expect([errors, config?.plans[1]?.limits]).toEqual([[], { p: 2 ** 53 }])
  })
})

describe('in what a context endpoint answers', () => {
  const read = (text: string) => readContext(JSON.parse(text), NOW)

  test('the last of two keys of one name counts', () => {
    const text =
      '{ "user": { "id": "eve" }, "user": { "id": "bob", "id": "ana" }, "usage": { "p": { "used": 1, "used": 2 } } }'
    expect(read(text)).toMatchObject({ user: { id: 'ana' }, usage: { p: { used: 2 } }, faults: [] })
  })

  test.each(tooLarge)('a figure past what can be held costs its resource alone: %s', (_, number, found) => {
    const { usage, faults } = read(`{ "usage": { "p": { "used": ${number} }, "q": { "used": 1 } } }`)
    expect(Object.keys(usage ?? {})).toEqual(['q'])
    expect(faults).toEqual([`usage.p.used: found ${found}, expected a number, 0 or more`])
  })

  test.each(['9007199254740993', '1e22', '-9007199254740993'])(
    'no id is read from %s, for it may name several people',
    (id) => {
      const { user, faults } = read(`{ "user": { "id": ${id} }, "account": { "id": 42 } }`)
      expect(user).toBe(undefined)
      expect(faults).toHaveLength(1)
    },
  )

  test('a trait past what can be held is left out, and the others stay', () => {
    expect(read('{ "user": { "id": 9007199254740991, "a": 1e400, "b": -0, "c": 1 } }').user).toEqual({
      id: 2 ** 53 - 1,
      b: -0,
      c: 1,
    })
  })
})

describe('in what was stored', () => {
  test('a moment past what can be held is now, and a count stays a count: fewer prompts, not more', () => {
    const entry = { t: 'dismissed', id: 'r1', triggerId: 'x', at: 1 }
    const counter = { n: Number.POSITIVE_INFINITY, shown: [Number.POSITIVE_INFINITY], refused: [Number.MAX_VALUE] }
    const stored = { ...newLedger('l'), accounts: { a: { ...emptyAccount, counters: { 't:x': counter } } } }
    const { ledger } = parseLedger(
      stored,
      [JSON.parse(JSON.stringify(entry).replace('"at":1', '"at":1e400'))],
      NOW,
      'new',
    )
    expect(ledger.accounts.a?.counters['t:x']).toMatchObject({
      n: Number.POSITIVE_INFINITY,
      shown: [NOW],
      refused: [NOW],
    })
  })
})
