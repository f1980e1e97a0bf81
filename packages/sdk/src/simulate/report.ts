import type { Rules } from '../core/rules.ts'
import type { ReasonName } from '../core/verdict.ts'
import type { LifeEvent } from './life.ts'
import { DAY } from './visits.ts'

/** How often each of 0, 1, 2, … came. */
export type Histogram = readonly number[]

/** What came of one trigger. `shown` = clicked + requested + dismissed + snoozed + ignored. */
export interface TriggerTally {
  readonly shown: number
  /** Held out: counted as shown, and nobody saw it. */
  readonly held: number
  /** Its primary was followed. */
  readonly clicked: number
  /** Clicked by who cannot buy: an admin was asked. */
  readonly requested: number
  readonly dismissed: number
  readonly snoozed: number
  readonly ignored: number
  /** Of those dismissed: all prompts of its type were stopped. */
  readonly stopped: number
  /** Opened by the user's own click on a locked control: counted for nothing. */
  readonly asked: number
  /** Of those: its primary was followed. */
  readonly followed: number
  /** Rises of plan or limit put down to it. */
  readonly converted: number
  /** Users who saw it at least once. */
  readonly reached: number
  /** Once per user, session and reason, as the `withheld` event tells it. */
  readonly withheld: { readonly [reason in ReasonName]?: number }
}

/** What came of one persona's users. */
export interface PersonaTally {
  readonly users: number
  readonly sessions: number
  readonly triggers: { readonly [triggerId: string]: TriggerTally }
  /** Of sessions, by how many prompts each showed. */
  readonly perSession: Histogram
  /** Of users' weeks and quarters (of ninety days), counted from the run's first day; the last may be shorter. */
  readonly perWeek: Histogram
  readonly perQuarter: Histogram
  /** Of users, by the whole days of their longest time without a prompt. */
  readonly quiet: Histogram
  /** Users who saw no prompt. */
  readonly never: number
  /** Users who saw more than `TOO_OFTEN` prompts in one week. */
  readonly tooOften: number
}

/** What a run counts: whole numbers only, so that the reports of parts of it add up to the report of all of it. */
export interface Report {
  readonly days: number
  readonly seed: number
  /** When the first day began, epoch milliseconds. */
  readonly startAt: number
  readonly personas: { readonly [id: string]: PersonaTally }
}

/** More prompts than this in one week are too many: the contract allows three in one session, whatever the file says. */
export const TOO_OFTEN = 3
const WEEK_DAYS = 7
const QUARTER_DAYS = 90

type Loose<T> = { -readonly [key in keyof T]: T[key] extends Histogram ? number[] : T[key] }
type Counts = Loose<Omit<TriggerTally, 'withheld'>> & { withheld: { [reason in ReasonName]?: number } }

const NOTHING = {
  shown: 0,
  held: 0,
  clicked: 0,
  requested: 0,
  dismissed: 0,
  snoozed: 0,
  ignored: 0,
  stopped: 0,
  asked: 0,
  followed: 0,
  converted: 0,
  reached: 0,
}

/** Counts what the lives of one persona tell. */
export function tallyOf(rules: Rules, days: number, startAt: number) {
  const triggers = new Map([...rules.all.keys()].map((id): [string, Counts] => [id, { ...NOTHING, withheld: {} }]))
  const weeks = Math.ceil(days / WEEK_DAYS)
  const quarters = Math.ceil(days / QUARTER_DAYS)
  const tally = { users: 0, sessions: 0, never: 0, tooOften: 0 }
  const perSession: number[] = []
  const perWeek: number[] = []
  const perQuarter: number[] = []
  const quiet: number[] = []
  /** Of the life that is told of. */
  let byWeek: number[] = []
  let byQuarter: number[] = []
  let seen = new Set<string>()
  let inSession = -1
  let longest = 0
  let lastAt = startAt

  const add = (histogram: number[], value: number): void => {
    while (histogram.length <= value) histogram.push(0)
    ;(histogram[value] as number)++
  }
  const closeSession = (): void => {
    if (inSession >= 0) add(perSession, inSession)
    inSession = -1
  }
  const pause = (at: number): void => {
    longest = Math.max(longest, at - lastAt)
    lastAt = at
  }
  const shown = (at: number, triggerId: string): void => {
    const day = Math.floor((at - startAt) / DAY)
    const week = Math.min(Math.floor(day / WEEK_DAYS), weeks - 1)
    const quarter = Math.min(Math.floor(day / QUARTER_DAYS), quarters - 1)
    byWeek[week] = (byWeek[week] ?? 0) + 1
    byQuarter[quarter] = (byQuarter[quarter] ?? 0) + 1
    inSession++
    pause(at)
    if (seen.has(triggerId)) return
    seen.add(triggerId)
    ;(triggers.get(triggerId) as Counts).reached++
  }

  return {
    begin(): void {
      tally.users++
      byWeek = []
      byQuarter = []
      seen = new Set()
      longest = 0
      lastAt = startAt
    },
    take(event: LifeEvent): void {
      if (event.type === 'visit') {
        closeSession()
        inSession = 0
        tally.sessions++
        return
      }
      const counts = triggers.get(event.triggerId)
      // A file may be edited between two visits, never within a run: each trigger told of is one of its own.
      if (!counts) return
      switch (event.type) {
        case 'withheld':
          counts.withheld[event.reason] = (counts.withheld[event.reason] ?? 0) + 1
          return
        case 'answered':
          if (event.answer === 'stopped') counts.dismissed++
          counts[event.answer]++
          return
        case 'shown':
          shown(event.at, event.triggerId)
          counts.shown++
          return
        default:
          counts[event.type]++
      }
    },
    end(): void {
      closeSession()
      pause(startAt + days * DAY)
      for (let week = 0; week < weeks; week++) add(perWeek, byWeek[week] ?? 0)
      for (let quarter = 0; quarter < quarters; quarter++) add(perQuarter, byQuarter[quarter] ?? 0)
      add(quiet, Math.floor(longest / DAY))
      if (!seen.size) tally.never++
      if (byWeek.some((prompts) => prompts > TOO_OFTEN)) tally.tooOften++
    },
    counted: (): PersonaTally => ({
      ...tally,
      triggers: Object.fromEntries(triggers),
      perSession,
      perWeek,
      perQuarter,
      quiet,
    }),
  }
}

/**
 * Adds two parts of one run together: of other users, the same file, journeys, days and seed. In whatever order parts
 * are added, the sum is the same.
 */
export function merge(a: Report, b: Report): Report {
  return { ...a, personas: add(a.personas, b.personas) as Report['personas'] }
}

/** Adds numbers, wherever they stand in two trees of one shape. */
function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' || typeof b === 'number') return ((a as number) ?? 0) + ((b as number) ?? 0)
  if (Array.isArray(a ?? b)) {
    const [x, y] = [(a ?? []) as number[], (b ?? []) as number[]]
    return Array.from({ length: Math.max(x.length, y.length) }, (_, i) => (x[i] ?? 0) + (y[i] ?? 0))
  }
  const [x, y] = [(a ?? {}) as { [key: string]: unknown }, (b ?? {}) as { [key: string]: unknown }]
  const sum: [string, unknown][] = [...new Set([...Object.keys(x), ...Object.keys(y)])].map((key) => [
    key,
    add(x[key], y[key]),
  ])
  return Object.fromEntries(sum)
}
