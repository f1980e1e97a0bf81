import type { CheckedTrigger, CheckedVariant } from '../config/types.ts'
import { attributesOf, type Candidate, type DecideInput } from './decide.ts'
import { kindOf, slotOf } from './kind.ts'
import type { Prompt } from './prompt.ts'
import { currentPlan } from './usage.ts'

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
    config,
    figures: match.figures,
    user: context.user,
    account: context.account,
    buyer: input.rules.isBuyer(attributesOf(input)),
    at: input.now,
    asked: more.asked,
    preview: more.preview,
    ...(chosen && { variant: chosen.id }),
    ...(plan && { plan }),
    ...(current && { current }),
    ...(slot !== undefined && { slot }),
    ...(more.block && { block: more.block }),
    ...(more.locale !== undefined && { locale: more.locale }),
    ...(more.linkOrigins && { linkOrigins: more.linkOrigins }),
  }
}

/** Whether a prompt would look the same. */
export function isSame(a: Prompt, b: Prompt): boolean {
  const same = a.user === b.user && a.account === b.account && a.config === b.config && a.buyer === b.buyer
  return same && JSON.stringify(a.figures) === JSON.stringify(b.figures)
}
