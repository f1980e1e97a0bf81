import type { CheckedConfig } from '../config/types.ts'
import type { PersonaTally, Report } from './report.ts'

/** One field whose meaning changed. */
export interface Change {
  /** As the file has it: `frequency[0].max`. */
  readonly field: string
  /** In words, as a person would write it; `undefined`: it was not there, or is no more. */
  readonly was: string | undefined
  readonly is: string | undefined
}

/** What one file says otherwise than another. How it is written, and in which order its keys stand, is no difference. */
export interface Comparison {
  /** By id. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly { readonly id: string; readonly changes: readonly Change[] }[]
  /** In what triggers share: plans, caps, guardrails, words and the rest; and in the order of the triggers. */
  readonly shared: readonly Change[]
}

/** Says what changed in meaning between two checked files. */
export function compare(old: CheckedConfig, next: CheckedConfig): Comparison {
  const before = new Map(old.triggers.map((trigger) => [trigger.id, trigger]))
  const after = new Map(next.triggers.map((trigger) => [trigger.id, trigger]))
  const both = [...before.keys()].filter((id) => after.has(id))
  const { triggers: _, ...oldRest } = old
  const { triggers: __, ...nextRest } = next
  const order = [...after.keys()].filter((id) => before.has(id))
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: both.flatMap((id) => {
      const changes = changesOf(before.get(id), after.get(id), '')
      return changes.length ? [{ id, changes }] : []
    }),
    shared: [
      ...changesOf(oldRest, nextRest, ''),
      ...(order.join('\n') === both.join('\n') ? [] : [{ field: 'order', was: both.join(', '), is: order.join(', ') }]),
    ],
  }
}

/** What the checker works out from other fields, which say it already. */
const DERIVED = new Set(['needs'])

function changesOf(was: unknown, is: unknown, field: string): readonly Change[] {
  const key = /[^.[\]]*$/.exec(field)?.[0] ?? ''
  if (DERIVED.has(key) || same(was, is)) return []
  if (isRecord(was) && isRecord(is)) {
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) =>
      changesOf(was[name], is[name], field ? `${field}.${name}` : name),
    )
  }
  const [before, after] = [byId(was), byId(is)]
  if (before && after) {
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) =>
      changesOf(before.get(id), after.get(id), `${field}[${id}]`),
    )
  }
  return [
    { field: field.replace(/Ms$/, '').replace(/\.seatTiers$/, '.seatPrice'), was: write(was, key), is: write(is, key) },
  ]
}

/** A list of things with ids, by these. */
function byId(list: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(list) || !list.every((item) => isRecord(item) && typeof item.id === 'string')) return
  return new Map(list.map((item) => [item.id as string, item]))
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether two values say the same, whatever the order of keys. */
function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
  [1000, 's'],
]

/** Writes a value as a person would in the file: lengths of time with their unit, marks as parts. */
function write(value: unknown, key: string): string | undefined {
  if (value === undefined) return
  if (/(Ms|^per|^snooze)$/.test(key) && typeof value === 'number') return duration(value)
  if (key === 'at' && Array.isArray(value)) return value.map((percent) => `${percent} %`).join(', ')
  if (Array.isArray(value)) return value.map((item) => write(item, '') ?? 'nothing').join(', ') || 'none'
  if (isRecord(value)) {
    const parts = Object.entries(value).map(([name, item]) => `${name.replace(/Ms$/, '')} ${write(item, name)}`)
    return parts.join(', ') || 'none'
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function duration(ms: number): string {
  const [unit, name] = UNITS.find(([length]) => ms >= length && ms % length === 0) ?? [1000, 's']
  return `${ms / unit}${name}`
}

/** What a persona sees of two files. */
export interface Contrast {
  readonly persona: string
  readonly users: number
  readonly verdict: 'more' | 'fewer' | 'other' | 'same'
  /** Prompts shown, in all. */
  readonly was: number
  readonly is: number
  /** Users who saw none, and too many in a week. */
  readonly never: readonly [was: number, is: number]
  readonly tooOften: readonly [was: number, is: number]
  /** The triggers that show more or less often. */
  readonly triggers: readonly { readonly id: string; readonly was: number; readonly is: number }[]
}

/** Says which personas see more, fewer or other prompts; of two reports of the same journeys, users, days and seed. */
export function contrast(old: Report, next: Report): readonly Contrast[] {
  return Object.keys(next.personas).map((persona) => {
    const [before, after] = [old.personas[persona] as PersonaTally, next.personas[persona] as PersonaTally]
    const ids = [...new Set([...Object.keys(before.triggers), ...Object.keys(after.triggers)])]
    const triggers = ids
      .map((id) => ({ id, was: before.triggers[id]?.shown ?? 0, is: after.triggers[id]?.shown ?? 0 }))
      .filter(({ was, is }) => was !== is)
    const sum = ({ triggers: all }: PersonaTally): number => Object.values(all).reduce((n, { shown }) => n + shown, 0)
    const [was, is] = [sum(before), sum(after)]
    return {
      persona,
      users: after.users,
      verdict: is > was ? 'more' : is < was ? 'fewer' : triggers.length ? 'other' : 'same',
      was,
      is,
      never: [before.never, after.never],
      tooOften: [before.tooOften, after.tooOften],
      triggers,
    }
  })
}
