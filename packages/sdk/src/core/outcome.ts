import type { TriggerType } from '../config/types.ts'
import { type QuietRule, quietOpenedAt } from './checkSuppression.ts'
import type { Candidate } from './decide.ts'
import {
  accountOf,
  type Counter,
  type CounterKey,
  counterOf,
  EXPOSURE_MS,
  emptyCounter,
  type Exposure,
  type Intent,
  type Ledger,
  replaceCounter,
  withAccount,
  withCounter,
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
  readonly variant?: string
  readonly counter: CounterKey
  readonly group?: string
  readonly metric?: string
  readonly milestone?: number
  /** The used figure it was shown with. */
  readonly used?: number
  /** How long rolling rules can ask for an impression: of the trigger, of its group, of features over all. */
  readonly keepMs: readonly [counter: number, group: number, features: number]
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
      readonly snooze?: number | string
    }
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

/** The longest rolling window of some rules, in milliseconds; 0 for none. */
function longest(rules: readonly { readonly per?: 'session' | number }[]): number {
  return Math.max(0, ...rules.map(({ per }) => (typeof per === 'number' ? per : 0)))
}

/** Makes the claim of a candidate that has won. */
export function claimOf(
  { rule, match, variant }: Candidate,
  ids: { readonly id: string; readonly tab: string; readonly session: string; readonly account: string },
  groups: { readonly [group: string]: { readonly perMs: number } },
): Claim {
  const { trigger } = rule
  const { id, type, group, suppress } = trigger
  const { metric, milestone, used } = match.figures
  return {
    ...ids,
    triggerId: id,
    triggerType: type,
    ...(variant >= 0 && { variant: (trigger.variants[variant] as { id: string }).id }),
    counter: match.counter,
    ...(group !== undefined && { group }),
    ...(metric !== undefined && { metric }),
    ...(milestone !== undefined && { milestone }),
    ...(used !== undefined && { used }),
    keepMs: [
      longest(trigger.frequency),
      (group !== undefined && Object.hasOwn(groups, group) && groups[group]?.perMs) || 0,
      suppress && 'impressions' in suppress ? longest([suppress]) : 0,
    ],
  }
}

/** Times still within a window, and the latest one in any case. At most 100. */
function keep(times: readonly number[], at: number, ms: number): readonly number[] {
  return [...times.filter((time) => time > at - ms), at].slice(-100)
}

/** Counts a prompt as shown, or as held out: under its trigger, session, group, feature and account. */
export function countShown(ledger: Ledger, claim: Claim, at: number, outcome: 'shown' | 'held_out' = 'shown'): Ledger {
  const { counter: key, group, metric, milestone, keepMs } = claim
  const { session, lastAt = at, groups, place } = ledger
  const counter = counterOf(ledger, key)
  const isFeature = key.account === null
  let next = withCounter(ledger, key, { n: counter.n + 1, shown: keep(counter.shown, at, keepMs[0]) })
  next = withExposure(next, claim, outcome, at)
  if (metric !== undefined && milestone !== undefined) {
    next = spend(next, claim.account, metric, (value) => value <= milestone && value !== milestone)
  }
  return {
    ...next,
    lastAt: Math.max(lastAt, at),
    ...(place?.id === claim.id && { place: { ...place, shown: true } }),
    ...(group !== undefined && keepMs[1] && { groups: { ...groups, [group]: keep(groups[group] ?? [], at, keepMs[1]) } }),
    ...(isFeature && { featuresShown: keep(next.featuresShown, at, keepMs[2]) }),
    ...(session?.id === claim.session && {
      session: {
        ...session,
        prompts: session.prompts + 1,
        shown: { ...session.shown, [key.key]: (session.shown[key.key] ?? 0) + 1 },
        features: session.features + (isFeature ? 1 : 0),
      },
    }),
  }
}

/** Marks passed milestones of a metric as spent, so that they are never celebrated late. */
export function spend(ledger: Ledger, account: string, metric: string, which: (value: number) => boolean): Ledger {
  const { passed } = accountOf(ledger, account)
  const pending = passed[metric]
  if (!pending) return ledger

  let next = ledger
  for (const value of pending.values.filter(which)) {
    const key = { account, key: milestoneKey(metric, value) }
    next = withCounter(next, key, { n: Math.max(1, counterOf(next, key).n) })
  }
  const left = pending.values.filter((value) => !which(value))
  const { [metric]: _, ...others } = passed
  return withAccount(next, account, { passed: left.length ? { ...others, [metric]: { ...pending, values: left } } : others })
}

