import { EXPOSURE_MS, type Ledger, newLedger } from './ledger.ts'
import { applyEntry, type Entry } from './outcome.ts'

/** What reading a stored record gave. */
export interface ParsedLedger {
  readonly ledger: Ledger
  /** Whether some of it could not be read: that part is dropped, and the rest kept. */
  readonly spoiled: boolean
  /** Whether it was written by a later version: then it must not be overwritten. */
  readonly newer: boolean
  /** Whether a moment was later than now, and was read as now: it must be stored again, or it stays ahead for ever. */
  readonly ahead: boolean
}

/**
 * What a stored field must be: a number, a moment, a rung (−1 is none; no other number is below 0), a text, true or false;
 * `[x]` a list, `{ '*': x }` a record of such.
 */
export type Shape =
  | 'number'
  | 'moment'
  | 'rung'
  | 'number, null'
  | 'number, string'
  | 'string'
  | 'boolean'
  | 'any'
  | readonly Shape[]
  | { readonly [key: string]: Shape }

const COUNTER: Shape = {
  n: 'number',
  shown: ['moment'],
  refused: ['moment'],
  leftAt: 'moment',
  done: ['string'],
  quietAt: 'moment',
  snooze: 'number, string',
  floor: 'number',
  attempts: 'number',
  attemptedAt: 'moment',
}

const EXPOSURE: Shape = {
  triggerId: 'string',
  triggerType: 'string',
  variant: 'string',
  outcome: 'string',
  at: 'moment',
}

const ACCOUNT: Shape = {
  plan: 'string',
  planAt: 'moment',
  limits: { '*': 'number, null' },
  limitsAt: { '*': 'moment' },
  resets: { '*': 'number' },
  figures: { '*': 'number' },
  counts: { '*': 'number' },
  passed: { '*': { session: 'string', values: ['number'] } },
  rungs: { '*': ['rung'] },
  counters: { '*': COUNTER },
  exposures: [EXPOSURE],
  intent: {
    triggerId: 'string',
    triggerType: 'string',
    action: 'string',
    resource: 'string',
    feature: 'string',
    requested: 'number',
    ref: 'any',
    tab: 'string',
    at: 'moment',
  },
  seenAt: 'moment',
}

/** What a record is made of; `docs/data.md` says of each field why it is kept. */
export const LEDGER: Shape = {
  v: 'number',
  id: 'string',
  session: {
    id: 'string',
    startAt: 'moment',
    activeAt: 'moment',
    prompts: 'number',
    shown: { '*': 'number' },
    features: 'number',
    told: ['string'],
  },
  place: { id: 'string', tab: 'string', triggerId: 'string', at: 'moment', shown: 'boolean' },
  lastAt: 'moment',
  optOuts: ['string'],
  groups: { '*': ['moment'] },
  features: { '*': COUNTER },
  featuresShown: ['moment'],
  accounts: { '*': ACCOUNT },
}

/** Fields that may be absent; any other that is missing is filled in and reported. */
const OPTIONAL =
  /^(session|place|lastAt|leftAt|done|quietAt|snooze|floor|attempts|attemptedAt|variant|plan|planAt|resource|feature|ref|intent)$/

/** What stands in for a field that cannot be read and may not be absent. */
const FILL: { readonly [kind: string]: number | string | boolean } = { number: 0, string: '', boolean: false }

/**
 * Reads a stored record and folds in what was appended to it.
 *
 * A moment later than `now` is read as now, so that a wrong clock never lengthens a silence. What cannot be read is
 * dropped, and a session that is full runs from now then: fewer prompts, not more.
 *
 * @param newId The id of the ledger, and of the session that a spoiled record is given.
 */
export function parseLedger(value: unknown, appended: readonly unknown[], now: number, newId: string): ParsedLedger {
  let spoiled = false
  let ahead = false

  const clean = (found: unknown, shape: Shape, key: string): unknown => {
    if (shape === 'any') return found
    const isList = Array.isArray(shape)
    const kind = typeof shape !== 'string' ? 'object' : /moment|rung/.test(shape) ? 'number' : shape
    // By a clock before 1970 every moment is below 0.
    const isAny = shape === 'moment' && now < 0
    const isBelow =
      typeof found === 'number' && !(found >= (isAny ? Number.NEGATIVE_INFINITY : shape === 'rung' ? -1 : 0))
    if (isBelow || !kind.includes(found === null ? 'null' : typeof found) || Array.isArray(found) !== isList) {
      const isOptional = OPTIONAL.test(key)
      spoiled ||= found !== undefined || !isOptional
      if (isOptional) return
      // What is written back must read as sound the next time: a field that stays missing would spoil it for good.
      if (kind !== 'object') return key || kind === 'number' ? FILL[kind] : undefined
      found = isList ? [] : {}
    }
    if (shape === 'moment' && (found as number) > now) {
      ahead = true
      return now
    }
    if (typeof shape === 'string') return found
    if (isList)
      return (found as unknown[]).map((item) => clean(item, shape[0] as Shape, '')).filter((item) => item !== undefined)

    const fields = shape as { readonly [key: string]: Shape }
    const cleaned: { [key: string]: unknown } = {}
    for (const name of '*' in fields ? Object.keys(found as object) : Object.keys(fields)) {
      if (name === '__proto__') continue
      const field = clean((found as { [key: string]: unknown })[name], (fields['*'] ?? fields[name]) as Shape, name)
      if (field !== undefined) cleaned[name] = field
    }
    return cleaned
  }

  const version = (value as { v?: unknown } | null | undefined)?.v
  const newer = typeof version === 'number' && version > 1
  let ledger = newer || value === undefined ? newLedger(newId) : (clean(value, LEDGER, 'ledger') as Ledger)
  for (const entry of appended) {
    try {
      ledger = applyEntry(ledger, entry as Entry)
    } catch {
      spoiled = true
    }
  }
  if (appended.length) ledger = clean(ledger, LEDGER, 'ledger') as Ledger
  if (spoiled) {
    const session = {
      startAt: now,
      shown: {},
      features: 0,
      told: [],
      ...ledger.session,
      id: ledger.session?.id || newId,
      activeAt: now,
      prompts: 99,
    }
    ledger = { ...ledger, v: 1, id: ledger.id || newId, session }
  }
  return { ledger, spoiled, newer, ahead }
}

/** How many accounts of one user are kept; the one seen longest ago goes first. */
const MAX_ACCOUNTS = 20

/** Drops what no rule can ask again, so that the record stays small for ever. */
export function pruneLedger(ledger: Ledger, now: number): Ledger {
  const accounts = Object.entries(ledger.accounts)
    .sort(([, a], [, b]) => b.seenAt - a.seenAt)
    .slice(0, MAX_ACCOUNTS)
    .map(([key, account]) => [
      key,
      { ...account, exposures: account.exposures.filter(({ at }) => at > now - EXPOSURE_MS) },
    ])
  return { ...ledger, accounts: Object.fromEntries(accounts) }
}
