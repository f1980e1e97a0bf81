import type { CheckedFrequency, CheckedSuppress } from '../config/types.ts'
import type { Counter, Ledger, Session } from './ledger.ts'
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
 * has been used up, the moment that the last one left the screen.
 */
export function quietOpenedAt({ suppress, frequency, rearms }: QuietRule, counter: Counter): number | undefined {
  if (!suppress || !('dismissals' in suppress)) return
  const { shown, refused, leftAt, n, quietAt } = counter
  const usedUp = rearms && n > 0 && frequency.some(({ max, per }) => per === undefined && n >= max)
  return refused[suppress.dismissals - 1] ?? (usedUp ? (leftAt ?? shown.at(-1)) : undefined) ?? quietAt
}

/**
 * A counter as it stands now: after its quiet days counts begin again.
 *
 * Quiet days opened later than `now` (the clock was set back) are read as opened now: silence is kept, and never lasts
 * longer than the file says.
 */
export function armed(rule: QuietRule, counter: Counter, now: number): Counter {
  const openedAt = quietOpenedAt(rule, counter)
  if (openedAt === undefined || !rule.suppress || !('dismissals' in rule.suppress)) return counter
  const endedAt = Math.min(openedAt, now) + rule.suppress.quietMs
  if (now < endedAt) return counter

  const { quietAt: _, leftAt: __, ...kept } = counter
  return { ...kept, refused: [], armedAt: endedAt, ...(rule.rearms && { n: 0, shown: [] }) }
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
    const openedAt = quietOpenedAt(rule, counter)
    if (openedAt === undefined) return
    const untilAt = Math.min(openedAt, now) + suppress.quietMs
    return now < untilAt ? withheld('quiet', { refusals: counter.refused.length }, untilAt) : undefined
  }
  if ('untilRise' in suppress) {
    const { floor } = counter
    return floor !== undefined && (used ?? 0) <= floor ? withheld('quiet', { used, refusedAt: floor }) : undefined
  }
  const { impressions, per } = suppress
  if (per === 'session') {
    const shown = session?.features ?? 0
    return shown >= impressions ? withheld('quiet', { shown, max: impressions, per }) : undefined
  }
  const shown = featuresShown.filter((at) => Math.min(at, now) > now - per)
  return shown.length >= impressions
    ? withheld('quiet', { shown: shown.length, max: impressions, per }, Math.min(shown.at(-impressions) ?? now, now) + per)
    : undefined
}

/** Checks whether the question was put off. */
export function checkSnooze({ snooze }: Counter, session: Session | undefined, now: number): Reason | undefined {
  if (snooze === undefined) return
  if (typeof snooze === 'string') return snooze === session?.id ? withheld('snoozed') : undefined
  return now < snooze ? withheld('snoozed', undefined, snooze) : undefined
}
