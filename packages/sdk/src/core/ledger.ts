import type { TriggerType } from '../config/types.ts'

/** What one question has come to: a trigger's rung, a feature, a milestone. Moments are epoch milliseconds, oldest first. */
export interface Counter {
  /** Impressions since armed. */
  readonly n: number
  /** The latest impressions, as far as a rolling rule can ask. */
  readonly shown: readonly number[]
  /** Refusals since armed. */
  readonly refused: readonly number[]
  /** When the last impression left the screen. */
  readonly leftAt?: number | undefined
  /** The last claims that were answered or left, so that none is folded twice. */
  readonly done?: readonly string[] | undefined
  /** Quiet days that a new billing period found open, by when they opened. */
  readonly quietAt?: number | undefined
  /** Snoozed for a time from `leftAt`, in milliseconds, or for the session of this id. */
  readonly snooze?: number | string | undefined
  /** The least used figure since it was refused: until usage rises over it, team growth stays quiet. */
  readonly floor?: number | undefined
  /** How often a locked feature was tried. */
  readonly attempts?: number | undefined
  /** When it was last tried, so that no attempt is counted twice. */
  readonly attemptedAt?: number | undefined
}

/** Something that was shown, clicked or held out, for the `exposures` of a conversion. */
export interface Exposure {
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly variant?: string
  readonly outcome: 'shown' | 'clicked' | 'held_out'
  readonly at: number
}

/** What is kept of one account, as this user saw it. */
export interface AccountLedger {
  readonly plan?: string | undefined
  /** When the plan last changed, by the time of asking: what was asked before says nothing new. */
  readonly planAt?: number | undefined
  /** Limits last seen in force. */
  readonly limits: { readonly [resource: string]: number | null }
  /** When each last changed, by the time of asking. */
  readonly limitsAt: { readonly [resource: string]: number }
  /** Ends of billing periods last seen. */
  readonly resets: { readonly [resource: string]: number }
  /** Last `used` of each resource that has milestones. */
  readonly figures: { readonly [resource: string]: number }
  /** How often each event that has milestones was tracked. */
  readonly counts: { readonly [event: string]: number }
  /** Milestones passed in a session and not yet shown. */
  readonly passed: { readonly [metric: string]: { readonly session: string; readonly values: readonly number[] } }
  /** Of a ladder: the rung last reached, and the one that may speak; −1 is none. */
  readonly rungs: { readonly [triggerId: string]: readonly [reached: number, speaking: number] }
  readonly counters: { readonly [key: string]: Counter }
  readonly exposures: readonly Exposure[]
  /** The request that a followed block was about. */
  readonly intent?: Intent | undefined
  readonly seenAt: number
}

/** What `guard` was about when its link was followed. */
export interface Intent {
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly action: string
  readonly resource?: string
  readonly feature?: string
  readonly requested: number
  readonly ref?: unknown
  /** The tab that asked: while it lives, its promise alone answers. */
  readonly tab: string
  readonly at: number
}

export interface Session {
  readonly id: string
  readonly startAt: number
  /** The user's own last activity, in any tab. */
  readonly activeAt: number
  /** Prompts that count for the cap. */
  readonly prompts: number
  /** Impressions by counter. */
  readonly shown: { readonly [key: string]: number }
  /** Feature prompts, whichever the feature. */
  readonly features: number
  /** What is told once a session: withheld reasons, requests. */
  readonly told: readonly string[]
}

/** The one prompt on screen over all tabs, reserved or shown. */
export interface Place {
  /** Names this reservation. */
  readonly id: string
  readonly tab: string
  readonly triggerId: string
  readonly at: number
  readonly shown: boolean
}

/** One user's record. Nothing in it is readable of the person: ids are hashes, the rest counts and times. */
export interface Ledger {
  readonly v: 1
  /** The ledger's own id, for buckets while nobody is known. */
  readonly id: string
  readonly session?: Session | undefined
  readonly place?: Place | undefined
  /** The later of the last prompt's impression and its answer. */
  readonly lastAt?: number | undefined
  /** Trigger types, or `all`. */
  readonly optOuts: readonly string[]
  /** Impressions of each group with a cap, as far as its window goes. */
  readonly groups: { readonly [group: string]: readonly number[] }
  readonly features: { readonly [feature: string]: Counter }
  /** Feature prompts, whichever the feature. */
  readonly featuresShown: readonly number[]
  readonly accounts: { readonly [account: string]: AccountLedger }
}

export const SESSION_MS = 30 * 60_000
export const RESERVE_MS = 10_000
/** As many impressions or refusals of one question are kept. */
export const MAX_TIMES = 100
/** How long an exposure counts toward a conversion. */
export const EXPOSURE_MS = 7 * 86_400_000

