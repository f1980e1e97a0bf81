import { bucket } from './bucket.ts'
import type { Attributes } from './compileCondition.ts'
import { idOf } from './context.ts'
import type { DecideInput } from './decide.ts'
import type { Rule } from './rules.ts'

/** The id that chance hangs on. */
export function bucketId({ context, ledger, page }: DecideInput): string {
  const user = idOf(context.user)
  const account = idOf(context.account)
  return (page.hashBy === 'user' ? user || account : account || user) || ledger.id
}

/**
 * Chooses a variant: the first whose `if` is true, else by weight.
 *
 * @returns Its place in the trigger's `variants`; −1 for none.
 */
export function pickVariant(
  { trigger, variants }: Rule,
  holds: (predicate: (attributes: Attributes) => boolean) => boolean,
  id: string,
): number {
  if (!variants.length) return -1
  const byIf = variants.findIndex((predicate) => predicate && holds(predicate))
  if (byIf >= 0) return byIf
  const at = bucket(trigger.id, id)
  let sum = 0
  return trigger.variants.findIndex(({ weight = 0 }) => {
    sum += weight
    return weight > 0 && at < sum
  })
}
