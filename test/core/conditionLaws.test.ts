import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluateCondition } from '../../packages/sdk/src/core/evaluateCondition.ts'

type Attributes = Parameters<typeof evaluateCondition>[1]
type Condition = Parameters<typeof evaluateCondition>[0]

describe('holds its properties over random conditions', () => {
  const key = fc.constantFrom('a', 'b', 'a.b', 'a.0', 'list', 'toString', '__proto__')
  const scalar = fc.oneof(
    fc.constantFrom('a', 'A', 'b', '1', '1.2.3', '', 'null'),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const json = fc.oneof(
    scalar,
    fc.array(scalar, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', '$eq'), scalar, { maxKeys: 2, noNullPrototype: true }),
  )
  const names = [
    '$eq',
    '$ne',
    '$lt',
    '$lte',
    '$gt',
    '$gte',
    '$exists',
    '$type',
    '$veq',
    '$vne',
    '$vgt',
    '$vgte',
    '$vlt',
    '$vlte',
  ]
  const lists = ['$in', '$nin', '$ini', '$nini', '$all', '$alli']
  const { condition: readable } = fc.letrec<{ operators: Record<string, unknown>; condition: Condition }>((tie) => ({
    operators: fc
      .uniqueArray(
        fc.oneof(
          { depthSize: 'small' },
          fc.tuple(fc.constantFrom(...names), json),
          fc.tuple(fc.constantFrom(...lists), fc.array(scalar, { maxLength: 3 })),
          fc.tuple(fc.constantFrom('$inGroup', '$notInGroup'), fc.constantFrom('staff', 'nobody')),
          fc.tuple(
            fc.constantFrom('$regex', '$regexi', '$notRegex', '$notRegexi'),
            fc.constantFrom('a', '^$', '[0-9]+'),
          ),
          fc.tuple(fc.constantFrom('$not', '$size', '$elemMatch'), tie('operators')),
        ),
        { selector: ([name]) => name, minLength: 1, maxLength: 2 },
      )
      .map((entries) => Object.fromEntries(entries)),
    condition: fc
      .uniqueArray(
        fc.oneof(
          { depthSize: 'small' },
          fc.tuple(key, fc.oneof(json, tie('operators'))),
          fc.tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('condition'), { maxLength: 3 })),
          fc.tuple(fc.constant('$not'), tie('condition')),
        ),
        { selector: ([name]) => name, maxLength: 3 },
      )
      .map((entries) => Object.fromEntries(entries)),
  }))
  const attributes = fc.dictionary(key, fc.oneof(json, fc.array(json, { maxLength: 3 })), { noNullPrototype: true })
  // JSON's own objects: without a prototype they cannot be written as text, and then nothing holds.
  const known = attributes.map((value): Attributes => JSON.parse(JSON.stringify(value)))
  const groups = { staff: ['a', 1] }

  test('negates a readable condition with $not', () => {
    fc.assert(
      fc.property(readable, known, (condition, attributes) => {
        const holds = evaluateCondition(condition, attributes, groups)
        expect(evaluateCondition({ $not: condition }, attributes, groups)).toBe(!holds)
      }),
      { numRuns: 500 },
    )
  })

  test('joins readable conditions with $and, $or and $nor as logic does', () => {
    fc.assert(
      fc.property(fc.array(readable, { minLength: 1, maxLength: 4 }), known, (parts, attributes) => {
        const each = parts.map((part) => evaluateCondition(part, attributes, groups))
        expect(evaluateCondition({ $and: parts }, attributes, groups)).toBe(each.every(Boolean))
        expect(evaluateCondition({ $or: parts }, attributes, groups)).toBe(each.some(Boolean))
        expect(evaluateCondition({ $nor: parts }, attributes, groups)).toBe(!each.some(Boolean))
      }),
    )
  })

  test('answers the same twice, and never throws, whatever it is given', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
    })
    fc.assert(
      fc.property(
        fc.oneof(readable, anything),
        fc.oneof(known, anything),
        anything,
        (condition, attributes, groups) => {
          const ask = () => evaluateCondition(condition as Condition, attributes as Attributes, groups as never)
          const answer = ask()
          expect(typeof answer).toBe('boolean')
          expect(ask()).toBe(answer)
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('never holds with an unknown operator, however deep it stands and whatever stands around it', () => {
    const wrap = fc.oneof(
      fc.constant((inner: Condition): Condition => ({ $not: inner })),
      fc.tuple(fc.constantFrom('$and', '$or', '$nor'), readable).map(
        ([name, other]) =>
          (inner: Condition): Condition => ({ [name]: [other, inner] }),
      ),
      fc.tuple(key, fc.constantFrom('$elemMatch', '$not')).map(([path, name]) => (inner: Condition): Condition => {
        // Beside a path, or GrowthBook reads `{ $not: … }` as an operator and what follows as a value.
        const match = { $elemMatch: { name: 'a', ...inner } }
        return { [path]: name === '$not' ? { $not: match } : match }
      }),
    )
    fc.assert(
      fc.property(fc.array(wrap, { maxLength: 6 }), known, (wraps, attributes) => {
        const condition = wraps.reduce<Condition>((inner, around) => around(inner), { at: { $nonsense: 1 } })
        expect(evaluateCondition(condition, attributes, groups)).toBe(false)
      }),
    )
  })
})
