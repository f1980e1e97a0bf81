import type { CheckedConfig, CheckedMilestone } from '../../config/types.ts'
import { type Character, castOf } from '../../simulate/cast.ts'
import { growthAt } from '../../simulate/growth.ts'
import { stockJourneys } from '../../simulate/stockPersonas.ts'
import { DAY } from '../../simulate/visits.ts'
import type { Rule } from '../advice.ts'
import { mayHold } from '../mayHold.ts'
import { offering } from './reach.ts'

/** As long as a simulation is, where nothing else is said. */
const DAYS = 90
const WEEK = 7

/** Where a persona's figure stands some days on: by its curve alone, and up to the limit, as in the simulation. */
function figureOf(metric: string, { usage, events, visits, plan }: Character, config: CheckedConfig) {
  const growth = usage.find(({ resource }) => resource === metric)
  if (!growth) {
    const { perSession = 0 } = events.find(({ event }) => event === metric) ?? {}
    return (day: number): number => Math.floor((perSession * visits.perWeek * visits.perDay * day) / WEEK)
  }
  const { curve, from, to, overMs, resetsMs = Infinity } = growth
  const limit = config.plans.find(({ id }) => id === plan)?.limits[metric] ?? Infinity
  return (day: number): number =>
    Math.floor(Math.min(limit, growthAt(curve, from, to, ((day * DAY) % resetsMs) / overMs)))
}

/** On which day a persona is told of each milestone; one that it is past at the start, or too new for, is never told. */
function daysOf({ metric, milestones }: CheckedMilestone, who: Character, config: CheckedConfig): number[] {
  const figureOn = figureOf(metric, who, config)
  const figures = Array.from({ length: DAYS + 1 }, (_, day) => figureOn(day))
  return milestones.map((milestone) => {
    const day = figures.findIndex((figure) => figure >= milestone)
    return day > 0 && who.ageMs + day * DAY >= config.guardrails.minAccountAgeMs ? day : Number.NaN
  })
}

/** Finds milestones that somebody passes within a week of the one before: a stock persona whom the trigger is for. */
export const milestonesRule: Rule = ({ config, triggers }, tell) => {
  const cast = castOf(stockJourneys(config), config)
  for (const { trigger, path } of triggers) {
    if (trigger.type !== 'usage_milestone') continue
    const plans = new Set<string | undefined>(offering(config, trigger).map(({ id }) => id))
    const told = cast
      .filter(({ plan, user }) => {
        const known = new Map([
          ['account.plan', `${plan}`],
          ['user.role', `${user.role}`],
        ])
        return plans.has(plan) && mayHold(trigger.audience, known, config.savedGroups)
      })
      .map((who) => ({ who, days: daysOf(trigger, who, config) }))
    for (const [i, milestone] of trigger.milestones.entries()) {
      const apart = ({ days }: { readonly days: readonly number[] }) => (days[i] as number) - (days[i - 1] as number)
      const near = told.find((one) => apart(one) < WEEK)
      if (!near) continue
      const between = apart(near)
      tell(
        'milestones-near',
        [...path, 'milestones', i],
        `${milestone}, which a stock persona, ${near.who.id}, reaches ${between ? `${between} ${between > 1 ? 'days' : 'day'} after` : 'on the same day as'} ${trigger.milestones[i - 1]}`,
        'Leave more between the two: a week of use at least.',
      )
    }
  }
}
