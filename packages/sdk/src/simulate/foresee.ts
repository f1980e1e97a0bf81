import type { Traffic } from '../advise/index.ts'
import type { CheckedConfig } from '../config/types.ts'
import { simulate } from './simulate.ts'
import { stockJourneys } from './stockPersonas.ts'
import { summarize } from './summarize.ts'

/** So many users are played, or fewer where many triggers make each of them slow: it takes a second or two. */
const USERS = 300
const WORK = 6000
/** Fewer would tell of themselves alone. */
const LEAST = 30
/** The traffic that is told of. */
const SCALE = 10_000
const DAYS = 90

/**
 * Foresees how many users each trigger asks and holds out, by a small simulation with the stock personas. Pure; nothing
 * is foreseen of a file with more than 200 triggers, which would take too long.
 *
 * @param startAt When the first day begins, epoch milliseconds.
 */
export function foresee(config: CheckedConfig, startAt: number): { readonly [triggerId: string]: Traffic } {
  const users = Math.min(USERS, Math.floor(WORK / config.triggers.length))
  if (users < LEAST) return {}
  // Who is held out counts as shown, so that without holdouts the same users are reached: all of them tell of those few.
  const open = { ...config, triggers: config.triggers.map((trigger) => ({ ...trigger, holdout: 0 })) }
  const { all } = summarize(simulate(open, stockJourneys(config), { to: users, days: DAYS, startAt }))
  return Object.fromEntries(
    all.triggers.map(({ id, reached, converted }) => {
      const { holdout = 0 } = config.triggers.find((trigger) => trigger.id === id) ?? {}
      const scaled = (count: number, part: number): number => Math.round((count * part * SCALE) / users)
      return [
        id,
        {
          users: SCALE,
          days: DAYS,
          shown: scaled(reached, 1 - holdout),
          heldOut: scaled(reached, holdout),
          converted: scaled(converted, 1 - holdout),
        },
      ]
    }),
  )
}
