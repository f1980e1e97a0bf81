import { describe, expect, test } from 'vitest'
import { castOf } from '../../packages/sdk/src/simulate/cast.ts'
import { growthAt } from '../../packages/sdk/src/simulate/growth.ts'
import { parseJourneys } from '../../packages/sdk/src/simulate/parseJourneys.ts'
import { stockJourneys } from '../../packages/sdk/src/simulate/stockPersonas.ts'
import { configOf, FEATURE, LIMIT, MILESTONE, TEAM } from '../core/sample.ts'

const config = configOf([LIMIT, TEAM, FEATURE, MILESTONE])
const fault = (persona: object) => parseJourneys({ version: 1, personas: [{ id: 'one', ...persona }] }, config).errors

describe('A journeys file', () => {
  test('may leave out everything but a name', () => {
    const { journeys, errors } = parseJourneys('{ "version": 1, "personas": [{ "id": "one" }] }', config)
    expect(errors).toEqual([])
    expect(journeys && castOf(journeys, config)).toEqual([
      {
        id: 'one',
        upTo: 1,
        plan: 'starter',
        ageMs: 90 * 864e5,
        user: { role: 'admin' },
        account: {},
        usage: [],
        visits: { perWeek: 3, perDay: 1, minutes: 12 },
        routes: [{ path: '/', upTo: 1 }],
        features: [],
        events: [],
        answers: {},
        buys: 0.3,
      },
    ])
  })

  test('gives figures, or shares of the limit of the plan', () => {
    const usage = { projects: { from: 7, to: '80%', over: '10d' }, seats: { from: '50%' } }
    const { journeys } = parseJourneys({ version: 1, personas: [{ id: 'one', plan: 'pro', usage }] }, config)
    expect(journeys && castOf(journeys, config)[0]?.usage).toMatchObject([
      { resource: 'projects', from: 7, to: 800, overMs: 10 * 864e5, curve: 'linear' },
      { resource: 'seats', from: 25, to: 25 },
    ])
  })

  test.each<[string, object, object]>([
    ['a key', { wieght: 2 }, { path: 'personas[0].wieght', found: 'wieght', nearest: 'weight' }],
    [
      'a plan',
      { plan: 'stater' },
      {
        path: 'personas[0].plan',
        found: 'stater',
        expected: 'a plan of the configuration: starter, pro, scale',
        nearest: 'starter',
      },
    ],
    ['a resource', { usage: { project: {} } }, { path: 'personas[0].usage.project', nearest: 'projects' }],
    ['a feature', { features: { ss0: {} } }, { path: 'personas[0].features.ss0', nearest: 'sso' }],
    [
      'a curve',
      { usage: { seats: { curve: 'linaer' } } },
      {
        path: 'personas[0].usage.seats.curve',
        found: 'linaer',
        expected: 'one of: linear, exponential, saturating, step',
        nearest: 'linear',
      },
    ],
    [
      'an amount',
      { usage: { seats: { to: '80' } } },
      {
        path: 'personas[0].usage.seats.to',
        found: '"80"',
        expected: 'a number from 0 up, or a share of the plan\'s limit such as "80%"',
      },
    ],
    ['whom it answers', { answers: { baner: {} } }, { path: 'personas[0].answers.baner', nearest: 'banner' }],
    [
      'how it answers',
      { answers: { any: { click: 0.7, dismiss: 0.7 } } },
      { path: 'personas[0].answers.any', expected: 'parts that are at most 1 in all' },
    ],
    ['a length of time', { age: '90' }, { path: 'personas[0].age', found: '"90"' }],
    ['a route', { routes: { projects: 1 } }, { expected: 'a path that begins with "/"' }],
    ['visits', { visits: { perWeek: 9 } }, { path: 'personas[0].visits.perWeek', expected: 'a number from 0 to 7' }],
  ])('names what is wrong with %s', (_, persona, expected) => {
    expect(fault(persona)).toEqual([expect.objectContaining(expected)])
  })

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'JSON'],
    ['no object', '[]', 'an object'],
    ['5 MB', `{"version":1,"personas":[{"id":"${'a'.repeat(5 * 2 ** 20)}"}]}`, 'at most 1 MB'],
    ['too deep', `{"version":1,"personas":[${'['.repeat(20_000)}${']'.repeat(20_000)}]}`, 'at most 32 levels'],
    [
      'too many',
      { version: 1, personas: Array.from({ length: 101 }, (_, i) => ({ id: `${i}` })) },
      'a list of 1 to 100',
    ],
    ['nobody', { version: 1, personas: [] }, 'a list of 1 to 100'],
    ['no weight', { version: 1, personas: [{ id: 'a', weight: 0 }] }, 'a persona whose weight is over 0'],
    ['another version', { version: 2, personas: [{ id: 'a' }] }, '1'],
    ['twins', { version: 1, personas: [{ id: 'a' }, { id: 'a' }] }, 'an id that no other has'],
    [
      'a prototype',
      '{"version":1,"personas":[{"id":"a","user":{"__proto__":{"role":"x"}}}]}',
      "a name of 1 to 200 characters, not one of JavaScript's own",
    ],
  ])('is refused whole: %s', (_, json, expected) => {
    const { journeys, errors } = parseJourneys(json, config)
    expect(journeys).toBeNull()
    expect(errors.map((error) => error.expected)).toContain(expected)
  })

  test('is five stock personas where there is none, without fault for any configuration', () => {
    for (const one of [config, configOf([]), configOf([LIMIT], { plans: [] })]) {
      const stock = stockJourneys(one)
      expect(parseJourneys(stock, one).errors).toEqual([])
      expect(stock.personas.map(({ id }) => id)).toEqual([
        'solo-trialist',
        'growing-admin',
        'member',
        'heavy-user',
        'dormant',
      ])
    }
  })
})

describe('A curve', () => {
  test.each([
    ['linear', [10, 30, 50, 90]],
    ['exponential', [10, 22.69, 50, 235.45]],
    ['saturating', [10, 45.23, 50, 50]],
    ['step', [10, 50, 50, 50]],
  ] as const)('is %s', (curve, expected) => {
    const at = [0, 0.5, 1, 2].map((x) => Math.round(growthAt(curve, 10, 50, x) * 100) / 100)
    expect(at).toEqual(expected)
  })
})
