import { describe, expect, test } from 'vitest'
import { compileCondition } from '../../packages/sdk/src/core/compileCondition.ts'
import { evaluateCondition } from '../../packages/sdk/src/core/evaluateCondition.ts'
import recorded from '../cases/growthbook/recorded.json' with { type: 'json' }

type Attributes = Parameters<typeof evaluateCondition>[1]
type Condition = Parameters<typeof evaluateCondition>[0]

const { savedGroups } = recorded as unknown as { savedGroups: Record<string, readonly unknown[]> }
const digit = (holds: boolean): string => (holds ? '1' : '0')

describe('agrees with GrowthBook', () => {
  for (const { about, values, rows } of recorded.tables) {
    test(`on ${about}: ${rows.length} operands by ${values.length + 1} values`, () => {
      const subjects: Attributes[] = [{}, ...values.map((value) => ({ at: value }))]
      const answers = rows.map(([operand]) => {
        const holds = compileCondition({ at: operand }, savedGroups)
        return [operand, subjects.map((attributes) => digit(holds(attributes))).join('')]
      })
      expect(answers).toEqual(rows)
    })
  }

  test(`on whole conditions: ${recorded.conditions.length} by ${recorded.attributes.length} users`, () => {
    const answers = recorded.conditions.map(([condition]) => [
      condition,
      recorded.attributes.map((attributes) => digit(evaluateCondition(condition as Condition, attributes))).join(''),
    ])
    expect(answers).toEqual(recorded.conditions)
  })
})

describe('reads the contract’s own example', () => {
  const condition = {
    'user.role': 'admin',
    'account.plan': { $in: ['starter'] },
    'usage.projects.ratio': { $gte: 0.5 },
  }
  const context = (role: string, plan: string, ratio: number): Attributes => ({
    user: { role },
    account: { plan },
    usage: { projects: { ratio } },
  })

  test('holds when all three agree, at the mark included', () => {
    expect(evaluateCondition(condition, context('admin', 'starter', 0.5))).toBe(true)
  })

  test.each([
    ['role', context('member', 'starter', 0.5)],
    ['plan', context('admin', 'pro', 0.5)],
    ['ratio', context('admin', 'starter', 0.49)],
  ])('does not hold when the %s differs', (_, attributes) => {
    expect(evaluateCondition(condition, attributes)).toBe(false)
  })

  test('does not hold for a user of whom nothing is known', () => {
    expect(evaluateCondition(condition, {})).toBe(false)
  })
})

describe('takes no notice of case where the operator ends in i', () => {
  test.each<[Condition, unknown, boolean]>([
    [{ at: { $in: ['admin'] } }, 'Admin', false],
    [{ at: { $ini: ['admin'] } }, 'Admin', true],
    [{ at: { $nini: ['admin'] } }, 'Admin', false],
    [{ at: { $ini: ['ADMIN', 'owner'] } }, ['member', 'Owner'], true],
    [{ at: { $alli: ['A', 'b'] } }, ['a', 'B', 'c'], true],
    [{ at: { $all: ['A', 'b'] } }, ['a', 'B', 'c'], false],
    [{ at: { $regexi: '^bot' } }, 'BotFinder', true],
    [{ at: { $regex: '^bot' } }, 'BotFinder', false],
    [{ at: { $notRegexi: '^bot' } }, 'BotFinder', false],
  ])('answers %j of %j with %s', (condition, at, expected) => {
    expect(evaluateCondition(condition, { at })).toBe(expected)
  })
})

describe('negates a pattern with $notRegex', () => {
  test('holds where the pattern is not found', () => {
    expect(evaluateCondition({ email: { $notRegex: '@acme\\.com$' } }, { email: 'a@b.io' })).toBe(true)
  })

  test('does not hold where it is found', () => {
    expect(evaluateCondition({ email: { $notRegex: '@acme\\.com$' } }, { email: 'a@acme.com' })).toBe(false)
  })
})

