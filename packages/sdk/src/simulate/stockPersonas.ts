import type { CheckedConfig } from '../config/types.ts'
import type { Growth, Interest, Journeys, Persona } from './journeys.ts'

/**
 * Five kinds of user that most products know, fitted to a file: its plans, resources, features, routes and events.
 *
 * @param configs The file; of two that are compared both, so that a trigger of either meets whom it is for. Plans are
 *   the first one's.
 */
export function stockJourneys(...configs: readonly [CheckedConfig, ...CheckedConfig[]]): Journeys {
  const [{ plans }] = configs
  const first = plans[0]?.id
  const second = plans[1]?.id ?? first
  const resources = names(configs, (config) => [
    ...Object.keys(config.resources),
    ...config.plans.flatMap(({ limits }) => Object.keys(limits)),
  ])
  const features = names(configs, ({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.type === 'feature_discovery' ? trigger.feature : [])),
  )
  const events = names(configs, ({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.type === 'usage_milestone' ? trigger.metric : [])),
  ).filter((metric) => !resources.includes(metric))
  const paths = names(configs, ({ triggers }) =>
    triggers.flatMap((trigger) => (trigger.type === 'feature_discovery' ? trigger.routes.map(pathOf) : [])),
  )

  const routes = { '/': 3, ...Object.fromEntries(paths.map((path) => [path, 1])) }
  const all = (growth: Growth): { [resource: string]: Growth } =>
    Object.fromEntries(resources.map((resource) => [resource, growth]))
  const near = (interest: Interest): Pick<Persona, 'features'> => ({
    features: Object.fromEntries(features.map((feature) => [feature, interest])),
  })
  const often = (times: number): Pick<Persona, 'events'> => ({
    events: Object.fromEntries(events.map((event) => [event, times])),
  })
  const on = (plan: string | undefined): Pick<Persona, 'plan'> => (plan === undefined ? {} : { plan })

  return {
    version: 1,
    personas: [
      {
        id: 'solo-trialist',
        weight: 3,
        role: 'owner',
        ...on(first),
        age: '2d',
        usage: all({ from: 0, to: '60%', curve: 'saturating' }),
        visits: { perWeek: 2.5, minutes: 10 },
        routes,
        ...near({ hover: 0.1, try: 0.03, search: 0.03 }),
        ...often(2),
        buys: 0.15,
      },
      {
        id: 'growing-admin',
        weight: 2,
        role: 'admin',
        ...on(first),
        age: '200d',
        health: 85,
        usage: all({ from: '55%', to: '120%', curve: 'linear' }),
        visits: { perWeek: 3, minutes: 15 },
        routes,
        ...near({ hover: 0.08, try: 0.04, search: 0.03 }),
        ...often(4),
        buys: 0.4,
      },
      {
        id: 'member',
        weight: 3,
        role: 'member',
        ...on(first),
        age: '200d',
        health: 80,
        usage: all({ from: '65%', to: '105%', curve: 'linear' }),
        visits: { perWeek: 2, minutes: 12 },
        routes,
        ...near({ hover: 0.06, try: 0.02, search: 0.01 }),
        ...often(3),
      },
      {
        id: 'heavy-user',
        weight: 1,
        role: 'admin',
        ...on(second),
        age: '400d',
        health: 90,
        usage: {
          ...all({ from: '20%', to: '110%', curve: 'exponential', resets: '30d' }),
          // People do not leave at the end of a month.
          ...(resources.includes('seats') && { seats: { from: '70%', to: '95%' } }),
        },
        visits: { perWeek: 4, minutes: 20 },
        routes,
        ...near({ hover: 0.1, try: 0.05, search: 0.05 }),
        ...often(6),
        buys: 0.4,
      },
      {
        id: 'dormant',
        weight: 1,
        role: 'owner',
        ...on(first),
        age: '500d',
        health: 40,
        usage: all({ from: '25%', curve: 'linear', noise: 0.05 }),
        visits: { perWeek: 0.3, minutes: 5 },
        routes,
      },
    ],
  }
}

function names(configs: readonly CheckedConfig[], of: (config: CheckedConfig) => readonly string[]): string[] {
  return [...new Set(configs.flatMap(of))]
}

/** A path that a glob matches. */
function pathOf(glob: string): string {
  return glob.replaceAll('**', '*').replaceAll('*', 'any')
}
