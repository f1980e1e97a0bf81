import { parseDuration } from '../config/time.ts'
import type { CheckedConfig, TriggerType } from '../config/types.ts'
import type { WidgetKind } from '../core/prompt.ts'
import type { Answers, Curve, Interest, Journeys, Persona } from './journeys.ts'

/** A persona with everything filled in, in numbers. Lengths of time are milliseconds. */
export interface Character {
  readonly id: string
  /** Up to which part of 1 users are of this persona. */
  readonly upTo: number
  readonly plan: string | undefined
  readonly ageMs: number
  readonly user: { readonly [trait: string]: unknown }
  readonly account: { readonly [trait: string]: unknown }
  readonly usage: readonly FullGrowth[]
  readonly visits: { readonly perWeek: number; readonly perDay: number; readonly minutes: number }
  /** Each with the sum of the weights up to it, as a part of 1. */
  readonly routes: readonly { readonly path: string; readonly upTo: number }[]
  readonly features: readonly (Required<Interest> & { readonly feature: string })[]
  /** How often each is tracked in a session. */
  readonly events: readonly { readonly event: string; readonly perSession: number }[]
  readonly answers: { readonly [to in 'any' | WidgetKind | TriggerType]?: Required<Answers> }
  readonly buys: number
}

export interface FullGrowth {
  readonly resource: string
  readonly from: number
  readonly to: number
  readonly curve: Curve
  readonly overMs: number
  readonly noise: number
  readonly resetsMs: number | undefined
}

/** How people answer where nothing else is said. */
export const ANSWERS: Required<Answers> = { click: 0.08, dismiss: 0.45, snooze: 0.1, optOut: 0.01 }

/**
 * Fills in what personas leave out.
 *
 * @param config The file whose plans give shares of a limit their meaning.
 */
export function castOf({ personas }: Pick<Journeys, 'personas'>, config: CheckedConfig): readonly Character[] {
  const total = personas.reduce((sum, { weight = 1 }) => sum + weight, 0)
  let upTo = 0
  return personas.map((persona) => {
    upTo += (persona.weight ?? 1) / total
    return characterOf(persona, upTo, config)
  })
}

function characterOf(persona: Persona, upTo: number, config: CheckedConfig): Character {
  const { id, role = 'admin', plan = config.plans[0]?.id, age = '90d', health, flags = [], team } = persona
  const { perWeek = 3, perDay = 1, minutes = 12 } = persona.visits ?? {}
  const usage: Persona['usage'] = { ...(team !== undefined && { seats: { from: team } }), ...persona.usage }
  const routes = Object.entries(persona.routes ?? { '/': 1 })
  const weights = routes.reduce((sum, [, weight]) => sum + weight, 0)
  let sum = 0
  const any = { ...ANSWERS, ...persona.answers?.any }
  return {
    id,
    upTo,
    plan,
    ageMs: parseDuration(age) ?? 0,
    user: { ...persona.user, role },
    account: {
      ...persona.account,
      ...(health !== undefined && { health }),
      ...Object.fromEntries(flags.map((flag) => [flag, true])),
    },
    usage: Object.entries(usage).map(([resource, growth]) => {
      const { from = 0, to = from, curve = 'linear', noise = 0.2, resets, over = resets ?? '90d' } = growth
      const limit = limitFor(config, plan, resource)
      return {
        resource,
        from: figureOf(from, limit),
        to: figureOf(to, limit),
        curve,
        overMs: parseDuration(over) as number,
        noise,
        resetsMs: resets === undefined ? undefined : parseDuration(resets),
      }
    }),
    visits: { perWeek, perDay, minutes },
    routes: routes.map(([path, weight]) => {
      sum += weight / weights
      return { path, upTo: sum }
    }),
    features: Object.entries(persona.features ?? {}).map(([feature, interest]) => ({
      feature,
      hover: 0,
      try: 0,
      search: 0,
      ...interest,
    })),
    events: Object.entries(persona.events ?? {}).map(([event, times]) => ({
      event,
      perSession: perWeek ? times / (perWeek * perDay) : 0,
    })),
    answers: Object.fromEntries(
      Object.entries(persona.answers ?? {}).map(([to, answers]) => [to, { ...any, ...answers }]),
    ),
    buys: persona.buys ?? 0.3,
  }
}

/** The limit that a share is of: the plan's, where that is unlimited or unknown the largest of any plan, else 100. */
function limitFor({ plans }: CheckedConfig, plan: string | undefined, resource: string): number {
  const own = plans.find(({ id }) => id === plan)?.limits[resource]
  const limits = plans.map(({ limits }) => limits[resource]).filter((limit) => typeof limit === 'number')
  return own ?? (limits.length ? Math.max(...limits) : 100)
}

function figureOf(amount: number | string, limit: number): number {
  return typeof amount === 'number' ? amount : (Number.parseFloat(amount) / 100) * limit
}