describe('looks at own properties only', () => {
  test.each(['toString', 'constructor', '__proto__', 'hasOwnProperty', 'user.toString', 'user.constructor.name'])(
    'finds no %s in a plain object',
    (path) => {
      expect(evaluateCondition({ [path]: { $exists: true } }, { user: {} })).toBe(false)
      expect(evaluateCondition({ [path]: null }, { user: {} })).toBe(true)
    },
  )

  test('finds a key of that name when it is the object’s own', () => {
    expect(evaluateCondition({ constructor: 'Ana' }, { constructor: 'Ana' })).toBe(true)
    expect(evaluateCondition({ __proto__x: 1 }, JSON.parse('{ "__proto__x": 1 }'))).toBe(true)
    expect(evaluateCondition(JSON.parse('{ "__proto__": "Ana" }'), JSON.parse('{ "__proto__": "Ana" }'))).toBe(true)
  })

  test('takes a group named like an inherited property for one that is not there', () => {
    expect(evaluateCondition({ at: { $inGroup: 'toString' } }, { at: 'a' }, {})).toBe(false)
    expect(evaluateCondition({ at: { $notInGroup: 'toString' } }, { at: 'a' }, {})).toBe(true)
  })

  test('is not reached by a polluted prototype', () => {
    const polluted = Object.prototype as { role?: string }
    polluted.role = 'admin'
    try {
      expect(evaluateCondition({ 'user.role': 'admin' }, { user: {} })).toBe(false)
      expect(evaluateCondition({ role: 'admin' }, {})).toBe(false)
    } finally {
      delete polluted.role
    }
  })
})

describe('never holds when it cannot be read', () => {
  const unreadable: [string, unknown][] = [
    ['an unknown operator', { at: { $regx: 'a' } }],
    ['an unknown operator beside a known one', { at: { $exists: true, $foo: 1 } }],
    ['an unknown operator under $not', { $not: { at: { $foo: 1 } } }],
    ['an unknown operator under an operator’s $not', { at: { $not: { $foo: 1 } } }],
    ['an unknown operator under two $not', { $not: { $not: { at: { $foo: 1 } } } }],
    ['an unknown operator under $nor', { $nor: [{ at: { $foo: 1 } }] }],
    ['an unknown operator beside a true branch of $or', { $or: [{ at: 'a' }, { at: { $foo: 1 } }] }],
    ['an unknown operator inside $elemMatch', { list: { $not: { $elemMatch: { $foo: 1 } } } }],
    ['an unknown operator inside $all', { list: { $not: { $all: [{ $foo: 1 }] } } }],
    ['an unknown operator inside $size', { list: { $not: { $size: { $foo: 1 } } } }],
    ['an unknown operator where a path should stand', { $orr: [{ at: 'a' }] }],
    ['an operator’s place taken by a condition’s', { at: { $or: [{ $eq: 'a' }] } }],
    ['an operator where a path should stand', { $not: { $eq: 'a' } }],
    ['a name that only looks like an operator', { at: { $not: { $: 1 } } }],
    ['a version of an operator that has none', { at: { $not: { $vin: ['1'] } } }],
    ['a version of a test that compares nothing', { at: { $not: { $vtype: 'number' } } }],
    ['a case-insensitive form of an operator that has none', { at: { $not: { $eqi: 'a' } } }],
    ['a negation of an operator that has none', { at: { $not: { $nall: ['a'] } } }],
    ['an invalid pattern', { at: { $regex: '/???***[)' } }],
    ['an invalid pattern under $not', { at: { $not: { $regex: '(' } } }],
    ['an invalid pattern, negated', { at: { $notRegex: '(' } }],
    ['a pattern that is no text', { at: { $not: { $regex: ['a'] } } }],
    ['an $or that is no list', { $or: { at: 'a' } }],
    ['an $and that is no list', { $and: 'a' }],
    ['a $nor of no conditions', { $nor: [null] }],
    ['an $or with a branch that is no condition', { $or: [{ at: 'a' }, 'b'] }],
    ['a $not that is no condition', { $not: 'a' }],
    ['a $not of a list', { $not: [] }],
    ['an $elemMatch that is no condition', { list: { $not: { $elemMatch: 'a' } } }],
    ['an operand that is not there', { at: undefined }],
    ['nothing', undefined],
    ['null', null],
    ['text', ''],
    ['a number', 5],
    ['a list', []],
    ['true', true],
  ]
  test.each(unreadable)('has %s', (_, condition) => {
    expect(evaluateCondition(condition as Condition, { at: 'a', list: [1] })).toBe(false)
    expect(evaluateCondition({ $not: condition as Condition }, { at: 'a', list: [1] })).toBe(false)
    expect(evaluateCondition(condition as Condition, {})).toBe(false)
  })

  test('goes round in a circle', () => {
    const circle: Record<string, unknown> = {}
    circle.$not = circle
    expect(evaluateCondition(circle, {})).toBe(false)
  })

  test('has a getter that throws', () => {
    const trap = Object.defineProperty({}, 'at', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    expect(evaluateCondition(trap, { at: 'a' })).toBe(false)
  })
})

describe('bounds the text that a pattern is tried on', () => {
  test('tries 1,000 characters', () => {
    expect(evaluateCondition({ at: { $regex: 'a$' } }, { at: 'a'.repeat(1000) })).toBe(true)
  })

  test.each<Condition>([
    { at: { $regex: 'a' } },
    { at: { $regexi: 'a' } },
    { at: { $notRegex: 'b' } },
    { at: { $not: { $regex: 'b' } } },
    { $nor: [{ at: { $regex: 'b' } }] },
  ])('does not try 1,001: %j never holds', (condition) => {
    expect(evaluateCondition(condition, { at: 'a'.repeat(1001) })).toBe(false)
  })
})

describe('takes attributes as they come', () => {
  const cyclic: Record<string, unknown> = { name: 'a' }
  cyclic.self = cyclic
  const throwing = {
    get role() {
      throw new Error('no')
    },
  }
  const refusing = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('no')
      },
    },
  )

  test.each<[string, Condition, Attributes]>([
    ['a getter that throws', { 'user.role': 'admin' }, { user: throwing }],
    ['a getter that throws, under $not', { $not: { 'user.role': 'admin' } }, { user: throwing }],
    ['a Proxy that throws', { 'user.role': { $ne: 'admin' } }, { user: refusing }],
    ['a cyclic object to equal', { user: { name: 'a' } }, { user: cyclic }],
    ['a cyclic object to equal, under $not', { $not: { user: { name: 'a' } } }, { user: cyclic }],
    ['an object without prototype to write as text', { user: 'a' }, { user: Object.create(null) }],
    ['a BigInt to equal', { user: 10 }, { user: 10n }],
    ['a symbol to equal', { user: 'a' }, { user: Symbol('a') }],
  ])('does not hold of %s', (_, condition, attributes) => {
    expect(evaluateCondition(condition, attributes)).toBe(false)
  })

  test.each([null, undefined, 'text', 7])('takes %s for nothing known', (attributes) => {
    expect(evaluateCondition({ role: 'admin' }, attributes as unknown as Attributes)).toBe(false)
    expect(evaluateCondition({ length: { $exists: true } }, attributes as unknown as Attributes)).toBe(false)
  })

  test('reads an object without prototype', () => {
    expect(evaluateCondition({ role: 'admin' }, Object.assign(Object.create(null), { role: 'admin' }))).toBe(true)
  })
})

