import type { CheckedPlan, CheckedTrigger } from '../config/types.ts'
import type { Context } from './context.ts'
import { type AccountLedger, type CounterKey, type Ledger, own, type Session } from './ledger.ts'
import type { Figures } from './prompt.ts'
import { type Reason, withheld } from './verdict.ts'

/** What the matchers look at; worked out once for a decision. */
export interface Facts {
  readonly context: Context
  readonly ledger: Ledger
  /** Names the account's part of the ledger; empty while no account is known. */
  readonly accountKey: string
  readonly account: AccountLedger
  readonly session: Session | undefined
  readonly plan: CheckedPlan | undefined
  /** The prompt of the trigger now on screen in this tab, while asking whether it may stay. */
  readonly standing?: Match
  readonly now: number
}

/** A trigger whose own conditions hold, and which question it asks. */
export interface Match {
  readonly figures: Figures
  readonly counter: CounterKey
  /** Of a ladder: which step speaks, counted from 0. */
  readonly rung?: number
}

/** Whether a matcher found a reason against its trigger. */
export function isReason(answer: Match | Reason): answer is Reason {
  return 'reason' in answer
}

/** The counter of a trigger's rung. The lowest rung bears the trigger's own name, so that adding a rung loses no refusal. */
export function rungKey(trigger: CheckedTrigger & { readonly at: readonly number[] }, rung: number): string {
  return rung ? `t:${trigger.id}@${trigger.at[rung]}` : `t:${trigger.id}`
}

/** The highest step of `at` that `percent` has reached; −1 for none. */
export function rungAt(at: readonly number[], percent: number): number {
  let rung = -1
  while (percent >= (at[rung + 1] ?? Number.POSITIVE_INFINITY)) rung++
  return rung
}

/**
 * Which rung speaks after usage has moved: the one it rose to. One that it fell back to is silent.
 *
 * @param seen The rung reached before, and the one that spoke; absent before the first figure.
 * @returns The same two, now; −1 is none.
 */
export function nextRung(seen: readonly [number, number] | undefined, reached: number): readonly [number, number] {
  if (!seen || reached > seen[0]) return [reached, reached]
  return reached < seen[0] ? [reached, -1] : seen
}

/** How far usage may fall under its mark before a standing prompt goes, in percent points. */
const SLACK = 5

/**
 * Finds the rung that may speak.
 *
 * @param standing The rung of this trigger's prompt on screen: it stays until usage is `SLACK` under its mark, or has
 *   risen to a higher rung.
 */
export function matchRung(
  trigger: CheckedTrigger & { readonly at: readonly number[] },
  percent: number,
  account: AccountLedger,
  standing?: number,
): number | Reason {
  const { at, id } = trigger
  const reached = rungAt(at, percent)
  const speaking = at.length > 1 ? nextRung(own(account.rungs, id), reached)[1] : reached
  const matches =
    standing === undefined ? speaking >= 0 : reached <= standing && percent >= (at[standing] as number) - SLACK
  return matches ? (standing ?? speaking) : withheld('not_matched', { percent, at: at[Math.max(reached, 0)] })
}
