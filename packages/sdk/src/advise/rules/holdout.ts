import type { Rule, Traffic } from '../advice.ts'

/** Conversions among the held out are assumed to be so many times fewer than among the asked: a fifth. */
const EFFECT = 0.2
/** Two-sided 5 %, power 80 %. */
const Z = 1.96 + 0.8416

/**
 * Held-out accounts needed to see the effect, at this share of the traffic (two proportions, unequal groups; Fleiss,
 * Statistical Methods for Rates and Proportions, chapter 4).
 */
function neededFor({ shown, heldOut, converted }: Traffic): number {
  const asked = converted / Math.max(1, shown)
  const left = asked * (1 - EFFECT)
  const ratio = Math.max(shown, 1) / Math.max(heldOut, 1)
  const variance = left * (1 - left) + (asked * (1 - asked)) / ratio
  return Math.ceil((Z ** 2 * variance) / Math.max(asked - left, 1e-9) ** 2)
}

/** Weighs each holdout against the traffic that a simulation foresees. */
export const holdoutRule: Rule = ({ config, triggers, options }, tell) => {
  // Of who holds everybody out, `never-fires` tells.
  const held = triggers.filter(({ trigger: { holdout } }) => holdout > 0 && holdout < 1)
  const foreseen = held.length ? options.foresee?.(config) : undefined
  for (const { trigger, path } of held) {
    const traffic = foreseen?.[trigger.id]
    if (!traffic?.converted) continue
    const needed = neededFor(traffic)
    if (traffic.heldOut >= needed) continue
    tell(
      'holdout-too-small',
      [...path, 'holdout'],
      `${Math.round(trigger.holdout * 100)} %, which holds out ${traffic.heldOut} of ${traffic.users} simulated users in ${traffic.days} days`,
      `About ${needed} are needed to see a fifth fewer conversions. Hold out more, or wait ${Math.ceil((needed / Math.max(traffic.heldOut, 1)) * traffic.days)} days.`,
    )
  }
}
