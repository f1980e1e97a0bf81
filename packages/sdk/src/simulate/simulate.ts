import type { CheckedConfig } from '../config/types.ts'
import { matchSearch, searchWords } from '../core/matchSearch.ts'
import { prepareRules } from '../core/rules.ts'
import { castOf } from './cast.ts'
import type { Journeys } from './journeys.ts'
import { characterOf, live, type World } from './life.ts'
import { merge, type Report, tallyOf } from './report.ts'
import { DAY } from './visits.ts'

export interface RunOptions {
  /** @default 90 */
  readonly days?: number
  /** The first user, and the one after the last: so a run is shared out. @default 0 and 1,000 */
  readonly from?: number
  readonly to?: number
  /** A whole number. @default 1 */
  readonly seed?: number
  /** When the first day begins, epoch milliseconds; a `start` of the journeys comes before it. @default 5 January 2026 */
  readonly startAt?: number
  /** The file that gives the personas' plans and shares their meaning. @default the file that is played */
  readonly base?: CheckedConfig
}

/** A Monday. */
const START_AT = Date.UTC(2026, 0, 5)

/** Makes everything ready that all lives of a run have in common. */
export function worldOf(config: CheckedConfig, journeys: Journeys, options: RunOptions = {}): World {
  const { days = 90, seed = 1, startAt = START_AT, base = config } = options
  const rules = prepareRules(config, (day, plus) => Date.parse(`${day}T00:00Z`) + plus * DAY)
  const words = searchWords(rules)
  return {
    rules,
    finds: new Map([...words].map(([feature, [name = '']]) => [feature, matchSearch(name, words)])),
    cast: castOf(journeys, base),
    seed,
    startAt: journeys.start === undefined ? startAt : Date.parse(`${journeys.start}T00:00Z`),
    days,
  }
}

/**
 * Plays the journeys of users `from` up to `to` through a file, and counts. Pure: the same arguments give the same
 * report, in any order, on any machine. A run may be shared out over workers, and its parts put together by `merge`.
 *
 * @param tell Is told after each user how many have lived.
 */
export function simulate(
  config: CheckedConfig,
  journeys: Journeys,
  options: RunOptions = {},
  tell: (done: number) => void = () => {},
): Report {
  const { from = 0, to = 1000 } = options
  const world = worldOf(config, journeys, options)
  const { rules, days, startAt, seed } = world
  const tallies = new Map(world.cast.map((who) => [who.id, tallyOf(rules, days, startAt)]))
  for (let user = from; user < to; user++) {
    const tally = tallies.get(characterOf(world, user).id) as ReturnType<typeof tallyOf>
    tally.begin()
    live(world, user, tally.take)
    tally.end()
    tell(user + 1 - from)
  }
  const personas = Object.fromEntries([...tallies].map(([id, tally]) => [id, tally.counted()]))
  // A sum shares nothing with what was summed.
  return merge({ days, seed, startAt, personas }, { days, seed, startAt, personas: {} })
}
