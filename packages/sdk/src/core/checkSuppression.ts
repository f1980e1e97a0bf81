import type { CheckedFrequency, CheckedSuppress } from '../config/types.ts'
import { checkWindow } from './checkWindow.ts'
import { type Counter, type Ledger, MAX_TIMES, type Session } from './ledger.ts'
import { type Reason, withheld } from './verdict.ts'

/** What decides when quiet days open and whether counts begin again after them. */
export interface QuietRule {
  readonly suppress?: CheckedSuppress
  readonly frequency: readonly CheckedFrequency[]
  /** Whether impressions begin again too when quiet days are over: of limit triggers only. */
  readonly rearms: boolean
}

/**
 * The moment at which quiet days opened: the refusal that opened them, or, where every impression that the rule allows
 * has been used up, the moment that the last one left the screen (where nobody saw it leave: that it was shown). Of
 * several, as after a login, the last.
 */
export function quietOpenedAt({ suppress, frequency, rearms }: QuietRule, counter: Counter): number | undefined {
  if (!suppress || !('dismissals' in suppress)) return
  const { shown, refused, leftAt = 0, n, quietAt = 0 } = counter
  const isRefused = refused.length >= Math.min(suppress.dismissals, MAX_TIMES)
  const isUsedUp = rearms && n > 0 && frequency.some(({ max, per }) => per === undefined && n >= max)
  if (!isRefused && !isUsedUp) return quietAt || undefined
  return Math.max(quietAt, ...(isRefused ? refused : []), ...(isUsedUp ? [leftAt, ...shown] : [])) || undefined
}

/**
 * A counter as it stands now: after its quiet days counts begin again.
 *
 * Quiet days opened later than `now` (the clock was set back) are read as opened now: silence is kept, and never lasts
 * longer than the file says.
 */
export function armed(rule: QuietRule, counter: Counter, now: number): Counter {
  const endedAt = quietUntil(rule, counter, now)
  if (endedAt === undefined || now < endedAt) return counter
  return { ...counter, quietAt: undefined, refused: [], n: rule.rearms ? 0 : counter.n }
}

/** When quiet days that are open end. */
export function quietUntil(rule: QuietRule, counter: Counter, now: number): number | undefined {
  const openedAt = quietOpenedAt(rule, counter)
  return openedAt === undefined ? undefined : Math.min(openedAt, now) + (rule.suppress as { quietMs: number }).quietMs
}

/** Checks whether refusals, or too many feature prompts, keep a trigger silent. */
export function checkSuppression(
  rule: QuietRule,
  counter: Counter,
  { featuresShown }: Ledger,
  session: Session | undefined,
  used: number | undefined,
  now: number,
): Reason | undefined {
  const { suppress } = rule
  if (!suppress) return

  if ('dismissals' in suppress) {
    const untilAt = quietUntil(rule, counter, now) ?? now
    return now < untilAt ? withheld('quiet', { refusals: counter.refused.length }, untilAt) : undefined
  }
  if ('untilRise' in suppress) {
    const { floor } = counter
    return floor !== undefined && (used ?? 0) <= floor ? withheld('quiet', { used, refusedAt: floor }) : undefined
  }
  const { impressions, per } = suppress
  if (per !== 'session') return checkWindow('quiet', featuresShown, impressions, per, now)
  const shown = session?.features ?? 0
  return shown >= impressions ? withheld('quiet', { shown, max: impressions, per }) : undefined
}

/** Checks whether the question was put off: for a session, or for a time from the answer. */
export function checkSnooze(
  { snooze, leftAt = 0 }: Counter,
  session: Session | undefined,
  now: number,
): Reason | undefined {
  if (typeof snooze !== 'number')
    return snooze !== undefined && snooze === session?.id ? withheld('snoozed') : undefined
  const untilAt = Math.min(leftAt, now) + snooze
  return now < untilAt ? withheld('snoozed', undefined, untilAt) : undefined
}