export const emptyCounter: Counter = { n: 0, shown: [], refused: [] }

export const emptyAccount: AccountLedger = {
  limits: {},
  limitsAt: {},
  resets: {},
  figures: {},
  counts: {},
  passed: {},
  rungs: {},
  counters: {},
  exposures: [],
  seenAt: 0,
}

/** A ledger in which nothing has happened yet. */
export function newLedger(id: string): Ledger {
  return { v: 1, id, optOuts: [], groups: {}, features: {}, featuresShown: [], accounts: {} }
}

/** The account's part of a ledger. */
export function accountOf(ledger: Ledger, account: string): AccountLedger {
  // Its key is a hash, or empty where nobody is known, and none of what every object has.
  return ledger.accounts[account] ?? emptyAccount
}

/** Looks up an own key only: ids come from files and hosts. */
export function own<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] }

/*
 * Copies, here and below, are written key by key and then assigned to: each spread gives its copies a shape of their own,
 * a computed key too, and what must read records of many shapes is many times as slow.
 */
const copyLedger = (ledger: Ledger): Mutable<Ledger> => {
  const { v, id, session, place, lastAt, optOuts, groups, features, featuresShown, accounts } = ledger
  return { v, id, session, place, lastAt, optOuts, groups, features, featuresShown, accounts }
}

/** A record with one key set: a hash, a key of our own, or a name that a file may have, and so none that is reserved. */
export function withKey<T>(record: { readonly [key: string]: T }, key: string, value: T): { [key: string]: T } {
  const copy: { [key: string]: T } = Object.assign({}, record)
  copy[key] = value
  return copy
}

/** A ledger with some of it changed. */
export function withLedger(ledger: Ledger, change: Partial<Ledger>): Ledger {
  return Object.assign(copyLedger(ledger), change)
}

/** A ledger with its session changed. */
export function withSession(ledger: Ledger, session: Session, change: Partial<Session>): Ledger {
  const { id, startAt, activeAt, prompts, shown, features, told } = session
  const next = copyLedger(ledger)
  next.session = Object.assign({ id, startAt, activeAt, prompts, shown, features, told }, change)
  return next
}

/** A ledger with its account's part changed. */
export function withAccount(ledger: Ledger, account: string, change: Partial<AccountLedger>): Ledger {
  const {
    plan,
    planAt,
    limits,
    limitsAt,
    resets,
    figures,
    counts,
    passed,
    rungs,
    counters,
    exposures,
    intent,
    seenAt,
  } = accountOf(ledger, account)
  const copy: AccountLedger = {
    plan,
    planAt,
    limits,
    limitsAt,
    resets,
    figures,
    counts,
    passed,
    rungs,
    counters,
    exposures,
    intent,
    seenAt,
  }
  const next = copyLedger(ledger)
  next.accounts = withKey(ledger.accounts, account, Object.assign(copy, change))
  return next
}

/** Until when a question is put off, as an entry says it: a moment, or the session of an id. */
export function snoozedUntil({ snooze, leftAt = 0 }: Counter): number | string | undefined {
  return typeof snooze === 'number' ? leftAt + snooze : snooze
}

/** A counter's snooze: to the latest moment that was said, whatever `leftAt` has become; past that, for the session. */
export function snoozeFrom(leftAt = 0, ...said: readonly (number | string | undefined)[]): number | string | undefined {
  const untilAt = Math.max(0, ...said.filter((one) => typeof one === 'number'))
  return untilAt > leftAt ? untilAt - leftAt : said.find((one) => typeof one === 'string')
}

/** Where a counter stands: features are counted per user, everything else per user and account. */
export interface CounterKey {
  /** `null` for a feature. */
  readonly account: string | null
  readonly key: string
}

export function counterOf(ledger: Ledger, { account, key }: CounterKey): Counter {
  return own(account === null ? ledger.features : accountOf(ledger, account).counters, key) ?? emptyCounter
}

/** A ledger with one counter changed. */
export function withCounter(ledger: Ledger, at: CounterKey, change: Partial<Counter>): Ledger {
  const { n, shown, refused, leftAt, done, quietAt, snooze, floor, attempts, attemptedAt } = counterOf(ledger, at)
  const copy: Counter = { n, shown, refused, leftAt, done, quietAt, snooze, floor, attempts, attemptedAt }
  return replaceCounter(ledger, at, Object.assign(copy, change))
}

/** A ledger with one counter put in the place of another. */
export function replaceCounter(ledger: Ledger, { account, key }: CounterKey, counter: Counter): Ledger {
  return account === null
    ? withLedger(ledger, { features: withKey(ledger.features, key, counter) })
    : withAccount(ledger, account, { counters: withKey(accountOf(ledger, account).counters, key, counter) })
}
