/** Whether an audience can have anybody in it: where it is said that it cannot, nobody is. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Known, mayHold } from '../../packages/sdk/src/advise/mayHold.ts'
import type { Condition } from '../../packages/sdk/src/config/types.ts'
import { evaluateCondition } from '../../packages/sdk/src/core/evaluateCondition.ts'

const figure = fc.integer({ min: 0, max: 4 })
const plan = fc.constantFrom('starter', 'pro')
const groups = { paying: ['pro'] }

const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const bound = fc.dictionary(fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'), figure, {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  })
  const field = fc.oneof(
    fc.record({ 'account.plan': fc.oneof(plan, fc.record({ $in: fc.array(plan) }), fc.record({ $ne: plan })) }),
    fc.record({ 'account.plan': fc.constantFrom({ $inGroup: 'paying' }, { $exists: false }) }),
    fc.record({ 'usage.projects.ratio': fc.oneof(figure, bound, fc.record({ $not: bound })) }),
    fc.record({ 'user.age': fc.oneof(figure, bound, fc.record({ $in: fc.array(figure) })) }),
  )
  const parts = fc.array(tie('condition'), { maxLength: 3 })
  return {
    condition: fc.oneof(
      { maxDepth: 4 },
      field,
      fc.record({ $and: parts }),
      fc.record({ $or: parts }),
      fc.record({ $nor: parts }),
      fc.record({ $not: tie('condition') }),
    ),
  }
})

test('never says that nobody is in an audience that somebody is in', () => {
  let empty = 0
  fc.assert(
    fc.property(condition, plan, figure, figure, (audience, id, ratio, age) => {
      const known: Known = new Map<string, string | { least: number; most: number }>([
        ['account.plan', id],
        ['usage.projects.ratio', { least: 2, most: Infinity }],
      ])
      if (mayHold(audience, known, groups)) return
      empty++
      const person = { account: { plan: id }, usage: { projects: { ratio: ratio + 2 } }, user: { age } }
      expect(evaluateCondition(audience, person, groups)).toBe(false)
    }),
    { numRuns: 3000 },
  )
  // It was said often enough to be a test.
  expect(empty).toBeGreaterThan(100)
})
