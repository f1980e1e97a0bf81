import { describe, expect, test } from 'vitest'
import type { CheckedConfig, CheckedLimit, Trigger } from '../../packages/sdk/src/config/types.ts'
import { factsOf } from '../../packages/sdk/src/core/decide.ts'
import { emptyAccount, type Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { type Facts, type Match, matchRung, nextRung, rungAt, rungKey } from '../../packages/sdk/src/core/match.ts'
import { matchFeature } from '../../packages/sdk/src/core/matchFeature.ts'
import { matchLimit } from '../../packages/sdk/src/core/matchLimit.ts'
import { matchMilestone } from '../../packages/sdk/src/core/matchMilestone.ts'
import { matchTeam } from '../../packages/sdk/src/core/matchTeam.ts'
import type { Reason } from '../../packages/sdk/src/core/verdict.ts'
import { accountLedger, configOf, FEATURE, given, type Known, LIMIT, ledgerOf, MILESTONE, NOW, TEAM } from './sample.ts'

/** Asks a matcher, with a file of its trigger alone. */
function ask<T extends Trigger>(
  matcher: (trigger: never, config: CheckedConfig, facts: Facts) => Match | Reason,
  trigger: T,
  known: Known & { readonly ledger?: Ledger } = {},
  standing?: Match,
): Match | Reason {
  const input = given({ triggers: [trigger], ...known })
  const { config } = input.rules
  return matcher(config.triggers[0] as never, config, { ...factsOf(input), ...(standing && { standing }) })
}

describe('a limit that matches', () => {
  const match = (known: Known) => ask(matchLimit, LIMIT, known)

  test('bears its figures, the plan offered and the plan held, and is counted by account', () => {
    expect(match({ usage: { projects: { used: 80, pending: 2 } } })).toEqual({
      figures: {
        resource: 'projects',
        used: 82,
        pending: 2,
        limit: 100,
        percent: 82,
        remaining: 18,
        plan: 'pro',
        currentPlan: 'starter',
      },
      counter: { account: 'a1', key: 't:projects-80' },
      rung: 0,
    })
  })

  test('has nothing remaining over the limit', () => {
    expect((match({ usage: { projects: { used: 120 } } }) as Match).figures.remaining).toBe(0)
  })

  test('says what it knows where it does not match', () => {
    expect(match({ usage: { projects: { used: 79 } } })).toEqual({
      reason: 'not_matched',
      figures: { percent: 79, at: 80 },
    })
    expect(match({})).toEqual({ reason: 'figures', figures: { resource: 'projects', used: undefined } })
    expect(match({ account: { plan: 'x' } })).toEqual({ reason: 'plan_unknown', figures: { plan: 'x' } })
    expect(match({ account: { plan: 'scale' }, usage: { projects: { used: 9, limit: 10 } } })).toEqual({
      reason: 'no_next_plan',
      figures: { plan: 'scale', limit: 10 },
    })
  })
})

describe('a feature that matches', () => {
  const near = { sso: { untilAt: NOW + 1 } }

  test('bears its name, how often it was tried, and the plan that has it, and is counted by user', () => {
    const ledger = ledgerOf({ features: { sso: { n: 0, shown: [], refused: [], attempts: 3 } } })
    expect(ask(matchFeature, FEATURE, { near, ledger })).toEqual({
      figures: { feature: 'sso', attempts: 3, plan: 'pro', currentPlan: 'starter' },
      counter: { account: null, key: 'sso' },
    })
  })

  test('stays while it stands, wherever the pointer is', () => {
    const standing = { figures: {}, counter: { account: null, key: 'sso' } }
    const found = ask(matchFeature, FEATURE, {}, standing) as Match
    expect(found.figures.plan).toBe('pro')
  })
})

describe('a team that matches', () => {
  const match = (known: Known) => ask(matchTeam, TEAM, known)

  test('bears its figures, at least one seat to add, and a plan with more seats', () => {
    expect(match({ usage: { seats: { used: 9 } } })).toEqual({
      figures: {
        resource: 'seats',
        used: 9,
        limit: 10,
        percent: 90,
        remaining: 1,
        needed: 1,
        plan: 'pro',
        currentPlan: 'starter',
      },
      counter: { account: 'a1', key: 't:team-growth' },
      rung: 0,
    })
  })

  test('bears as many seats to add as are missing', () => {
    expect((match({ usage: { seats: { used: 9, pending: 4 } } }) as Match).figures.needed).toBe(3)
  })

  test('bears no plan where none has more seats', () => {
    expect((match({ account: { plan: 'pro' }, usage: { seats: { used: 49 } } }) as Match).figures).toEqual({
      resource: 'seats',
      used: 49,
      limit: 50,
      percent: 98,
      remaining: 1,
      needed: 1,
      currentPlan: 'pro',
    })
  })
})

describe('a milestone that matches', () => {
  const passed = (values: readonly number[], session = 's1') =>
    ledgerOf(accountLedger({ passed: { projects: { session, values } } }))
  const match = (ledger: Ledger, known: Known = { usage: { projects: { used: 120, limit: 500 } } }, standing?: Match) =>
    ask(matchMilestone, MILESTONE, { ledger, ...known }, standing)

  test('bears the highest passed, the figures and the next plan, and is counted by metric and value', () => {
    expect(match(passed([10, 100]))).toEqual({
      figures: {
        resource: 'projects',
        used: 120,
        limit: 500,
        percent: 24,
        remaining: 380,
        metric: 'projects',
        milestone: 100,
        plan: 'pro',
        currentPlan: 'starter',
      },
      counter: { account: 'a1', key: 'm:projects=100' },
    })
  })

  test('is not one that another trigger celebrates', () => {
    expect(match(passed([50]))).toEqual({ reason: 'not_matched', figures: { metric: 'projects', used: 120 } })
  })

  test('is none of a session that has ended', () => {
    expect(match(passed([100], 's0'))).toEqual({ reason: 'not_matched', figures: { metric: 'projects', used: 120 } })
  })

  test('stays while it stands, though it has been counted', () => {
    const standing = { figures: { milestone: 100 }, counter: { account: 'a1', key: 'm:projects=100' } }
    expect((match(ledgerOf(), undefined, standing) as Match).figures.milestone).toBe(100)
  })

  test('bears the count where the metric is an event', () => {
    const ledger = ledgerOf(
      accountLedger({ counts: { exported: 12 }, passed: { exported: { session: 's1', values: [10] } } }),
    )
    expect(ask(matchMilestone, { ...MILESTONE, metric: 'exported' }, { ledger })).toEqual({
      figures: { metric: 'exported', milestone: 10, used: 12, plan: 'pro', currentPlan: 'starter' },
      counter: { account: 'a1', key: 'm:exported=10' },
    })
  })
})

describe('rungs', () => {
  const AT = [80, 95, 100]
  const ladder = { ...(configOf([{ ...LIMIT, at: [0.8, 0.95, 1] }]).triggers[0] as CheckedLimit) }
  const seen = (rungs?: readonly [number, number]) => ({
    ...emptyAccount,
    rungs: rungs ? { 'projects-80': rungs } : {},
  })

  test.each([
    [79, -1],
    [80, 0],
    [94, 0],
    [95, 1],
    [99, 1],
    [100, 2],
    [140, 2],
  ])('are reached: at %i %% rung %i', (percent, rung) => {
    expect(rungAt(AT, percent)).toBe(rung)
  })

  test.each([
    ['speaks at the first figure', undefined, 1, [1, 1]],
    ['speaks when usage rises to it', [0, 0], 1, [1, 1]],
    ['goes on speaking while usage stays', [1, 1], 1, [1, 1]],
    ['is silent when usage fell back to it', [1, 1], 0, [0, -1]],
    ['stays silent while usage stays', [0, -1], 0, [0, -1]],
    ['speaks when usage rises over a silent one', [0, -1], 1, [1, 1]],
    ['is silent under all of them', [0, 0], -1, [-1, -1]],
    ['speaks when usage rises from under them', [-1, -1], 0, [0, 0]],
  ] as const)('one %s', (_, before, reached, now) => {
    expect(nextRung(before, reached)).toEqual(now)
  })

  test('bear the trigger’s own name first, and theirs after it', () => {
    expect([0, 1, 2].map((rung) => rungKey(ladder, rung))).toEqual([
      't:projects-80',
      't:projects-80@95',
      't:projects-80@100',
    ])
  })

  test('of one step speak whenever usage is there', () => {
    const [single] = configOf([LIMIT]).triggers as [CheckedLimit]
    expect(matchRung(single, 80, seen([0, -1]))).toBe(0)
  })

  test.each([
    [80, 0],
    [76, 0],
    [75, 0],
  ])('stay on screen at %i %%', (percent, rung) => {
    expect(matchRung(ladder, percent, seen([0, 0]), 0)).toBe(rung)
  })

  test('go from the screen at 74 %, more than five points under the mark', () => {
    expect(matchRung(ladder, 74, seen([-1, -1]), 0)).toEqual({
      reason: 'not_matched',
      figures: { percent: 74, at: 80 },
    })
  })

  test('go from the screen for a higher one', () => {
    expect(matchRung(ladder, 95, seen([1, 1]), 0)).toEqual({ reason: 'not_matched', figures: { percent: 95, at: 95 } })
  })

  test('are silent where the record of them is spoiled', () => {
    expect(matchRung(ladder, 85, { ...emptyAccount, rungs: { 'projects-80': [] as never } })).toEqual({
      reason: 'not_matched',
      figures: { percent: 85, at: 80 },
    })
  })
})
