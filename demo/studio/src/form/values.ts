/** How values of the file are written in a form's fields, and read from them. */

import { get } from '../../../../packages/sdk/src/config/loose.ts'

export type Path = readonly (string | number)[]

/** What kind of value a field is for. */
export type Kind =
  | 'text'
  | 'number'
  /** A number or nothing at all: `null` is unlimited. */
  | 'limit'
  /** Parts of 1, written as percents: `80, 95, 100`. */
  | 'percents'
  | 'numbers'
  | 'names'
  | 'switch'
  /** Any JSON: a condition. */
  | 'json'

export interface Field {
  readonly path: Path
  readonly label: string
  readonly kind: Kind
  /** What holds where it is left empty. */
  readonly otherwise?: string
  /** The values to choose from. */
  readonly options?: readonly string[]
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** A value as its field shows it. */
export function toField(kind: Kind, value: unknown): string {
  if (value === undefined) return ''
  if (kind === 'json') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (kind === 'limit' && value === null) return 'unlimited'
  if (kind === 'percents' && (typeof value === 'number' || Array.isArray(value)))
    return [value]
      .flat()
      .map((part) => (typeof part === 'number' ? Math.round(part * 10_000) / 100 : part))
      .join(', ')
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * What a field's text says.
 *
 * @returns `undefined`: nothing, so that the default holds. What cannot be read is handed on as it is, and is a fault
 *   where it stands.
 */
export function fromField(kind: Kind, text: string): unknown {
  const trimmed = text.trim()
  if (!trimmed) return undefined
  const parts = trimmed.split(',').map((part) => part.trim())
  switch (kind) {
    case 'text':
      return text
    case 'number':
      return NUMBER.test(trimmed) ? Number(trimmed) : trimmed
    case 'limit':
      return /^unlimited$/i.test(trimmed) ? null : NUMBER.test(trimmed) ? Number(trimmed) : trimmed
    case 'numbers':
      return parts.filter(Boolean).map((part) => (NUMBER.test(part) ? Number(part) : part))
    case 'percents': {
      const marks = parts
        .filter(Boolean)
        .map((part) => part.replace(/\s*%$/, ''))
        .map((part) => (NUMBER.test(part) ? Number(part) / 100 : part))
      return marks.length === 1 ? marks[0] : marks
    }
    case 'names':
      return parts.filter(Boolean)
    case 'switch':
      return trimmed === 'true'
    case 'json':
      try {
        return JSON.parse(trimmed)
      } catch {
        return trimmed
      }
  }
  return kind satisfies never
}

/** The places in a text for people: itself, or each of its plural forms and locales. */
export function leavesOf(source: unknown, path: Path): readonly Path[] {
  const value = get(source, ...path)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.keys(value)
    .filter((key) => key !== 'by')
    .flatMap((key) => leavesOf(source, [...path, key]))
}
