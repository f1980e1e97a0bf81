import type { Character } from './cast.ts'
import type { Chance } from './chance.ts'

export const MINUTE = 60_000
export const DAY = 86_400_000

/** One session: it begins at `at` and has a step every few minutes. */
export interface Visit {
  readonly day: number
  readonly at: number
  readonly endAt: number
  /** Pages gone to or things done after the first page. */
  readonly steps: number
}

/** Minutes between two steps: well under the thirty after which a session would end. */
const STEP_MINUTES = 4
/** People come between eight in the morning and eight in the evening. */
const OPENS = 8 * 60
const OPEN_MINUTES = 12 * 60
/** Between two sessions of a day lies more than the half hour that ends one. */
const APART = 31

/** Says when a user comes: every session of every day, in order. */
export function* visitsOf({ visits }: Character, startAt: number, days: number, chance: Chance): Generator<Visit> {
  const { perWeek, perDay, minutes } = visits
  for (let day = 0; day < days; day++) {
    const comes = chance() < perWeek / 7
    const sessions = Math.floor(perDay) + (chance() < perDay % 1 ? 1 : 0)
    if (!comes) continue
    const room = OPEN_MINUTES / sessions
    for (let i = 0; i < sessions; i++) {
      const length = Math.min(minutes * (0.5 + chance()), room - APART)
      const at = OPENS + i * room + chance() * (room - APART - length)
      const startOf = Math.round(startAt + day * DAY + at * MINUTE)
      yield {
        day,
        at: startOf,
        endAt: startOf + Math.round(length * MINUTE),
        steps: Math.max(1, Math.round(length / STEP_MINUTES)),
      }
    }
  }
}
