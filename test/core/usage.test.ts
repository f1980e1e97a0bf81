import { describe, expect, test } from 'vitest'
import {
  currentPlan,
  hasFeature,
  isMore,
  isResource,
  limitOf,
  nextPlan,
  readUsage,
} from '../../packages/sdk/src/core/usage.ts'
import { configOf, contextOf, NOW } from './sample.ts'

const config = configOf([])
const [starter, pro, scale] = config.plans
const read = (used: number, more: object = {}, plan = starter) =>
  readUsage(contextOf({ usage: { projects: { used, ...more } } }), plan, 'projects', NOW)

describe('figures', () => {
  test('are used, limit, percent and what remains', () => {
    expect(read(82)).toEqual({
      used: 82,
      pending: 0,
      limit: 100,
      percent: 82,
      remaining: 18,
      figures: { resource: 'projects', used: 82, limit: 100, percent: 82, remaining: 18 },
    })
  })

  test('count pending as used', () => {
    expect(read(80, { pending: 2 })).toEqual({
      used: 82,
      pending: 2,
      limit: 100,
      percent: 82,
      remaining: 18,
      figures: { resource: 'projects', used: 82, pending: 2, limit: 100, percent: 82, remaining: 18 },
    })
  })

  test('say when they end, as the host wrote it', () => {
    expect(read(1, { resetsAt: NOW + 1, resetsIso: '2026-12-01' })?.figures.resetsAt).toBe('2026-12-01')
  })

  test('are unknown from resetsAt on', () => {
    expect(read(82, { resetsAt: NOW })).toBe(undefined)
  })

  test('are known until resetsAt', () => {
    expect(read(82, { resetsAt: NOW + 1 })?.used).toBe(82)
  })

  test('are unknown until reported', () => {
    expect(readUsage(contextOf(), starter, 'projects', NOW)).toBe(undefined)
  })

  test('have neither percent nor remainder while unlimited', () => {
    expect(read(82, { limit: null })?.figures).toEqual({ resource: 'projects', used: 82, limit: null })
  })

  test('have no percent at a limit of 0, and nothing remains', () => {
    expect(read(2, { limit: 0 })?.figures).toEqual({ resource: 'projects', used: 2, limit: 0, remaining: 0 })
  })

  test('have no limit where nobody knows it', () => {
    const context = contextOf({ usage: { projects: { used: 82 } } })
    expect(readUsage(context, undefined, 'projects', NOW)?.figures).toEqual({ resource: 'projects', used: 82 })
  })

  test.each([
    [799, 1000, 79],
    [2, 3, 66],
    [29, 100, 29],
    [57, 100, 57],
    [8_999_999_999_999, 9_000_000_000_000, 99],
    [150, 100, 150],
  ])('round %i of %i down to %i %%', (used, limit, percent) => {
    expect(read(used, { limit })?.percent).toBe(percent)
  })
})

describe('a limit', () => {
  test('is the report’s before the plan’s', () => {
    expect(limitOf(contextOf({ usage: { projects: { used: 1, limit: 120 } } }), starter, 'projects')).toBe(120)
  })

  test('is the plan’s where the report has none', () => {
    expect(limitOf(contextOf({ usage: { projects: { used: 1 } } }), starter, 'projects')).toBe(100)
  })

  test('is unlimited where the report says null, whatever the plan says', () => {
    expect(limitOf(contextOf({ usage: { projects: { used: 1, limit: null } } }), starter, 'projects')).toBe(null)
  })

  test('is unknown where neither says', () => {
    expect(limitOf(contextOf(), starter, 'exports')).toBe(undefined)
  })

  test('is nothing that every object has', () => {
    expect(limitOf(contextOf(), starter, 'constructor')).toBe(undefined)
  })

  test.each([
    [100, 101, true],
    [100, 100, false],
    [100, 99, false],
    [100, null, true],
    [null, null, false],
    [null, 100, false],
    [undefined, 100, false],
    [100, undefined, false],
  ])('of %o rises to %o: %o', (a, b, rises) => {
    expect(isMore(a, b)).toBe(rises)
  })
})

describe('plans', () => {
  test('are known by the account’s', () => {
    expect(currentPlan(config, contextOf())).toBe(starter)
  })

  test('are unknown where the file has no such plan', () => {
    expect(currentPlan(config, contextOf({ account: { plan: 'legacy' } }))).toBe(undefined)
  })

  test('rise to the first later one that gives more', () => {
    expect(nextPlan(config, starter, ({ limits }) => isMore(50, limits.projects))).toBe(pro)
  })

  test('rise past one that does not', () => {
    expect(nextPlan(config, starter, ({ features }) => features.includes('scim'))).toBe(scale)
  })

  test('never rise to an earlier one', () => {
    expect(nextPlan(config, scale, () => true)).toBe(undefined)
  })

  test('do not rise from none', () => {
    expect(nextPlan(config, undefined, () => true)).toBe(undefined)
  })

  test('give their features', () => {
    expect(hasFeature(contextOf(), starter, 'export')).toBe(true)
    expect(hasFeature(contextOf(), starter, 'sso')).toBe(false)
  })

  test('are added to by the account’s own features', () => {
    expect(hasFeature(contextOf({ account: { features: ['sso'] } }), starter, 'sso')).toBe(true)
  })

  test('are added to by a list only', () => {
    expect(hasFeature(contextOf({ account: { features: 'sso' } }), starter, 'sso')).toBe(false)
  })
})

test.each([
  ['projects', true],
  ['report_exported', false],
  ['constructor', false],
])('knows whether the metric %s is a resource', (name, is) => {
  expect(isResource(config, name)).toBe(is)
})
