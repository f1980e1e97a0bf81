/** The prompt that a trigger would show in a scene: with its own figures where it matches, else with a sample at its mark. */

import type { DecideInput, Figures, Prompt, Rule } from '@plimsoll/sdk'
import { answerGuard, needOf } from '../../../../packages/sdk/src/core/answerGuard.ts'
import type { Match } from '../../../../packages/sdk/src/core/match.ts'
import { previewMatch } from '../../../../packages/sdk/src/core/previewMatch.ts'
import { toPrompt } from '../../../../packages/sdk/src/core/toPrompt.ts'

/** As what it is seen: what it shows by itself, what opens on a click, or what stops an action. */
export type As = 'prompt' | 'opened' | 'block'

/** What a trigger may be seen as. */
export function waysOf({ trigger }: Rule): readonly { readonly as: As; readonly name: string }[] {
  switch (trigger.type) {
    case 'limit_approaching':
      return [
        { as: 'prompt', name: 'Banner' },
        { as: 'block', name: 'Block at the limit' },
      ]
    case 'feature_discovery':
      return [
        { as: 'prompt', name: 'Tooltip' },
        { as: 'opened', name: 'Explainer it opens' },
        { as: 'block', name: 'Block' },
      ]
    case 'team_growth':
      return [
        { as: 'prompt', name: 'Panel' },
        { as: 'block', name: 'Block of an invite' },
      ]
    case 'usage_milestone':
      return [
        { as: 'prompt', name: trigger.surface === 'toast' ? 'Toast' : 'Modal' },
        { as: 'opened', name: 'Plan comparison it opens' },
      ]
  }
  return trigger satisfies never
}

/**
 * Makes the prompt to be drawn.
 *
 * @param variant Place in the trigger's `variants`; −1 for none.
 */
export function promptFor(rule: Rule, input: DecideInput, as: As, variant: number, locale: string): Prompt {
  const { trigger } = rule
  const candidate = { rule, match: previewMatch(rule, input), variant, held: false }
  const manner = { asked: as === 'opened', preview: true, locale }
  if (as === 'block') {
    const [action, match] = blockOf(rule, input)
    const reason =
      trigger.type === 'feature_discovery'
        ? 'feature_locked'
        : trigger.type === 'team_growth'
          ? 'seat_limit'
          : 'usage_limit'
    return toPrompt({ ...candidate, match }, input, { ...manner, block: { action, reason } })
  }
  const prompt = toPrompt(candidate, input, manner)
  if (as === 'prompt') return prompt
  return { ...prompt, kind: trigger.type === 'usage_milestone' ? 'plans' : 'explainer' }
}

/** What a guard finds at the limit, and the action that it stops. */
function blockOf({ trigger }: Rule, input: DecideInput): readonly [action: string, match: Match] {
  const { context, rules, now } = input
  const sample = previewMatch(input.rules.all.get(trigger.id)!, input)
  if (trigger.type === 'feature_discovery') return ['feature', sample]
  if (trigger.type === 'usage_milestone') return ['use', sample]
  const { resource } = trigger
  const action = trigger.type === 'team_growth' ? 'invite' : 'use'
  const plan = rules.config.plans.find(({ id }) => id === context.account.plan)
  const limit = plan?.limits[resource] ?? sample.figures.limit ?? 10
  const used = trigger.type === 'team_growth' ? Math.max(0, limit - 2) : limit
  const full = { ...context, usage: { ...context.usage, [resource]: { used, limit, pending: 0, askedAt: now } } }
  const need = needOf(action, action === 'invite' ? { seats: 4 } : { resource, amount: 1 })
  const answer = need && answerGuard(need, { ...input, context: full })
  if (answer && !answer.allowed) return [action, answer.match]
  const figures: Figures = {
    ...sample.figures,
    resource,
    used,
    limit,
    remaining: limit - used,
    requested: 1,
    needed: 1,
  }
  return [action, { ...sample, figures }]
}
