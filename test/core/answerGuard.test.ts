import { describe, expect, test } from 'vitest'
import type { Trigger } from '../../packages/sdk/src/config/types.ts'
import { answerGuard, needOf } from '../../packages/sdk/src/core/answerGuard.ts'
import type { GuardRequest } from '../../packages/sdk/src/core/prompt.ts'
import { FEATURE, type Given, given, LIMIT, ledgerOf, NOW, TEAM } from './sample.ts'

const guard = (action: string, request: GuardRequest, more: Partial<Given> = {}) => {
  const answer = answerGuard(needOf(action, request)!, given({ triggers: [LIMIT, FEATURE, TEAM], ...more }))
  if (answer.allowed) return answer
  const { rule, match: _, ...rest } = answer
  return { ...rest, rule: rule?.trigger.id }
}

describe('what an action needs', () => {
  test.each<[string, GuardRequest, object | undefined]>([
    ['invite', { seats: 2 }, { of: 'usage', resource: 'seats', amount: 2, reason: 'seat_limit' }],
    ['invite', {}, { of: 'usage', resource: 'seats', amount: 1, reason: 'seat_limit' }],
    [
      'use',
      { resource: 'projects', amount: 3 },
      { of: 'usage', resource: 'projects', amount: 3, reason: 'usage_limit' },
    ],
    ['use', { resource: 'projects' }, { of: 'usage', resource: 'projects', amount: 1, reason: 'usage_limit' }],
    ['use', { resource: 'seats', amount: 2 }, { of: 'usage', resource: 'seats', amount: 2, reason: 'seat_limit' }],
    ['feature', { feature: 'sso' }, { of: 'feature', feature: 'sso', reason: 'feature_locked' }],
    ['use', {}, undefined],
    ['feature', {}, undefined],
    ['invite', { seats: -1 }, undefined],
    ['invite', { seats: Number.NaN }, undefined],
    ['invite', { seats: Number.POSITIVE_INFINITY }, undefined],
    ['invite', { seats: '2' as never }, undefined],
  ])('%s with %j', (action, request, need) => {
    expect(needOf(action, request)).toEqual(need)
  })
})

describe('seats', () => {
  const seats = (used: number, more: object = {}) => ({ usage: { seats: { used, ...more } } })

  test('are allowed up to the limit', () => {
    expect(guard('invite', { seats: 2 }, seats(8))).toEqual({ allowed: true })
  })

  test('are refused one over it, with what is missing', () => {
    expect(guard('invite', { seats: 6 }, seats(8))).toEqual({
      allowed: false,
      reason: 'seat_limit',
      figures: {
        resource: 'seats',
        used: 8,
        limit: 10,
        percent: 80,
        remaining: 2,
        requested: 6,
        needed: 4,
        plan: 'pro',
        currentPlan: 'starter',
      },
      rule: 'team-growth',
    })
  })

  test('count those not yet taken', () => {
    expect(guard('invite', { seats: 1 }, seats(9, { pending: 1 })).allowed).toBe(false)
  })

  test('are allowed while unlimited', () => {
    expect(guard('invite', { seats: 99 }, seats(8, { limit: null }))).toEqual({ allowed: true })
  })

  test('are refused at a limit of 0', () => {
    expect(guard('invite', { seats: 1 }, seats(0, { limit: 0 })).allowed).toBe(false)
  })

  test('cannot be judged without figures, or from their resetsAt on', () => {
    expect(guard('invite', { seats: 1 })).toEqual({ allowed: true, reason: 'unavailable' })
    expect(guard('invite', { seats: 1 }, seats(10, { resetsAt: NOW }))).toEqual({
      allowed: true,
      reason: 'unavailable',
    })
  })

  test('need no plan and no next one', () => {
    expect(guard('invite', { seats: 2 }, { ...seats(49), account: { plan: 'scale' } })).toMatchObject({
      allowed: false,
      figures: { currentPlan: 'scale', needed: 1 },
      rule: 'team-growth',
    })
    expect(guard('invite', { seats: 2 }, { ...seats(9, { limit: 10 }), account: { plan: 'x' } }).allowed).toBe(false)
  })
})

describe('usage', () => {
  test('is refused by the trigger of its resource', () => {
    expect(guard('use', { resource: 'projects' }, { usage: { projects: { used: 100 } } })).toEqual({
      allowed: false,
      reason: 'usage_limit',
      figures: {
        resource: 'projects',
        used: 100,
        limit: 100,
        percent: 100,
        remaining: 0,
        requested: 1,
        needed: 1,
        plan: 'pro',
        currentPlan: 'starter',
      },
      rule: 'projects-80',
    })
  })

  test('is never refused by the growth of a team, nor seats by a limit', () => {
    const seats: Trigger = { ...LIMIT, id: 'seats-80', resource: 'seats' }
    expect(guard('invite', {}, { triggers: [seats], usage: { seats: { used: 10 } } })).toMatchObject({
      allowed: false,
      rule: undefined,
    })
  })
})

describe('a feature', () => {
  test('is allowed where the plan has it, or the account besides', () => {
    expect(guard('feature', { feature: 'export' })).toEqual({ allowed: true })
    expect(guard('feature', { feature: 'sso' }, { account: { features: ['sso'] } })).toEqual({ allowed: true })
  })

  test('is refused where it is locked', () => {
    const features = { sso: { n: 0, shown: [], refused: [], attempts: 4 } }
    expect(guard('feature', { feature: 'sso' }, { ledger: ledgerOf({ features }) })).toEqual({
      allowed: false,
      reason: 'feature_locked',
      figures: { feature: 'sso', attempts: 4, currentPlan: 'starter', plan: 'pro' },
      rule: 'sso-discovery',
    })
  })

  test('cannot be judged while no plan is known', () => {
    expect(guard('feature', { feature: 'sso' }, { account: { plan: null } })).toEqual({
      allowed: true,
      reason: 'unavailable',
    })
  })

  test('has no block without a trigger', () => {
    expect(guard('feature', { feature: 'audit' })).toMatchObject({ allowed: false, rule: undefined })
  })
})

describe('a block', () => {
  const full = { usage: { seats: { used: 10 } } }
  const rule = (triggers: readonly Trigger[], more: Partial<Given> = {}) =>
    (guard('invite', {}, { triggers, ...full, ...more }) as { rule?: string }).rule

  test('is of the first trigger that may: by priority, then the file’s order', () => {
    expect(rule([TEAM, { ...TEAM, id: 'second', at: 0.5 }])).toBe('team-growth')
    expect(rule([TEAM, { ...TEAM, id: 'second', priority: 1 }])).toBe('second')
  })

  test('passes over one that is disabled, or not for this user, or not for now', () => {
    const second = { ...TEAM, id: 'second' }
    expect(rule([{ ...TEAM, enabled: false }, second])).toBe('second')
    expect(rule([{ ...TEAM, audience: { 'user.role': 'x' } }, second])).toBe('second')
    expect(rule([{ ...TEAM, schedule: { until: '2026-11-01' } }, second])).toBe('second')
  })

  test('is held back by nothing else', () => {
    const ledger = ledgerOf({ optOuts: ['all'], session: { prompts: 3 } })
    const page = { consent: false, paused: true, storage: false, visible: false, dialog: true, hasPlace: () => false }
    expect(rule([{ ...TEAM, holdout: 1 }], { ledger, page, account: { health: 1, support_escalation: true } })).toBe(
      'team-growth',
    )
  })
})
