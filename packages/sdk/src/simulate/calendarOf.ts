import type { CheckedConfig } from '../config/types.ts'
import type { ReasonName } from '../core/verdict.ts'
import type { Answer } from './browser.ts'
import type { Journeys } from './journeys.ts'
import { characterOf, live } from './life.ts'
import { type RunOptions, worldOf } from './simulate.ts'

/** A prompt that was shown, or held out, and what came of it. */
export interface CalendarPrompt {
  readonly triggerId: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly outcome: Answer | 'ignored' | 'held'
}

/** One session of a user's. */
export interface CalendarVisit {
  readonly at: number
  readonly prompts: readonly CalendarPrompt[]
  /** What matched and was kept back, with the reason: each once a session, as the `withheld` event has it. */
  readonly withheld: readonly { readonly triggerId: string; readonly reason: ReasonName; readonly at: number }[]
  /** What the user opened by a click of their own. */
  readonly asked: readonly string[]
  /** The triggers that a rise of plan or limit was put down to. */
  readonly converted: readonly string[]
}

export interface Calendar {
  readonly user: number
  readonly persona: string
  /** When the first day begins, epoch milliseconds. */
  readonly startAt: number
  /** One for each day; no visits: the user was not there. */
  readonly days: readonly { readonly day: number; readonly visits: readonly CalendarVisit[] }[]
}

type Loose<T> = { -readonly [key in keyof T]: T[key] extends readonly (infer U)[] ? U[] : T[key] }

/**
 * One user's days: what was shown when, what they did with it, and what was kept back and why. The same user as in a run
 * of the same file, journeys, days and seed.
 */
export function calendarOf(
  config: CheckedConfig,
  journeys: Journeys,
  user: number,
  options: Omit<RunOptions, 'from' | 'to'> = {},
): Calendar {
  const world = worldOf(config, journeys, options)
  const days = Array.from({ length: world.days }, (_, day) => ({ day, visits: [] as Loose<CalendarVisit>[] }))
  let visit: Loose<CalendarVisit> = { at: 0, prompts: [], withheld: [], asked: [], converted: [] }
  const answer = (triggerId: string, outcome: CalendarPrompt['outcome']): void => {
    const i = visit.prompts.findLastIndex((prompt) => prompt.triggerId === triggerId)
    const prompt = visit.prompts[i]
    if (prompt) visit.prompts[i] = { ...prompt, outcome }
  }
  live(world, user, (event) => {
    switch (event.type) {
      case 'visit':
        visit = { at: event.at, prompts: [], withheld: [], asked: [], converted: [] }
        days[event.day]?.visits.push(visit)
        return
      case 'shown':
        visit.prompts.push({ triggerId: event.triggerId, at: event.at, outcome: 'ignored' })
        return
      case 'held':
        visit.prompts.push({ triggerId: event.triggerId, at: event.at, outcome: 'held' })
        return
      case 'answered':
        return answer(event.triggerId, event.answer)
      case 'withheld':
        visit.withheld.push({ triggerId: event.triggerId, reason: event.reason, at: event.at })
        return
      case 'asked':
        visit.asked.push(event.triggerId)
        return
      case 'converted':
        visit.converted.push(event.triggerId)
        return
      case 'ignored':
      case 'followed':
        return
    }
    event satisfies never
  })
  return { user, persona: characterOf(world, user).id, startAt: world.startAt, days }
}
