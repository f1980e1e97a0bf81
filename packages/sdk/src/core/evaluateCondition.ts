import type { Condition } from '../config/types.ts'
import { type Attributes, compileCondition, type SavedGroups } from './compileCondition.ts'

/**
 * Tells whether a MongoDB-style condition holds, with GrowthBook's published targeting semantics.
 *
 * An unreadable condition never holds, and nothing throws: `compileCondition` says which those are. To ask the same
 * condition often, compile it once.
 *
 * @param attributes What is known, such as `{ user, account, usage }`; `account.plan` is the path to a nested value.
 * @param savedGroups Lists that `$inGroup` and `$notInGroup` name.
 */
export function evaluateCondition(condition: Condition, attributes: Attributes, savedGroups?: SavedGroups): boolean {
  return compileCondition(condition, savedGroups)(attributes)
}
