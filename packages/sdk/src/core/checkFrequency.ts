import type { CheckedFrequency } from '../config/types.ts'
import { checkWindow } from './checkWindow.ts'
import { type Counter, own, type Session } from './ledger.ts'
import { type Reason, withheld } from './verdict.ts'

/**
 * Checks how often a question may be asked.
 *
 * @param key Names the counter within the session.
 * @param againAt When what was counted once for all begins again, if ever.
 */
export function checkFrequency(
  rules: readonly CheckedFrequency[],
  counter: Counter,
  session: Session | undefined,
  key: string,
  now: number,
  againAt?: number,
): Reason | undefined {
  for (const { max, per } of rules) {
    let reason: Reason | undefined
    if (typeof per === 'number') reason = checkWindow('frequency', counter.shown, max, per, now)
    else {
      const shown = per ? ((session && own(session.shown, key)) ?? 0) : counter.n
      if (shown >= max) reason = withheld('frequency', { shown, max, ...(per && { per }) }, per ? undefined : againAt)
    }
    if (reason) return reason
  }
}
