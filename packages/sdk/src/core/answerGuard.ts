import { type DecideInput, factsOf, judgeWith } from './decide.ts'
import type { Match } from './match.ts'
import type { BlockReason, Figures, GuardRequest } from './prompt.ts'
import type { Rule } from './rules.ts'
import { hasFeature, isMore, nextPlan, readUsage } from './usage.ts'

/** What a guarded action needs, read from its name and request. */
export type Need =
  | { readonly of: 'usage'; readonly resource: string; readonly amount: number; readonly reason: BlockReason }
  | { readonly of: 'feature'; readonly feature: string; readonly reason: BlockReason }

/** What guard finds before anything is shown. */
export type GuardAnswer =
  /** Room enough, or nothing to go by: then `reason` says so. */
  | { readonly allowed: true; readonly reason?: 'unavailable' }
  /** Over the limit. `rule` is the trigger whose widget blocks; without one nothing may block. */
  | {
      readonly allowed: false
      readonly reason: BlockReason
      readonly figures: Figures
      readonly rule?: Rule
      readonly match: Match
    }

/** Reads what an action needs; `undefined` when the request does not say. */
export function needOf(action: string, request: GuardRequest): Need | undefined {
  const { feature, resource, seats, amount } = request
  const count = (n: unknown): number =>
    n === undefined ? 1 : typeof n === 'number' && n >= 0 && n < Number.POSITIVE_INFINITY ? n : Number.NaN
  if (typeof feature === 'string') return { of: 'feature', feature, reason: 'feature_locked' }

  const isSeats = action === 'invite' || seats !== undefined || resource === 'seats'
  if (!isSeats && typeof resource !== 'string') return
  const needed = count(seats ?? amount)
  if (Number.isNaN(needed)) return
  return isSeats
    ? { of: 'usage', resource: 'seats', amount: needed, reason: 'seat_limit' }
    : { of: 'usage', resource: resource as string, amount: needed, reason: 'usage_limit' }
}

/** Answers whether an action fits what the account has. Pure; shows nothing. */
export function answerGuard(need: Need, input: DecideInput): GuardAnswer {
  const { rules, context, now } = input
  const { plan, accountKey, ledger } = factsOf(input)
  const judge = judgeWith(input)
  const blocks = (list: readonly Rule[] = []): Rule | undefined =>
    [...list].sort((a, b) => a.rank - b.rank).find((rule) => !judge(rule, 'block', false).reasons.length)

  if (need.of === 'feature') {
    const { feature } = need
    if (hasFeature(context, plan, feature)) return { allowed: true }
    if (!plan) return { allowed: true, reason: 'unavailable' }

    const next = nextPlan(rules.config, plan, (later) => later.features.includes(feature))
    const counter = { account: null, key: feature }
    const attempts = (Object.hasOwn(ledger.features, feature) && ledger.features[feature]?.attempts) || 0
    const figures = { feature, attempts, currentPlan: plan.id, ...(next && { plan: next.id }) }
    return refusal(need.reason, figures, counter, blocks(rules.byFeature.get(feature)))
  }

  const { resource, amount } = need
  const usage = readUsage(context, plan, resource, now)
  if (usage?.limit === undefined) return { allowed: true, reason: 'unavailable' }
  if (usage.limit === null || usage.used + amount <= usage.limit) return { allowed: true }

  const next = nextPlan(rules.config, plan, (later) => isMore(usage.limit, later.limits[resource]))
  const figures = {
    ...usage.figures,
    requested: amount,
    needed: Math.max(1, usage.used + amount - usage.limit),
    ...(next && { plan: next.id }),
    ...(plan && { currentPlan: plan.id }),
  }
  const type = resource === 'seats' ? 'team_growth' : 'limit_approaching'
  const list = rules.byResource.get(resource)?.filter(({ trigger }) => trigger.type === type)
  return refusal(need.reason, figures, { account: accountKey, key: resource }, blocks(list))
}

function refusal(
  reason: BlockReason,
  figures: Figures,
  counter: Match['counter'],
  rule: Rule | undefined,
): GuardAnswer {
  return { allowed: false, reason, figures, match: { figures, counter }, ...(rule && { rule }) }
}