describe('tells a trait that is undefined from one that is missing, as GrowthBook does', () => {
  test.each<[Condition, boolean, boolean]>([
    [{ at: { $exists: true } }, false, false],
    [{ at: { $exists: false } }, true, true],
    [{ at: null }, false, true],
    [{ at: { $type: 'undefined' } }, true, false],
    [{ at: { $type: 'null' } }, false, true],
    [{ at: false }, true, false],
  ])('%j: undefined %s, missing %s', (condition, undefinedHolds, missingHolds) => {
    expect(evaluateCondition(condition, { at: undefined })).toBe(undefinedHolds)
    expect(evaluateCondition(condition, {})).toBe(missingHolds)
  })
})

describe('is compiled once', () => {
  test('reads groups when it is compiled', () => {
    const staff = ['ana']
    const holds = compileCondition({ 'user.id': { $inGroup: 'staff' } }, { staff })
    staff.push('ben')
    expect([{ id: 'ana' }, { id: 'ben' }].map((user) => holds({ user }))).toEqual([true, false])
  })

  test('keeps no state between answers', () => {
    const holds = compileCondition({ at: { $regex: 'a' } })
    expect(['a', 'b', 'a', 'a'].map((at) => holds({ at }))).toEqual([true, false, true, true])
  })

  test('answers for a group of 20,000 ids as for one of three', () => {
    const staff = Array.from({ length: 20_000 }, (_, i) => `u${i}`)
    const holds = compileCondition({ id: { $inGroup: 'staff' } }, { staff })
    let found = 0
    for (let i = 0; i < 40_000; i++) if (holds({ id: `u${i}` })) found++
    expect(found).toBe(20_000)
  })
})
