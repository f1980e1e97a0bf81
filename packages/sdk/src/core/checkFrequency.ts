import type { CheckedFrequency } from '../config/types.ts'
import type { Counter, Session } from './ledger.ts'
import { type Reason, withheld } from './verdict.ts'

/**
 * Checks how often a question may be asked.
 *
 * @param key Names the counter within the session.
 */
export function checkFrequency(
  rules: readonly CheckedFrequency[],
  counter: Counter,
  session: Session | undefined,
  key: string,
  now: number,
): Reason | undefined {
  for (const { max, per } of rules) {
    if (typeof per === 'number') {
      const inWindow = counter.shown.filter((at) => Math.min(at, now) > now - per)
      if (inWindow.length >= max) {
        const untilAt = max ? Math.min(inWindow[inWindow.length - max] as number, now) + per : undefined
        return withheld('frequency', { shown: inWindow.length, max, per }, untilAt)
      }
    } else {
      const shown = per ? ((session && Object.hasOwn(session.shown, key) && session.shown[key]) || 0) : counter.n
      if (shown >= max) return withheld('frequency', { shown, max, ...(per && { per }) })
    }
  }
}
