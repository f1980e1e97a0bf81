import type { TriggerType } from '../config/types.ts'
import { type QuietRule, quietOpenedAt } from './checkSuppression.ts'
import {
  accountOf,
  type Counter,
  type CounterKey,
  counterOf,
  EXPOSURE_MS,
  type Exposure,
  emptyCounter,
  type Intent,
  type Ledger,
  MAX_TIMES,
  own,
  replaceCounter,
  snoozedUntil,
  snoozeFrom,
  withAccount,
  withCounter,
  withKey,
  withLedger,
  withSession,
} from './ledger.ts'
import { milestoneKey } from './matchMilestone.ts'

/**
 * A prompt's hold on the screen, with all that its outcomes need, so that they can be written down without the file.
 */
export interface Claim {
  /** Names the reservation. */
  readonly id: string
  readonly tab: string
  readonly session: string
  readonly account: string
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly variant?: string | undefined
  readonly counter: CounterKey
  readonly group?: string | undefined
  readonly metric?: string | undefined
  /** The used figure it was shown with. */
  readonly used?: number | undefined
}

/** What is appended to a ledger, and folded into it later. Folding one twice changes nothing. */
export type Entry =
  | {
      readonly t: 'clicked' | 'dismissed' | 'snoozed' | 'left'
      readonly claim: Claim
      readonly at: number
      /** Whether the impression had been counted when this was written. */
      readonly counted: boolean
      /** Until when it is put off: a moment, or the session of this id. */
      readonly snooze?: number | string | undefined
      /** The used figure when it was answered, where that is another than it was shown with. */
      readonly used?: number | undefined
    }
  /** What is told once a session. */
  | { readonly t: 'told'; readonly session: string; readonly key: string; readonly at: number }
  | { readonly t: 'optedOut'; readonly types: readonly string[]; readonly at: number }
  /** The link of what counts for no cap was followed: of a block, whose request is kept, or of what the user opened. */
  | {
      readonly t: 'followed'
      readonly account: string
      readonly triggerId: string
      readonly triggerType: TriggerType
      readonly variant?: string
      readonly intent?: Intent
      readonly at: number
    }
  | { readonly t: 'attempt'; readonly feature: string; readonly at: number }

/** The latest times, and one more. */
function keep(times: readonly number[] = [], at: number): readonly number[] {
  return [...times, at].slice(-MAX_TIMES)
}

/** Counts a prompt as shown, or as held out: under its trigger, session, group, feature and account. */
export function countShown(ledger: Ledger, claim: Claim, at: number, outcome: 'shown' | 'held_out' = 'shown'): Ledger {
  const { counter: key, group, metric } = claim
  const { session, lastAt = at, groups, place } = ledger
  const counter = counterOf(ledger, key)
  const isFeature = key.account === null
  let next = withCounter(ledger, key, { n: counter.n + 1, shown: keep(counter.shown, at) })
  next = withExposure(next, claim, outcome, at)
  if (metric !== undefined) next = spend(next, claim.account, metric)
  if (session?.id === claim.session) {
    next = withSession(next, session, {
      prompts: session.prompts + 1,
      shown: withKey(session.shown, key.key, (own(session.shown, key.key) ?? 0) + 1),
      features: session.features + (isFeature ? 1 : 0),
    })
  }
  return withLedger(next, {
    lastAt: Math.max(lastAt, at),
    ...(place?.id === claim.id && { place: { ...place, shown: true } }),
    ...(group !== undefined && { groups: withKey(groups, group, keep(own(groups, group), at)) }),
    ...(isFeature && { featuresShown: keep(next.featuresShown, at) }),
  })
}

/** Marks the passed milestones of a metric as spent: of several only one is celebrated, and none late. */
export function spend(ledger: Ledger, account: string, metric: string): Ledger {
  const { [metric]: pending, ...passed } = accountOf(ledger, account).passed
  let next = withAccount(ledger, account, { passed })
  for (const value of pending?.values ?? []) {
    const key = { account, key: milestoneKey(metric, value) }
    next = withCounter(next, key, { n: Math.max(1, counterOf(next, key).n) })
  }
  return next
}

