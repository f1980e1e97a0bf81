import type { CheckedConfig, CheckedLimit } from '../config/types.ts'
import { type Facts, type Match, matchRung, rungKey } from './match.ts'
import { isMore, nextPlan, readUsage } from './usage.ts'
import { type Reason, withheld } from './verdict.ts'

/** Whether usage of a resource has reached a mark, and a later plan gives more of it. */
export function matchLimit(trigger: CheckedLimit, config: CheckedConfig, facts: Facts): Match | Reason {
  const { context, plan, now } = facts
  if (!plan) return withheld('plan_unknown', { plan: context.account.plan })

  const { resource } = trigger
  const usage = readUsage(context, plan, resource, now)
  if (usage?.limit === undefined) return withheld('figures', { resource, used: usage?.used })
  if (usage.percent === undefined) return withheld('not_matched', usage.figures as Reason['figures'])

  const next = nextPlan(config, plan, (later) => isMore(usage.limit, later.limits[resource]))
  if (!next) return withheld('no_next_plan', { plan: plan.id, limit: usage.limit })

  const rung = matchRung(trigger, usage.percent, facts.account, facts.standing?.rung)
  if (typeof rung !== 'number') return rung
  const { figures } = usage
  figures.plan = next.id
  figures.currentPlan = plan.id
  return {
    figures,
    counter: { account: facts.accountKey, key: rungKey(trigger, rung) },
    rung,
  }
}