function withExposure(
  ledger: Ledger,
  claim: Pick<Claim, 'account' | 'triggerId' | 'triggerType' | 'variant'>,
  outcome: Exposure['outcome'],
  at: number,
): Ledger {
  const { triggerId, triggerType, variant } = claim
  const recent = accountOf(ledger, claim.account).exposures.filter((exposure) => exposure.at > at - EXPOSURE_MS)
  const exposure = { triggerId, triggerType, ...(variant !== undefined && { variant }), outcome, at }
  return withAccount(ledger, claim.account, { exposures: [...recent, exposure].slice(-50) })
}

/** Folds an appended entry into the ledger. Idempotent: an entry replayed from the journal changes nothing. */
export function applyEntry(ledger: Ledger, entry: Entry): Ledger {
  switch (entry.t) {
    case 'optedOut':
      return { ...ledger, optOuts: [...new Set([...ledger.optOuts, ...entry.types])] }
    case 'followed': {
      const { intent } = entry
      const { exposures } = accountOf(ledger, entry.account)
      if (exposures.some(({ at, outcome }) => at === entry.at && outcome === 'clicked')) return ledger
      const followed = withExposure(ledger, entry, 'clicked', entry.at)
      return intent ? withAccount(followed, entry.account, { intent }) : followed
    }
    case 'attempt': {
      const key = { account: null, key: entry.feature }
      return withCounter(ledger, key, { attempts: (counterOf(ledger, key).attempts ?? 0) + 1 })
    }
    case 'clicked':
    case 'dismissed':
    case 'snoozed':
    case 'left':
      return applyOutcome(ledger, entry)
  }
  return entry satisfies never
}

function applyOutcome(ledger: Ledger, entry: Extract<Entry, { claim: Claim }>): Ledger {
  const { t, claim, at, snooze } = entry
  const { place } = ledger
  const mine = place?.id === claim.id
  const counted = mine ? place.shown : entry.counted
  const answered = t !== 'left'
  const { done = [] } = counterOf(ledger, claim.counter)

  let next = ledger
  if (!done.includes(claim.id) && (answered || counted)) {
    // An answer before the impression was confirmed is an impression too.
    if (!counted) next = countShown(next, claim, at)
    const { refused } = counterOf(next, claim.counter)
    const isRefusal = t === 'dismissed' || t === 'snoozed'
    next = withCounter(next, claim.counter, {
      done: [...done, claim.id].slice(-4),
      leftAt: at,
      ...(isRefusal && { refused: [...refused, at].slice(-100) }),
      ...(isRefusal && claim.used !== undefined && { floor: claim.used }),
      ...(snooze !== undefined && { snooze }),
    })
    if (t === 'clicked') next = withExposure(next, claim, 'clicked', at)
    if (answered) next = { ...next, lastAt: Math.max(next.lastAt ?? at, at) }
  }
  return mine ? withoutPlace(next) : next
}

/** Frees the place on screen. */
export function withoutPlace({ place: _, ...free }: Ledger): Ledger {
  return free
}

/** Begins a limit trigger's counts again: the plan or the limit rose, so the question is new. */
export function rearm(ledger: Ledger, key: CounterKey, now: number): Ledger {
  const { session } = ledger
  const next = withFresh(ledger, key, { armedAt: now })
  if (!session || !Object.hasOwn(session.shown, key.key)) return next
  const { [key.key]: _, ...shown } = session.shown
  return { ...next, session: { ...session, shown } }
}

/** Begins a limit trigger's counts again for a new billing period; quiet days that are open stay open. */
export function renew(ledger: Ledger, key: CounterKey, rule: QuietRule, now: number): Ledger {
  const counter = counterOf(ledger, key)
  const quietAt = quietOpenedAt(rule, counter)
  const { snooze } = counter
  return withFresh(ledger, key, {
    armedAt: now,
    ...(quietAt !== undefined && { quietAt }),
    ...(snooze !== undefined && { snooze }),
  })
}

/** Replaces a counter by one that has counted nothing; what was answered stays answered. */
function withFresh(ledger: Ledger, key: CounterKey, change: Partial<Counter>): Ledger {
  const { done } = counterOf(ledger, key)
  return replaceCounter(ledger, key, { ...emptyCounter, ...(done && { done }), ...change })
}
