import { type DecideInput, factsOf, judgeWith } from './decide.ts'
import type { Match } from './match.ts'
import type { Rule } from './rules.ts'
import { limitOf, nextPlan, readUsage } from './usage.ts'

/** A match to preview a trigger by: its own where it matches now, else one with sample figures at its mark. */
export function previewMatch(rule: Rule, input: DecideInput): Match {
  const { trigger } = rule
  const { candidate } = judgeWith(input)(rule, 'block', true)
  if (candidate) return candidate.match

  const { config } = input.rules
  const { plan = config.plans[0] } = factsOf(input)
  const next = nextPlan(config, plan, () => true) ?? config.plans.at(-1)
  const plans = { ...(next && { plan: next.id }), ...(plan && { currentPlan: plan.id }) }
  const counter = { account: '', key: '' }
  switch (trigger.type) {
    case 'feature_discovery':
      return { counter, figures: { feature: trigger.feature, attempts: 1, ...plans } }
    case 'usage_milestone': {
      const milestone = trigger.milestones[0] as number
      return { counter, figures: { metric: trigger.metric, milestone, used: milestone, ...plans } }
    }
    case 'limit_approaching':
    case 'team_growth': {
      const { resource } = trigger
      const mark = trigger.at[0] as number
      const known = readUsage(input.context, plan, resource, input.now)
      const limit = limitOf(input.context, plan, resource) || 100
      const isNear = known?.percent !== undefined && known.percent >= mark
      const used = isNear ? known.used : Math.ceil((limit * mark) / 100)
      const figures = isNear ? known.figures : { resource, used, limit, percent: mark, remaining: limit - used }
      return { counter, figures: { ...figures, needed: Math.max(1, used - limit), ...plans } }
    }
  }
  return trigger satisfies never
}
