import type { CheckedConfig, CheckedFeatureTrigger } from '../config/types.ts'
import { counterOf } from './ledger.ts'
import type { Facts, Match } from './match.ts'
import { matchRoute } from './matchRoute.ts'
import { hasFeature, nextPlan } from './usage.ts'
import { type Reason, withheld } from './verdict.ts'

/** Whether the user is near a feature that is locked for them, and a later plan has it. */
export function matchFeature(trigger: CheckedFeatureTrigger, config: CheckedConfig, facts: Facts): Match | Reason {
  const { context, ledger, plan, now } = facts
  const { feature } = trigger
  if (hasFeature(context, plan, feature)) return withheld('already_has', { feature, plan: plan?.id })
  if (!plan) return withheld('plan_unknown', { plan: context.account.plan })

  const next = nextPlan(config, plan, (later) => later.features.includes(feature))
  if (!next) return withheld('no_next_plan', { feature, plan: plan.id })

  const near = Object.hasOwn(context.near, feature) && (context.near[feature] as { untilAt: number }).untilAt > now
  if (!near && !facts.standing && !trigger.routes.some((route) => matchRoute(route, context.path))) {
    return withheld('not_matched', { feature })
  }
  const counter = { account: null, key: feature }
  return {
    figures: {
      feature,
      attempts: counterOf(ledger, counter).attempts ?? 0,
      plan: next.id,
      currentPlan: plan.id,
    },
    counter,
  }
}
