import type { CheckedConfig, CheckedMilestone } from '../config/types.ts'
import { own } from './ledger.ts'
import type { Facts, Match } from './match.ts'
import { isMore, isResource, limitOf, nextPlan, readUsage } from './usage.ts'
import { type Reason, withheld } from './verdict.ts'

/** The counter of a milestone: by metric and value, whichever trigger celebrates it. */
export function milestoneKey(metric: string, value: number): string {
  return `m:${metric}=${value}`
}

/** Whether a metric has passed a milestone in this session that was not yet celebrated. */
export function matchMilestone(trigger: CheckedMilestone, config: CheckedConfig, facts: Facts): Match | Reason {
  const { context, account, plan, session, standing, now } = facts
  const { metric } = trigger
  if (!plan) return withheld('plan_unknown', { plan: context.account.plan })

  const counted = !isResource(config, metric)
  const limit = counted ? undefined : limitOf(context, plan, metric)
  const next = nextPlan(config, plan, (later) => limit === undefined || isMore(limit, later.limits[metric]))
  if (!next) return withheld('no_next_plan', { plan: plan.id, limit })

  const passed = own(account.passed, metric)
  const mine =
    passed && passed.session === session?.id ? trigger.milestones.filter((v) => passed.values.includes(v)) : []
  const milestone = standing?.figures.milestone ?? mine.at(-1)
  const usage = counted ? undefined : readUsage(context, plan, metric, now)
  const used = counted ? own(account.counts, metric) : usage?.used
  if (milestone === undefined) return withheld('not_matched', { metric, used })
  return {
    figures: Object.assign({}, usage?.figures, { metric, milestone }, used !== undefined && { used }, {
      plan: next.id,
      currentPlan: plan.id,
    }),
    counter: { account: facts.accountKey, key: milestoneKey(metric, milestone) },
  }
}
