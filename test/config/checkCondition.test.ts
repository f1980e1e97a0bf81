import { describe, expect, test } from 'vitest'
import { checkCondition, MAX_WAYS_OF_ALL } from '../../packages/sdk/src/config/checkCondition.ts'
import recorded from '../cases/growthbook/recorded.json' with { type: 'json' }

const groups = Object.keys(recorded.savedGroups)

/** The faults of a condition, each as its path and kind. */
function faultsOf(condition: unknown): readonly string[] {
  const faults: string[] = []
  checkCondition(
    condition,
    [],
    (path, _, kind) => faults.push(`${path.join(' ')}: ${kind}`),
    groups,
    () => {},
    { ways: MAX_WAYS_OF_ALL },
  )
  return faults
}

test('accepts every operator with what it takes', () => {
  const operand = {
    $eq: 1,
    $ne: null,
    $not: { $eq: 1 },
    $lt: 1,
    $lte: '2',
    $gt: 1.5,
    $gte: 'a',
    $in: [1, 'a', null],
    $nin: [],
    $ini: ['a'],
    $nini: ['b'],
    $all: ['a', { $gt: 1 }],
    $alli: ['A'],
    $regex: '^a',
    $regexi: 'b$',
    $notRegex: 'c',
    $notRegexi: 'd',
    $elemMatch: { $gt: 1 },
    $size: { $gte: 2 },
    $exists: true,
    $type: 'array',
    $veq: '1.2',
    $vne: '1',
    $vgt: '1',
    $vgte: 2,
    $vlt: '3',
    $vlte: '3',
    $inGroup: 'staff',
    $notInGroup: 'empty',
  }
  const condition = {
    a: operand,
    'b.c': 'x',
    d: [1],
    e: { f: 1 },
    g: null,
    h: { $elemMatch: { name: 'x' } },
    i: { $size: 2 },
  }
  expect(faultsOf({ ...condition, $and: [condition], $or: [{}, condition], $nor: [{}], $not: condition })).toEqual([])
})

test(`accepts the ${recorded.conditions.length} whole conditions recorded from GrowthBook`, () => {
  for (const [condition] of recorded.conditions) expect([condition, faultsOf(condition)]).toEqual([condition, []])
})

test('accepts every operand recorded from GrowthBook but those that it reads as never, or by chance', () => {
  const refused: { [fault: string]: unknown[] } = {}
  for (const [operand] of recorded.tables.flatMap(({ rows }) => rows))
    for (const fault of faultsOf({ at: operand })) {
      const [, operator, kind] = /^at (\S+): (.+)$/.exec(fault) as unknown as [string, string, string]
      refused[kind] ??= []
      refused[kind].push([operator, (operand as { [name: string]: unknown })[operator]])
    }
  const each = (operators: string, ...operands: unknown[]) =>
    operators.split(' ').flatMap((operator) => operands.map((operand) => [operator, operand]))
  expect(refused).toEqual({
    figure: [...each('$lt $lte $gt $gte', null, true), ...each('$veq $vne $vgt $vgte $vlt $vlte', null)],
    truth: each('$exists', 1, 0, null, 'no'),
    type: each('$type', 'text', null),
    list: each('$in $nin $ini $nini $all $alli', 'a', 1, null, { 0: 'a' }),
    savedGroup: each('$inGroup $notInGroup', 'nobody'),
    size: each('$size', '1', null, true),
    operator: [['other', 1]],
  })
})

describe('refuses', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['an unknown operator', { a: { $foo: 1 } }, ['a $foo: operator']],
    ['an operator where an attribute belongs', { $eq: 1 }, ['$eq: logic']],
    ['logic inside an attribute', { a: { $or: [] } }, ['a $or: operator']],
    ['operators beside names', { a: { $eq: 1, b: 2 } }, ['a b: operator']],
    ['an unknown group', { a: { $inGroup: 'none' } }, ['a $inGroup: savedGroup']],
    ['operators for a group', { a: { $inGroup: { $eq: 'staff' } } }, ['a $inGroup: savedGroup']],
    ['a version that is no text', { a: { $vgt: true } }, ['a $vgt: figure']],
    ['an unknown operator deep in lists', { $or: [{ a: { $all: [{ $foo: 1 }] } }] }, ['$or 0 a $all 0 $foo: operator']],
    ['an unknown operator in a size', { a: { $size: { $foo: 1 } } }, ['a $size $foo: operator']],
    ['a condition in a list that is none', { $and: [1] }, ['$and 0: condition']],
    ['no condition at all', null, [': condition']],
  ])('%s', (_, condition, faults) => {
    expect(faultsOf(condition)).toEqual(faults)
  })
})

test('tells which groups a condition asks for', () => {
  const asked: string[] = []
  const condition = { a: { $inGroup: 'staff' }, $not: { b: { $notInGroup: 'empty' } } }
  checkCondition(
    condition,
    [],
    () => {},
    groups,
    (group) => asked.push(group),
    { ways: 0 },
  )
  expect(asked).toEqual(['staff', 'empty'])
})
