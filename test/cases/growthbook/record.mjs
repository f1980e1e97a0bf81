/**
 * Records what GrowthBook's own evaluator answers, as the cases that ours must agree with.
 *
 *     npm pack @growthbook/growthbook@1.8.0 && tar xzf growthbook-growthbook-1.8.0.tgz
 *     node test/cases/growthbook/record.mjs package > test/cases/growthbook/recorded.json
 *
 * The questions are written here; only the answers come from GrowthBook (MIT licence). An attribute that GrowthBook
 * throws on would be recorded as `x`; there is none.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'

const folder = resolve(process.argv[2] ?? 'package')
const load = createRequire(`${folder}/`)
const { evalCondition } = load('./dist/cjs/mongrule.js')
const { hash } = load('./dist/cjs/util.js')
const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))

const savedGroups = { staff: ['ana', 'Ben', 7], empty: [], numbers: [1, 2, 3], malformed: 'ana' }

const ask = (attributes, condition) => {
  try {
    return evalCondition(attributes, condition, savedGroups)
  } catch {
    return 'x'
  }
}

/** One digit for a missing attribute, then one for each value. */
const answers = (values, operand) =>
  [{}, ...values.map((value) => ({ at: value }))].map((attributes) => `${ask(attributes, { at: operand })}`[0]).join('')

const table = (about, values, operands) => ({
  about,
  values,
  rows: operands.map((operand) => [operand, answers(values, operand).replaceAll('t', '1').replaceAll('f', '0')]),
})

const scalars = [
  null,
  true,
  false,
  0,
  1,
  -1,
  7,
  10,
  1.5,
  1e21,
  '',
  '0',
  '1',
  '7',
  '10',
  '1.5',
  'a',
  'A',
  'ana',
  'ANA',
  'Ben',
  'null',
  'undefined',
  'true',
  'zebra',
  'Straße',
  'É',
]
const lists = [
  [],
  [0],
  [null],
  ['a'],
  ['A'],
  ['ana'],
  ['a', 'b'],
  ['b', 'a'],
  ['A', 'B', 'c'],
  [1, 2, 3],
  [1, '2'],
  [['a']],
  [{ name: 'a' }],
  [{ name: 'b', age: 9 }, { name: 'a' }],
  ['a', null, 12],
]
const objects = [{}, { name: 'a' }, { name: 'a', age: 9 }, { age: 9, name: 'a' }, { $eq: 1 }, { length: 1 }]
const all = [...scalars, ...lists, ...objects]
const each = (operators, operands) =>
  operators.flatMap((operator) => operands.map((operand) => ({ [operator]: operand })))

const versions = [
  '0',
  '1',
  '1.2',
  '0.9.99',
  '1.0.0',
  'v1.0.0',
  '1.0.0+build.5',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-ALPHA',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0--1',
  '1.2.3',
  '1.2.3-r1',
  '1.10.0',
  '2.0.0',
  '10.0.0',
  '1.2.3.4',
  '999.0.0',
  '1000.0.0',
  '9999.0.0',
  '10000.0.0',
  '100000.0.0',
  '20240131',
  'abc',
  '',
  'v',
  'V1.0.0',
]

const nested = [
  {},
  { user: null },
  { user: 'ana' },
  { user: { role: 'admin' } },
  { user: { role: 'member', tags: ['a', 'b'] }, account: { plan: 'pro', seats: 3 } },
  { user: { role: 'admin', tags: [] }, account: { plan: 'starter', seats: 0 } },
  { 'user.role': 'admin' },
  { user: [{ role: 'admin' }], account: { plan: { id: 'pro' } } },
  {
    user: {
      role: ['admin', 'owner'],
      tags: [
        { id: 1, on: true },
        { id: 2, on: false },
      ],
    },
    account: { seats: '12' },
  },
]
const conditions = [
  {},
  { 'user.role': 'admin' },
  { 'user.role': null },
  { 'user.0.role': 'admin' },
  { 'user.role.0': 'admin' },
  { 'user.tags.length': 2 },
  { 'account.plan.id': { $exists: true } },
  { 'user.role': 'admin', 'account.seats': 0 },
  { 'user.role': { $in: ['admin', 'owner'] } },
  { 'user.role': { $nin: ['admin', 'owner'], $exists: true } },
  { 'account.seats': { $gte: 3, $lt: 20 } },
  { 'user.tags': { $elemMatch: { id: { $gt: 1 }, on: false } } },
  { 'user.tags': { $elemMatch: { $in: ['b', 'c'] } } },
  { 'user.tags': { $not: { $elemMatch: { id: 1 } } } },
  { 'user.tags': { $size: { $gte: 1 } } },
  { 'user.tags': { $all: [{ $regex: '^a' }, 'b'] } },
  { $and: [] },
  { $or: [] },
  { $nor: [] },
  { $not: {} },
  { $and: [{ 'user.role': 'admin' }, { 'account.plan': 'starter' }] },
  { $or: [{ 'user.role': 'member' }, { 'account.plan': 'starter' }] },
  { $nor: [{ 'user.role': 'member' }, { 'account.plan': 'starter' }] },
  { $not: { 'user.role': 'admin' } },
  { $not: { $or: [{ 'user.role': 'admin' }, { $not: { 'account.seats': 3 } }] } },
  {
    $or: [
      { $and: [{ 'account.seats': { $gt: 0 } }, { 'user.role': 'member' }] },
      { 'user.role': { $alli: ['ADMIN'] } },
    ],
  },
  { 'user.role': 'admin', $or: [{ 'account.plan': 'starter' }, { account: null }] },
]

