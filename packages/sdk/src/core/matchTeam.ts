import type { CheckedConfig, CheckedTeam } from '../config/types.ts'
import { type Facts, type Match, matchRung, rungKey } from './match.ts'
import { isMore, nextPlan, readUsage } from './usage.ts'
import { type Reason, withheld } from './verdict.ts'

/** Whether seats in use have reached a mark. Needs no next plan: seats are bought, not only upgraded to. */
export function matchTeam(trigger: CheckedTeam, config: CheckedConfig, facts: Facts): Match | Reason {
  const { context, plan, now } = facts
  const usage = readUsage(context, plan, 'seats', now)
  if (usage?.limit === undefined) return withheld('figures', { resource: 'seats', used: usage?.used })
  if (usage.percent === undefined) return withheld('not_matched', usage.figures as Reason['figures'])

  const rung = matchRung(trigger, usage.percent, facts.account, facts.standing?.rung)
  if (typeof rung !== 'number') return rung
  const next = nextPlan(config, plan, (later) => isMore(usage.limit, later.limits.seats))
  return {
    figures: Object.assign(
      {},
      usage.figures,
      { needed: Math.max(1, usage.used - (usage.limit as number)) },
      next && { plan: next.id },
      plan && { currentPlan: plan.id },
    ),
    counter: { account: facts.accountKey, key: rungKey(trigger, rung) },
    rung,
  }
}
