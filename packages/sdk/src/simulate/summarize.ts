import { type Histogram, merge, type PersonaTally, type Report, TOO_OFTEN, type TriggerTally } from './report.ts'

/** A distribution in three figures. */
export interface Spread {
  readonly median: number
  /** 95 of 100 are at most this. */
  readonly p95: number
  readonly max: number
}

/** What a persona, or all together, came to. */
export interface Summary extends Pick<PersonaTally, 'users' | 'sessions' | 'never' | 'tooOften'> {
  readonly persona: string
  readonly shown: number
  readonly perSession: Spread
  readonly perWeek: Spread
  readonly perQuarter: Spread
  /** Whole days of a user's longest time without a prompt. */
  readonly quiet: Spread
  readonly triggers: readonly (TriggerTally & { readonly id: string })[]
}

export interface Summaries {
  readonly all: Summary
  /** In the order of the journeys file. */
  readonly personas: readonly Summary[]
  /** Over how many prompts a week are too many, and why. */
  readonly tooOften: { readonly perWeek: number; readonly source: string }
}

const SOURCE =
  'Plimsoll allows three prompts in one session at most; a week that brings more is a week of interruptions'

/** Puts a report into figures for people. */
export function summarize(report: Report): Summaries {
  const personas = Object.entries(report.personas)
  const none: Report = { ...report, personas: {} }
  const sum = personas.reduce((all, [, tally]) => merge(all, { ...none, personas: { all: tally } }), none)
  return {
    all: summaryOf('all', sum.personas.all as PersonaTally),
    personas: personas.map(([id, tally]) => summaryOf(id, tally)),
    tooOften: { perWeek: TOO_OFTEN, source: SOURCE },
  }
}

function summaryOf(persona: string, tally: PersonaTally): Summary {
  const { users, sessions, never, tooOften } = tally
  const triggers = Object.entries(tally.triggers).map(([id, counts]) => ({ ...counts, id }))
  return {
    persona,
    users,
    sessions,
    never,
    tooOften,
    shown: triggers.reduce((sum, { shown }) => sum + shown, 0),
    perSession: spreadOf(tally.perSession),
    perWeek: spreadOf(tally.perWeek),
    perQuarter: spreadOf(tally.perQuarter),
    quiet: spreadOf(tally.quiet),
    triggers,
  }
}

/** The smallest values that half, 95 of 100 and all are at most. */
function spreadOf(histogram: Histogram): Spread {
  const total = histogram.reduce((sum, times) => sum + times, 0)
  const at = (part: number): number => {
    let sum = 0
    const index = histogram.findIndex((times) => {
      sum += times
      return sum > 0 && sum >= total * part
    })
    return Math.max(0, index)
  }
  return { median: at(0.5), p95: at(0.95), max: at(1) }
}