const tables = [
  table('a value to equal', all, all),
  table(
    'comparison',
    all,
    each(['$eq', '$ne', '$lt', '$lte', '$gt', '$gte'], [null, true, 0, 7, 1.5, '', '7', 'a', 'ana', 'b']),
  ),
  table('being there', all, each(['$exists'], [true, false, 1, 0, null, 'no'])),
  table(
    'kinds',
    all,
    each(['$type'], ['null', 'string', 'number', 'boolean', 'array', 'object', 'undefined', 'text', null]),
  ),
  table(
    'lists',
    all,
    each(
      ['$in', '$nin', '$ini', '$nini', '$all', '$alli'],
      [
        [],
        [null],
        [0, 7],
        ['a'],
        ['A'],
        ['ana', 'BEN'],
        ['b', 'a'],
        [1, '2'],
        [true],
        ['STRASSE', 'STRAßE', 'é'],
        'a',
        1,
        null,
        { 0: 'a' },
      ],
    ),
  ),
  table(
    'lists of conditions',
    all,
    each(['$all', '$alli'], [[{ $gt: 1 }], [{ $regex: '^a' }, 'b'], [['a']], [{ name: 'a' }], [null]]),
  ),
  table('groups', all, each(['$inGroup', '$notInGroup'], ['staff', 'empty', 'numbers', 'nobody', 'malformed'])),
  table(
    'patterns',
    all,
    each(['$regex', '$regexi'], ['a', '^A', '^(ana|ben)$', '^$', 'null', '[0-9]+', '.', '^https?:\\/\\/', 'a/b', 'É']),
  ),
  table('negation', all, [
    ...each(
      ['$not'],
      [
        null,
        'a',
        7,
        false,
        { $gt: 1 },
        { $in: ['a', 'ana'] },
        { $regex: '^a' },
        { name: 'a' },
        ['a'],
        { $not: { $exists: true } },
      ],
    ),
  ]),
  table('sizes', all, each(['$size'], [0, 1, 2, '1', { $gt: 1 }, { $in: [1, 3] }, null, true])),
  table(
    'elements',
    all,
    each(
      ['$elemMatch'],
      [
        { $eq: 'a' },
        { $gt: 1 },
        { $gte: 0 },
        { name: 'a' },
        { name: 'a', age: null },
        { name: { $regex: '^[ab]$' }, age: { $gt: 1 } },
        {},
        { $not: { $eq: 'a' } },
        { $elemMatch: { $eq: 'a' } },
        { $in: [12] },
      ],
    ),
  ),
  table('several operators', all, [
    { $gt: 0, $lt: 10 },
    { $exists: true, $ne: 'a' },
    { $gt: 'a', $lt: 'z' },
    { $gt: 0, other: 1 },
    { $type: 'array', $size: 2 },
    { $nin: ['a'], $exists: true },
  ]),
  table(
    'versions',
    [...versions, null, 1, 1.2, 0, true, ['1.0.0']],
    each(
      ['$veq', '$vne', '$vgt', '$vgte', '$vlt', '$vlte'],
      [
        '1.0.0',
        '1.0.0-alpha.1',
        '1.0.0-beta.11',
        '1.2.3',
        '1.10.0',
        '1000.0.0',
        '10000.0.0',
        '1000.0.0',
        '99999.0.0',
        'v1.0.0+1',
        '1.2',
        '',
        1,
        null,
      ],
    ),
  ),
]

const ids = ['', 'a', 'b', 'ab', 'account-1', 'account-2', 'ünïcödé', '日本', '🙂', '0', 'x'.repeat(300)]
const buckets = ['', 'seed', 'projects-80', 'projects-80:holdout', '日'].flatMap((seed) =>
  ids.map((id) => [seed, id, hash(seed, id, 2)]),
)

const line = (value) => JSON.stringify(value)
const lines = (values) => `[\n${values.map((value) => `    ${line(value)}`).join(',\n')}\n  ]`
process.stdout.write(`{
  "recordedFrom": "@growthbook/growthbook ${version}, MIT licence; record.mjs says how",
  "savedGroups": ${line(savedGroups)},
  "tables": [
${tables.map(({ about, values, rows }) => `    {\n      "about": ${line(about)},\n      "values": ${line(values)},\n      "rows": [\n${rows.map((row) => `        ${line(row)}`).join(',\n')}\n      ]\n    }`).join(',\n')}
  ],
  "attributes": ${lines(nested)},
  "conditions": ${lines(conditions.map((condition) => [condition, nested.map((attributes) => ({ true: 1, false: 0, x: 'x' })[ask(attributes, condition)]).join('')]))},
  "buckets": ${lines(buckets)}
}
`)
