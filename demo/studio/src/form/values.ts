/** How values of the file are written in a form's fields, and read from them. */

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
  /** Texts, one a line. */
  | 'lines'
  /** One text, or several, one a line. */
  | 'line or lines'
  /** A text, number, truth or nothing; texts that read as another are in quotes. */
  | 'scalar'
  /** Such values, one a line. */
  | 'scalars'
  | 'switch'
  /** Any JSON: a condition. */
  | 'json'

export interface Field {
  readonly path: Path
  readonly label: string
  readonly kind: Kind
  /** What holds where it is left empty. */
  readonly otherwise?: string | undefined
  /** The values to choose from. */
  readonly options?: readonly string[] | undefined
  /** Said under the field. */
  readonly hint: string
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** Reads JSON; what is none is the text itself. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const writeScalar = (value: unknown): string =>
  typeof value === 'string' && readJson(value) === value && value.trim() === value && value && !value.includes('\n')
    ? value
    : JSON.stringify(value)

const asNumber = (text: string): number | string => (NUMBER.test(text) ? Number(text) : text)

/** A value as its field shows it. */
export function toField(kind: Kind, value: unknown): string {
  if (value === undefined) return ''
  switch (kind) {
    case 'limit':
      return value === null ? 'unlimited' : plain(value)
    case 'percents':
      return [value]
        .flat()
        .map((part) => (typeof part === 'number' ? Math.round(part * 10_000) / 100 : plain(part)))
        .join(', ')
    case 'numbers':
      return Array.isArray(value) ? value.map(plain).join(', ') : plain(value)
    case 'lines':
    case 'line or lines':
      return Array.isArray(value) ? value.map(plain).join('\n') : plain(value)
    case 'scalar':
      return writeScalar(value)
    case 'scalars':
      return Array.isArray(value) ? value.map(writeScalar).join('\n') : plain(value)
  }
  return plain(value)
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
  const parts = trimmed.split(/\s*,\s*/).filter(Boolean)
  const lines = trimmed.split(/\s*\n\s*/)
  switch (kind) {
    case 'text':
      return text
    case 'number':
      return asNumber(trimmed)
    case 'limit':
      return /^unlimited$/i.test(trimmed) ? null : asNumber(trimmed)
    case 'numbers':
      return parts.map(asNumber)
    case 'percents': {
      const marks = parts
        .map((part) => asNumber(part.replace(/\s*%$/, '')))
        .map((part) => (typeof part === 'number' ? part / 100 : part))
      return marks.length === 1 ? marks[0] : marks
    }
    case 'lines':
      return lines
    case 'line or lines':
      return lines.length === 1 ? lines[0] : lines
    case 'scalar':
    case 'json':
      return readJson(trimmed)
    case 'scalars':
      return lines.map(readJson)
    case 'switch':
      return trimmed === 'true'
  }
  return kind satisfies never
}

/** Whether a path leads to a place, or to something within it. */
export const isWithin = (path: Path, at: Path): boolean => at.every((step, i) => path[i] === step)
