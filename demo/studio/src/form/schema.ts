/** Reads the shipped schema: what may stand at each place of a file, and what is said of it. */

import shipped from '../../../../packages/sdk/plimsoll.schema.json'
import type { Kind, Path } from './values.ts'

interface Schema {
  readonly description?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly properties?: { readonly [key: string]: Schema }
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly { readonly $ref: string }[]
}

/** What may stand at a place. */
export type Shape =
  /** One field. */
  | { readonly kind: 'value'; readonly of: Kind; readonly options?: readonly string[] | undefined }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'object'; readonly keys: readonly (readonly [key: string, shape: Shape])[] }
  /** An object whose keys the author chooses, maybe from known ones. */
  | { readonly kind: 'map'; readonly each: Shape; readonly known: readonly string[] }
  | { readonly kind: 'list'; readonly each: Shape }
  | { readonly kind: 'either'; readonly of: readonly Shape[] }

const schema = shipped as unknown as Schema
const definitions = shipped.definitions as unknown as { readonly [name: string]: Schema }

/** An object with more keys than this, all of which may be left out, is drawn as one whose keys are chosen. */
const MANY = 30

const value = (of: Kind, options?: readonly string[]): Shape => ({ kind: 'value', of, options })

function shapeOf(at: Schema): Shape {
  const [ref] = at.allOf ?? []
  if (ref) return shapeOf(definitions[ref.$ref.replace('#/definitions/', '')] as Schema)
  if (at.anyOf) return eitherOf(at.anyOf.map(shapeOf))
  if (at.enum) return value('text', at.enum)
  if (at.properties) {
    const keys = Object.entries(at.properties).map(([key, inner]) => [key, shapeOf(inner)] as const)
    const [first] = keys
    if (first && keys.length > MANY && !at.required)
      return { kind: 'map', each: first[1], known: keys.map(([key]) => key) }
    return { kind: 'object', keys }
  }
  if (typeof at.additionalProperties === 'object')
    return { kind: 'map', each: shapeOf(at.additionalProperties), known: [] }
  if (at.items) return listOf(shapeOf(at.items))
  switch (at.type) {
    case 'boolean':
      return value('switch')
    case 'number':
    case 'integer':
      return value('number')
    case 'object':
      return value('json')
    case 'null':
      return { kind: 'nothing' }
  }
  return value(!Array.isArray(at.type) ? 'text' : at.type.includes('string') ? 'scalar' : 'limit')
}

/** A list of plain values is one field. */
function listOf(each: Shape): Shape {
  if (each.kind === 'value' && each.of === 'text') return value('lines')
  if (each.kind === 'value' && each.of === 'number') return value('numbers')
  if (each.kind === 'value' && each.of === 'scalar') return value('scalars')
  return { kind: 'list', each }
}

function eitherOf(shapes: readonly Shape[]): Shape {
  // Alternatives of alternatives read as one list.
  const of = shapes.flatMap((shape) => (shape.kind === 'either' ? shape.of : shape))
  const kinds = of.map((shape) => (shape.kind === 'value' ? shape.of : shape.kind)).join(' ')
  // One, or several of the same: one field.
  if (kinds === 'text text') return value('text')
  if (kinds === 'text lines') return value('line or lines')
  if (kinds === 'number numbers') return value('percents')
  return { kind: 'either', of }
}

/** What may stand under a key of the whole file. */
export function shapeAt(key: string): Shape {
  return shapeOf(schema.properties?.[key] as Schema)
}

/** What a trigger of a type may have. */
export function triggerShape(type: unknown): Extract<Shape, { kind: 'object' }> | undefined {
  const found = schema.properties?.triggers?.items?.anyOf?.find(
    ({ properties }) => properties?.type?.enum?.[0] === type,
  )
  return found && (shapeOf(found) as Extract<Shape, { kind: 'object' }>)
}

/** The keys of the whole file. */
export const sections: readonly string[] = Object.keys(schema.properties ?? {})

/** What the schema says of a place in the file; empty: nothing. */
export function hintAt(path: Path): string {
  return find(schema, path)?.description?.replaceAll('`', '') ?? ''
}

function find(at: Schema, path: Path): Schema | undefined {
  const [step, ...rest] = path
  if (step === undefined) return at
  const own =
    typeof step === 'number'
      ? at.items
      : (at.properties?.[step] ?? (typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined))
  const found = own && find(own, rest)
  if (found) return found
  for (const one of [
    ...(at.anyOf ?? []),
    ...(at.allOf ?? []).map(({ $ref }) => definitions[$ref.slice(14)] as Schema),
  ]) {
    const inside = find(one, path)
    if (inside) return inside
  }
  return undefined
}
