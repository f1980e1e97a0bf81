import { get, keysOf, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Shape } from './schema.ts'
import { resourcesOf } from './words.ts'

export const TYPES = {
  limit_approaching: 'A limit comes near',
  feature_discovery: 'A locked feature is discovered',
  team_growth: 'The team grows',
  usage_milestone: 'A milestone is reached',
} as const

export type Type = keyof typeof TYPES

/** What a trigger has under each heading; all else is what it watches. */
const HEADINGS: { readonly [heading: string]: readonly string[] } = {
  'What it says': ['copy', 'cta'],
  'To whom, where and when': ['audience', 'slot', 'priority', 'group', 'schedule'],
  'How often': ['frequency', 'suppress', 'snooze', 'holdout'],
}

/** These have a heading of their own. */
const LAST = ['variants', 'ignore']

type Keys = Extract<Shape, { kind: 'object' }>['keys']

/** The keys of a trigger by heading, in the order in which they are read; without a heading last. */
export function underHeadings({ keys }: Extract<Shape, { kind: 'object' }>): readonly (readonly [string, Keys])[] {
  const named = Object.entries(HEADINGS).map(
    ([heading, names]) => [heading, names.flatMap((name) => keys.filter(([key]) => key === name))] as const,
  )
  const last = keys.filter(([key]) => LAST.includes(key))
  const placed = new Set([...named.flatMap(([, under]) => under), ...last].map(([key]) => key))
  // Of what type it is, its heading says; another type is another trigger.
  const watched = keys.filter(([key]) => key !== 'type' && !placed.has(key))
  return [['What it watches', watched], ...named, ['', last]]
}

/** A trigger to begin with. */
export function newTrigger(source: unknown, type: Type): object {
  const ids = new Set(listOf(get(source, 'triggers')).map((trigger) => get(trigger, 'id')))
  const [resource = 'projects'] = resourcesOf(source).filter((name) => name !== 'seats')
  const [feature = 'feature'] = keysOf(get(source, 'features'))
  const base = {
    limit_approaching: `${resource}-limit`,
    feature_discovery: feature,
    team_growth: 'team-growth',
    usage_milestone: `${resource}-milestones`,
  }[type]
  let id = base
  for (let n = 2; ids.has(id); n++) id = `${base}-${n}`
  switch (type) {
    case 'limit_approaching':
      return { id, type, resource }
    case 'feature_discovery':
      return { id, type, feature }
    case 'team_growth':
      return { id, type }
    case 'usage_milestone':
      return { id, type, metric: resource, milestones: [10, 50, 100] }
  }
  return type satisfies never
}
