import {
  type AccountLedger,
  type Counter,
  emptyAccount,
  type Ledger,
  SESSION_MS,
  snoozedUntil,
  snoozeFrom,
} from './ledger.ts'

const latest = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)

const times = (a: readonly number[], b: readonly number[]): readonly number[] => [...a, ...b].sort((x, y) => x - y)

function mergeEach<T>(
  a: { readonly [key: string]: T },
  b: { readonly [key: string]: T },
  merge: (a: T, b: T) => T,
): { readonly [key: string]: T } {
  const merged: { [key: string]: T } = { ...a }
  for (const [key, value] of Object.entries(b)) {
    merged[key] = Object.hasOwn(a, key) ? merge(a[key] as T, value) : value
  }
  return merged
}

const add = (a: number, b: number): number => a + b

function mergeCounters(a: Counter, b: Counter): Counter {
  const leftAt = latest(a.leftAt, b.leftAt)
  return {
    n: a.n + b.n,
    shown: times(a.shown, b.shown),
    refused: times(a.refused, b.refused),
    done: [...(a.done ?? []), ...(b.done ?? [])],
    leftAt,
    quietAt: latest(a.quietAt, b.quietAt),
    snooze: snoozeFrom(leftAt, snoozedUntil(b), snoozedUntil(a)),
    floor: b.floor ?? a.floor,
    attempts: (a.attempts ?? 0) + (b.attempts ?? 0) || undefined,
    attemptedAt: latest(a.attemptedAt, b.attemptedAt),
  }
}

/** What account `a` was seen to have stays: what `b` had besides is no rise of it. */
function mergeAccounts(a: AccountLedger, b: AccountLedger): AccountLedger {
  return {
    plan: a.plan ?? b.plan,
    planAt: a.planAt ?? b.planAt,
    limits: { ...b.limits, ...a.limits },
    limitsAt: { ...b.limitsAt, ...a.limitsAt },
    resets: { ...b.resets, ...a.resets },
    figures: { ...b.figures, ...a.figures },
    counts: mergeEach(a.counts, b.counts, add),
    passed: { ...a.passed, ...b.passed },
    rungs: { ...a.rungs, ...b.rungs },
    counters: mergeEach(a.counters, b.counters, mergeCounters),
    exposures: [...a.exposures, ...b.exposures].sort((x, y) => x.at - y.at),
    intent: a.intent ?? b.intent,
    seenAt: Math.max(a.seenAt, b.seenAt),
  }
}

/**
 * Moves what was counted while nobody was known into the record of who came to be known: counts add, later times win.
 * The anonymous session goes on, so that logging in begins no new one.
 *
 * @param account The account that is known now, whose part takes what the anonymous record counted under none.
 */
export function mergeLedgers(known: Ledger, anonymous: Ledger, account: string): Ledger {
  const a = known.session
  const b = anonymous.session
  const goesOn = a && b && b.activeAt < a.activeAt + SESSION_MS
  if (goesOn && a.id !== b.id) return mergeLedgers(known, renameSession(anonymous, b.id, a.id), account)

  const { '': unnamed, ...named } = anonymous.accounts
  const moved = unnamed ? mergeEach(named, { [account]: unnamed }, mergeAccounts) : named
  const session = goesOn
    ? {
        ...a,
        activeAt: Math.max(a.activeAt, b.activeAt),
        prompts: a.prompts + b.prompts,
        shown: mergeEach(a.shown, b.shown, add),
        features: a.features + b.features,
        told: [...new Set([...a.told, ...b.told])],
      }
    : (b ?? a)
  return {
    v: 1,
    id: known.id,
    session,
    place: anonymous.place ?? known.place,
    lastAt: latest(known.lastAt, anonymous.lastAt),
    optOuts: [...new Set([...known.optOuts, ...anonymous.optOuts])],
    groups: mergeEach(known.groups, anonymous.groups, times),
    features: mergeEach(known.features, anonymous.features, mergeCounters),
    featuresShown: times(known.featuresShown, anonymous.featuresShown),
    accounts: mergeEach(known.accounts, moved, mergeAccounts),
  }
}

/** Gives a session another id, wherever the ledger speaks of it: snoozes and passed milestones hang on it. */
function renameSession(ledger: Ledger, from: string, to: string): Ledger {
  return JSON.parse(JSON.stringify(ledger), (_, value) => (value === from ? to : value)) as Ledger
}

/** Names the account of what was counted before any was known. */
export function nameAccount(ledger: Ledger, account: string): Ledger {
  if (!account || !ledger.accounts['']) return ledger
  const { '': unnamed, ...named } = ledger.accounts
  return {
    ...ledger,
    accounts: { ...named, [account]: mergeAccounts(named[account] ?? emptyAccount, unnamed as AccountLedger) },
  }
}
