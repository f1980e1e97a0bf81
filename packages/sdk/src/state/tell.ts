import { type Exposure, type Ledger, type Session, withSession } from '../core/ledger.ts'
import type { Prompt } from '../core/prompt.ts'
import type { Verdict } from '../core/verdict.ts'

/** A session remembers so many things told; what comes after is not told. */
const MAX_TOLD = 300

/** A trigger's own conditions: what does not match is not withheld. */
const UNMATCHED = /^(disabled|schedule|audience|plan_unknown|no_next_plan|already_has|not_matched|figures)$/

/**
 * The verdicts on matched triggers that a rule keeps back, as far as the session was not told of them yet, by the key
 * under which `tell` notes them: once per trigger and reason.
 *
 * @param stack What stands: its triggers are not kept back.
 */
export function untold(
  verdicts: readonly Verdict[],
  session: Session | undefined,
  stack: readonly { readonly prompt: Pick<Prompt, 'triggerId'> }[],
): ReadonlyMap<string, Verdict> {
  const fresh = new Map<string, Verdict>()
  if (session && session.told.length >= MAX_TOLD) return fresh
  for (const verdict of verdicts) {
    const [reason] = verdict.reasons
    if (stack.some(({ prompt }) => prompt.triggerId === verdict.triggerId)) continue
    const key = `${verdict.triggerId}|${reason?.reason}`
    if (reason && !UNMATCHED.test(reason.reason) && !session?.told.includes(key)) fresh.set(key, verdict)
  }
  return fresh
}

/** Which exposure a rise is put down to: the last that was clicked, else shown, else held out. */
export function creditedOf(exposures: readonly Exposure[]): Exposure | undefined {
  return (
    exposures.findLast(({ outcome }) => outcome === 'clicked') ??
    exposures.findLast(({ outcome }) => outcome === 'shown') ??
    exposures.at(-1)
  )
}

/**
 * Notes what is told once a session; the result is what was not told yet. Without a session nothing is told.
 *
 * @param of The session it was found in: what a tab says that slept through the next one's beginning is of no interest.
 */
export function tell(
  ledger: Ledger,
  of: string | undefined,
  keys: readonly string[],
): { ledger: Ledger; result: readonly string[] } {
  const { session } = ledger
  if (!session || session.id !== of || session.told.length >= MAX_TOLD) return { ledger, result: [] }
  const result = [...new Set(keys)].filter((key) => !session.told.includes(key))
  return { ledger: withSession(ledger, session, { told: [...session.told, ...result] }), result }
}
