import type { Journeys, Persona } from '../../packages/sdk/src/simulate/journeys.ts'

/** The journeys of one persona. */
export function castOfOne(persona: Omit<Persona, 'id'> = {}): Journeys {
  return { version: 1, personas: [{ id: 'one', ...persona }] }
}

/** Comes every day for a quarter of an hour, and does nothing else that chance decides. */
export const DAILY: Omit<Persona, 'id'> = {
  visits: { perWeek: 7, minutes: 15 },
  answers: { any: { click: 0, dismiss: 0, snooze: 0, optOut: 0 } },
}