function withExposure(
  ledger: Ledger,
  claim: Pick<Claim, 'account' | 'triggerId' | 'triggerType' | 'variant'>,
  outcome: Exposure['outcome'],
  at: number,
): Ledger {
  const { triggerId, triggerType, variant } = claim
  const recent = accountOf(ledger, claim.account).exposures.filter((exposure) => exposure.at > at - EXPOSURE_MS)
  const exposure = { triggerId, triggerType, outcome, at, ...(variant !== undefined && { variant }) }
  return withAccount(ledger, claim.account, { exposures: [...recent, exposure].slice(-50) })
}

/** Folds an appended entry into the ledger. Idempotent: an entry replayed from the journal changes nothing. */
export function applyEntry(ledger: Ledger, entry: Entry): Ledger {
  switch (entry.t) {
    case 'told': {
      const { session } = ledger
      if (!session || session.id !== entry.session || session.told.includes(entry.key)) return ledger
      return withSession(ledger, session, { told: [...session.told, entry.key] })
    }
    case 'optedOut':
      return withLedger(ledger, { optOuts: [...new Set([...ledger.optOuts, ...entry.types])] })
    case 'followed': {
      const { intent } = entry
      const { exposures } = accountOf(ledger, entry.account)
      if (exposures.some(({ at, outcome }) => at === entry.at && outcome === 'clicked')) return ledger
      const followed = withExposure(ledger, entry, 'clicked', entry.at)
      return intent ? withAccount(followed, entry.account, { intent }) : followed
    }
    case 'attempt': {
      const key = { account: null, key: entry.feature }
      const { attempts = 0, attemptedAt = -1 } = counterOf(ledger, key)
      return entry.at > attemptedAt
        ? withCounter(ledger, key, { attempts: attempts + 1, attemptedAt: entry.at })
        : ledger
    }
    case 'clicked':
    case 'dismissed':
    case 'snoozed':
    case 'left':
      return applyOutcome(ledger, entry)
  }
  // Written by a later version: whoever reads it says so.
  throw entry satisfies never
}

function applyOutcome(ledger: Ledger, entry: Extract<Entry, { claim: Claim }>): Ledger {
  const { t, claim, at, snooze, used = claim.used } = entry
  const { place } = ledger
  const mine = place?.id === claim.id
  const counted = mine ? place.shown : entry.counted
  const answered = t !== 'left'
  const { done = [] } = counterOf(ledger, claim.counter)

  let next = ledger
  if (!done.includes(claim.id) && (answered || counted)) {
    // An answer before the impression was confirmed is an impression too.
    if (!counted) next = countShown(next, claim, at)
    const before = counterOf(next, claim.counter)
    // One may be told after a later one.
    const leftAt = Math.max(at, before.leftAt ?? at)
    const isRefusal = t === 'dismissed' || t === 'snoozed'
    next = withCounter(next, claim.counter, {
      done: [...done, claim.id].slice(-4),
      leftAt,
      snooze: snoozeFrom(leftAt, snooze, snoozedUntil(before)),
      ...(isRefusal && { refused: keep(before.refused, at) }),
      ...(isRefusal && used !== undefined && { floor: used }),
    })
    if (t === 'clicked') next = withExposure(next, claim, 'clicked', at)
    if (answered) next = withLedger(next, { lastAt: Math.max(next.lastAt ?? at, at) })
  }
  return mine ? withLedger(next, { place: undefined }) : next
}

/** Begins a limit trigger's counts again: the plan or the limit rose, so the question is new. */
export function rearm(ledger: Ledger, key: CounterKey): Ledger {
  const { session } = ledger
  const next = withFresh(ledger, key, {})
  if (!session || !Object.hasOwn(session.shown, key.key)) return next
  const { [key.key]: _, ...shown } = session.shown
  return withSession(next, session, { shown })
}

/** Begins a limit trigger's counts again for a new billing period; quiet days that are open stay open. */
export function renew(ledger: Ledger, key: CounterKey, rule: QuietRule, now: number): Ledger {
  const counter = counterOf(ledger, key)
  const quietAt = quietOpenedAt(rule, counter)
  const { shown, snooze, leftAt = now } = counter
  return withFresh(ledger, key, { shown, quietAt, snooze, leftAt: snooze === undefined ? snooze : leftAt })
}

/** Replaces a counter by one that has counted nothing; what was answered stays answered. */
function withFresh(ledger: Ledger, key: CounterKey, change: Partial<Counter>): Ledger {
  const { done } = counterOf(ledger, key)
  return replaceCounter(ledger, key, { ...emptyCounter, done, ...change })
}
