import { MAX_TIMES } from './ledger.ts'
import { type Reason, type ReasonName, withheld } from './verdict.ts'

/**
 * Checks a rolling window: whether fewer than `max` of some times lie within the last `per` milliseconds.
 *
 * A time later than `now` (the clock was set back) is read as `now`. No more are allowed than are remembered.
 *
 * @param times Epoch milliseconds, oldest first.
 */
export function checkWindow(
  reason: ReasonName,
  times: readonly number[],
  max: number,
  per: number,
  now: number,
  figures?: Reason['figures'],
): Reason | undefined {
  const recent = times.filter((at) => at > now - per)
  const first = recent.at(-Math.min(max, MAX_TIMES))
  if (first === undefined) return
  return withheld(reason, { ...figures, shown: recent.length, max, per }, Math.min(first, now) + per)
}
