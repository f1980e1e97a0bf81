import type { Context } from './context.ts'
import type { Verdict } from './verdict.ts'

/**
 * The next moment at which time alone may change a decision, epoch milliseconds; `Infinity`: never.
 *
 * @param now When it was decided. What had passed by then counts no more, so that a timer set to this moment never spins.
 */
export function nextChangeAt(verdicts: readonly Verdict[], { usage, near }: Context, now: number): number {
  let next = Number.POSITIVE_INFINITY
  const consider = (at: number | undefined): void => {
    if (at !== undefined && at > now && at < next) next = at
  }
  for (const { reasons } of verdicts) for (const { untilAt } of reasons) consider(untilAt)
  for (const resource of Object.keys(usage)) consider(usage[resource]?.resetsAt)
  for (const feature of Object.keys(near)) consider(near[feature]?.untilAt)
  return next
}
