/**
 * Plays users' journeys through a configuration before it ships: pure, deterministic by seed, with neither a browser nor
 * Node in it, so that it runs in any worker.
 */

export { type Calendar, type CalendarPrompt, type CalendarVisit, calendarOf } from './calendarOf.ts'
export { type Change, type Comparison, type Contrast, compare, contrast } from './compare.ts'
export { foresee } from './foresee.ts'
export type { Journeys, Persona } from './journeys.ts'
export { checkJourneys, type ParsedJourneys, parseJourneys } from './parseJourneys.ts'
export { merge, type Report } from './report.ts'
export { type RunOptions, simulate } from './simulate.ts'
export { stockJourneys } from './stockPersonas.ts'
export { type Spread, type Summaries, type Summary, summarize } from './summarize.ts'
