import type { CheckedConfig, CheckedTrigger } from '../config/types.ts'
import type { Context } from './context.ts'
import { type Reason, withheld } from './verdict.ts'

/** Checks the account: its health, its flags, and for features and milestones its age. */
export function checkGuardrails(
  { type }: CheckedTrigger,
  { guardrails }: CheckedConfig,
  { account, createdAt }: Context,
  now: number,
): Reason[] {
  const reasons: Reason[] = []
  const { health } = account
  if (typeof health === 'number' && health < guardrails.minHealth) {
    reasons.push(withheld('health', { health, min: guardrails.minHealth }))
  }
  if (createdAt !== undefined && (type === 'feature_discovery' || type === 'usage_milestone')) {
    const untilAt = createdAt + guardrails.minAccountAgeMs
    if (now < untilAt) reasons.push(withheld('age', { createdAt: account.createdAt }, untilAt))
  }
  const flag = guardrails.flags.find((name) => Object.hasOwn(account, name) && account[name] === true)
  if (flag !== undefined) reasons.push(withheld('flag', { flag }))
  return reasons
}
