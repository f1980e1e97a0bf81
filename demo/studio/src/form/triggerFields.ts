import { get, keysOf, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Field, Path } from './values.ts'

export const TYPES = {
  limit_approaching: 'A limit comes near',
  feature_discovery: 'A locked feature is discovered',
  team_growth: 'The team grows',
  usage_milestone: 'A milestone is reached',
} as const

export type Type = keyof typeof TYPES

const resourcesOf = (source: unknown): string[] => [
  ...new Set([
    ...keysOf(get(source, 'resources')),
    ...listOf(get(source, 'plans')).flatMap((plan) => keysOf(get(plan, 'limits'))),
  ]),
]

/** The fields of one trigger, each with the kind of value that stands there. */
export function triggerFields(source: unknown, at: Path): readonly (readonly [group: string, readonly Field[]])[] {
  const type = get(source, ...at, 'type')
  const field = (path: Path, label: string, more: Omit<Field, 'path' | 'label'>): Field => ({
    path: [...at, ...path],
    label,
    ...more,
  })
  const marks = field(['at'], 'Speaks from, in percent of the limit', { kind: 'percents', otherwise: '80' })
  const own: { readonly [type: string]: readonly Field[] } = {
    limit_approaching: [field(['resource'], 'Resource', { kind: 'text', options: resourcesOf(source) }), marks],
    feature_discovery: [
      field(['feature'], 'Feature', { kind: 'text', options: keysOf(get(source, 'features')) }),
      field(['near', 'route'], 'Page that counts as near', { kind: 'text', otherwise: 'none: its control alone' }),
    ],
    team_growth: [marks],
    usage_milestone: [
      field(['metric'], 'Resource or event', { kind: 'text' }),
      field(['milestones'], 'Milestones', { kind: 'numbers' }),
      field(['surface'], 'Shown as', { kind: 'text', options: ['modal', 'toast'], otherwise: 'modal' }),
    ],
  }
  return [
    [
      'What it watches',
      [
        field(['enabled'], 'Switched on', { kind: 'switch', otherwise: 'true' }),
        field(['id'], 'Name', { kind: 'text' }),
        ...(own[String(type)] ?? []),
      ],
    ],
    [
      'What it says',
      [
        field(['copy', 'title'], 'Title', { kind: 'text', otherwise: 'built in' }),
        field(['copy', 'body'], 'Text', { kind: 'text', otherwise: 'built in' }),
        field(['cta', 'primary', 'label'], 'First button', { kind: 'text', otherwise: 'built in' }),
        field(['cta', 'secondary', 'label'], 'Second button', { kind: 'text', otherwise: 'built in' }),
      ],
    ],
    [
      'To whom, where and when',
      [
        field(['audience'], 'Audience, a condition', { kind: 'json', otherwise: 'everybody' }),
        field(['slot'], 'Slot', { kind: 'text', otherwise: 'none' }),
        field(['priority'], 'Priority', { kind: 'number', otherwise: '0' }),
        field(['group'], 'Group', { kind: 'text', otherwise: 'none' }),
        field(['schedule', 'from'], 'From', { kind: 'text', otherwise: 'always' }),
        field(['schedule', 'until'], 'Until', { kind: 'text', otherwise: 'always' }),
      ],
    ],
    [
      'How often',
      [
        field(['frequency'], 'Frequency', { kind: 'json', otherwise: 'as its type has it' }),
        field(['suppress'], 'Quiet after refusals', { kind: 'json', otherwise: 'as its type has it' }),
        field(['snooze'], 'Put off for', { kind: 'text', otherwise: 'session' }),
        field(['holdout'], 'Holdout, 0 to 1', { kind: 'number', otherwise: '0' }),
      ],
    ],
  ]
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
