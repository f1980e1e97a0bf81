import type { CheckedTrigger, CheckedVariant } from '../config/types.ts'
import { attributesOf, type Candidate, type DecideInput } from './decide.ts'
import type { Prompt, WidgetKind } from './prompt.ts'
import { currentPlan } from './usage.ts'

/** Which widget draws a trigger's prompt. */
export function kindOf(trigger: CheckedTrigger): WidgetKind {
  switch (trigger.type) {
    case 'limit_approaching':
      return 'banner'
    case 'feature_discovery':
      return 'tooltip'
    case 'team_growth':
      return 'panel'
    case 'usage_milestone':
      return trigger.surface
  }
  return trigger satisfies never
}

/** The slot that a trigger's prompt may stand in: its own, or for a feature one of the feature's name. */
export function slotOf(trigger: CheckedTrigger): string | undefined {
  return trigger.slot ?? (trigger.type === 'feature_discovery' ? trigger.feature : undefined)
}

/** A trigger with a variant's overrides: of copy and buttons each key by itself. */
function withVariant(trigger: CheckedTrigger, { slot, copy, cta }: CheckedVariant): CheckedTrigger {
  const { primary, secondary } = trigger.cta ?? {}
  return {
    ...trigger,
    ...(slot !== undefined && { slot }),
    copy: { ...trigger.copy, ...copy },
    cta: { primary: { ...primary, ...cta?.primary }, secondary: { ...secondary, ...cta?.secondary } },
  }
}

/** Turns a decided candidate into what a renderer draws. */
export function toPrompt(
  { rule, match, variant }: Candidate,
  input: DecideInput,
  more: Pick<Prompt, 'asked' | 'preview' | 'block' | 'locale' | 'linkOrigins'> = { asked: false, preview: false },
): Prompt {
  const { config } = input.rules
  const { context } = input
  const chosen = rule.trigger.variants[variant]
  const trigger = chosen ? withVariant(rule.trigger, chosen) : rule.trigger
  const slot = slotOf(trigger)
  const plan = config.plans.find(({ id }) => id === match.figures.plan)
  const current = currentPlan(config, context)
  return {
    triggerId: trigger.id,
    triggerType: trigger.type,
    kind: kindOf(trigger),
    trigger,
    ...(chosen && { variant: chosen.id }),
    config,
    figures: match.figures,
    ...(plan && { plan }),
    ...(current && { current }),
    user: context.user,
    account: context.account,
    buyer: input.rules.isBuyer(attributesOf(input)),
    ...(slot !== undefined && { slot }),
    at: input.now,
    asked: more.asked,
    preview: more.preview,
    ...(more.block && { block: more.block }),
    ...(more.locale !== undefined && { locale: more.locale }),
    ...(more.linkOrigins && { linkOrigins: more.linkOrigins }),
  }
}
