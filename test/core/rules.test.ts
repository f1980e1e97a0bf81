import { describe, expect, test } from 'vitest'
import { compareTriggers, lowestMark, prepareRules } from '../../packages/sdk/src/core/rules.ts'
import { configOf, dayAt, FEATURE, LIMIT, MILESTONE, rulesOf, TEAM } from './sample.ts'

const ids = (rules: Iterable<{ trigger: { id: string } }> = []) => [...rules].map(({ trigger }) => trigger.id)

describe('the order in which triggers win', () => {
  test('is feature, limit, seats, milestone', () => {
    expect([...rulesOf([MILESTONE, TEAM, LIMIT, FEATURE]).all.keys()]).toEqual([
      'sso-discovery',
      'projects-80',
      'team-growth',
      'first-100',
    ])
  })

  test('is the highest priority before that', () => {
    const triggers = [FEATURE, { ...LIMIT, priority: -1 }, { ...TEAM, priority: 2 }, { ...MILESTONE, priority: 1 }]
    expect([...rulesOf(triggers).all.keys()]).toEqual(['team-growth', 'first-100', 'sso-discovery', 'projects-80'])
  })

  test('is the file’s order after that', () => {
    const triggers = ['c', 'a', 'b'].map((id) => ({ ...LIMIT, id }))
    expect([...rulesOf(triggers).all.keys()]).toEqual(['c', 'a', 'b'])
  })

  test('tells no two alike triggers apart', () => {
    const [a, b] = configOf([LIMIT, { ...LIMIT, id: 'other' }]).triggers
    expect(compareTriggers(a!, b!)).toBe(0)
  })
})

describe('a signal finds', () => {
  test('the triggers of a resource, the lowest mark first', () => {
    const rules = rulesOf([
      { ...LIMIT, id: 'high', at: 0.9 },
      { ...LIMIT, id: 'low', at: [0.5, 0.99] },
      { ...LIMIT, id: 'seats', resource: 'seats' },
      TEAM,
    ])
    expect(ids(rules.byResource.get('projects'))).toEqual(['low', 'high'])
    expect(ids(rules.byResource.get('seats'))).toEqual(['seats', 'team-growth'])
    expect(rules.byResource.get('projects')!.map(lowestMark)).toEqual([50, 90])
  })

  test('the triggers of a metric and of a feature', () => {
    const rules = rulesOf([MILESTONE, FEATURE, { ...FEATURE, id: 'sso-2' }])
    expect(ids(rules.byMetric.get('projects'))).toEqual(['first-100'])
    expect(ids(rules.byFeature.get('sso'))).toEqual(['sso-discovery', 'sso-2'])
  })

  test('the triggers that a route makes near by its first segment, each once, and no other', () => {
    const routed = { ...FEATURE, id: 'routed', near: { route: ['/settings', '/settings/**', '/users/*', '/**/audit'] } }
    const { byRoute } = rulesOf([FEATURE, routed])
    expect([...byRoute].map(([first, rules]) => [first, ids(rules)])).toEqual([
      ['settings', ['routed']],
      ['users', ['routed']],
      ['*', ['routed']],
    ])
  })
})

describe('a schedule', () => {
  const spanOf = (schedule?: object) => {
    const { fromAt, untilAt } = rulesOf([{ ...LIMIT, ...(schedule && { schedule }) }]).all.get('projects-80')!
    return [fromAt(), untilAt()]
  }

  test('is for ever where there is none', () => {
    expect(spanOf()).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])
  })

  test('runs by the visitor’s days, the last one included', () => {
    expect(spanOf({ from: '2026-11-20', until: '2026-11-27' })).toEqual([
      Date.parse('2026-11-20T00:00:00+02:00'),
      Date.parse('2026-11-28T00:00:00+02:00'),
    ])
  })

  test('runs by moments where it gives times', () => {
    expect(spanOf({ from: '2026-11-20T08:00:00Z', until: '2026-11-27T08:00:00Z' })).toEqual([
      Date.UTC(2026, 10, 20, 8),
      Date.UTC(2026, 10, 27, 8),
    ])
  })
})

describe('who can buy, by default', () => {
  const { isBuyer } = prepareRules(configOf([]), dayAt)

  test.each(['admin', 'owner', 'billing', 'Admin', 'OWNER', ['member', 'Billing']])(
    'is who has the role %j',
    (role) => {
      expect(isBuyer({ user: { role } })).toBe(true)
    },
  )

  test.each(['member', '', 'administrator', ['member', 'viewer']])('is not who has the role %j', (role) => {
    expect(isBuyer({ user: { role } })).toBe(false)
  })

  test('is who has no role known', () => {
    expect(isBuyer({ user: {} })).toBe(true)
    expect(isBuyer({})).toBe(true)
  })

  test('is whom the file says', () => {
    expect(rulesOf([], { buyers: { 'user.seat': 'cfo' } }).isBuyer({ user: { role: 'admin' } })).toBe(false)
  })
})

test.each([
  ['an audience', [{ ...LIMIT, audience: { $or: [{ 'usage.seats.ratio': { $gt: 0.5 } }] } }], {}],
  ['a variant', [{ ...LIMIT, variants: [{ id: 'a', if: { usage: { $exists: true } } }] }], {}],
  ['who may buy', [LIMIT], { buyers: { 'usage.seats.used': 9 } }],
])('sees that %s asks after usage', (_, triggers, more) => {
  expect(rulesOf(triggers, more).asksUsage).toBe(true)
  expect(rulesOf([{ ...LIMIT, audience: { 'user.usage': 'high' } }]).asksUsage).toBe(false)
})

test('lets counts begin again for limit triggers only', () => {
  const { all } = rulesOf([LIMIT, FEATURE, TEAM, MILESTONE])
  expect([...all.values()].map(({ quiet }) => quiet.rearms)).toEqual([false, true, false, false])
})
