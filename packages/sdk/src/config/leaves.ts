import * as z from 'zod/mini'
import { checkLink } from './checkLink.ts'
import { get, isObject, isReserved, keysOf } from './loose.ts'
import { parseDuration, parseMoment } from './time.ts'
import type { Condition, Duration } from './types.ts'

export type Schema<T> = z.ZodMiniType<T, T>
type Check = (payload: { readonly value: unknown; readonly issues: unknown[] }) => void

/** What the generator of the JSON Schema must know of a check: its kind and names, or the schemas within. */
export interface Hint {
  readonly kind?: string
  readonly names?: readonly string[]
  readonly either?: readonly z.ZodMiniType[]
  readonly each?: z.ZodMiniType
}

export const checked = <T>(schema: { check(...checks: Check[]): unknown }, hint: Hint, check: Check): Schema<T> =>
  schema.check(Object.assign(check, { hint })) as Schema<T>

/** An issue of ours; `found` and `names` outlive zod's finishing touches as its `params`. */
export const fault = (found: unknown, kind: string, names?: readonly string[], path: PropertyKey[] = []) => ({
  code: 'custom',
  message: kind,
  path,
  params: { found, names },
})

/** What zod finds wrong with a value. */
export const issuesOf = (schema: z.ZodMiniType, value: unknown): readonly z.core.$ZodIssue[] =>
  schema.safeParse(value).error?.issues ?? []

/**
 * A value that one test decides. (Zod's own classes for text, numbers, choices, unions and records would cost 1,500
 * bytes more, and say less.)
 */
const leaf = <T>(kind: string, test: (value: never) => unknown, names?: readonly string[]): Schema<T> =>
  checked(z.unknown(), { kind, names: names! }, ({ value, issues }) => {
    if (!test(value as never)) issues.push(fault(value, kind, names))
  })

/** One of two schemas, by a look at the value: so faults speak of the one that was meant. */
export const either = <A, B>(
  first: Schema<A>,
  second: Schema<B>,
  isSecond: (value: unknown) => boolean,
): Schema<A | B> =>
  checked(z.unknown(), { either: [first, second] }, ({ value, issues }) => {
    issues.push(...issuesOf(isSecond(value) ? second : first, value))
  })

/** An object whose keys the author chooses. */
export const map = <T>(each: Schema<T>, kind = 'name', isKey = isName): Schema<{ readonly [key: string]: T }> =>
  checked(z.unknown(), { each }, ({ value, issues }) => {
    if (!isObject(value)) issues.push(fault(value, 'object'))
    for (const key of keysOf(value)) {
      if (isKey(key))
        for (const issue of issuesOf(each, get(value, key))) issues.push({ ...issue, path: [key, ...issue.path] })
      else issues.push(fault(key, kind, undefined, [key]))
    }
  })

/** An object whose keys are ours. The message of an unknown key lists them. */
export const object = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, { error: ({ code }) => (code === 'unrecognized_keys' ? Object.keys(shape).join() : 'object') })

export const list = <T>(item: Schema<T>, least = 0, most = 1000): Schema<readonly T[]> => {
  const kind = `list ${least} ${most}`
  return checked(z.array(item, 'list'), { kind }, ({ value, issues }) => {
    const { length } = value as readonly T[]
    if (length < least || length > most) issues.push(fault(value, kind))
  })
}

export const maybe = z.exactOptional

// ── Leaves ──────────────────────────────────────────────────────────────────

const text = (
  kind: string,
  most: number,
  test: (value: string) => unknown = () => true,
  names?: string[],
): Schema<string> =>
  leaf(kind, (value: unknown) => typeof value === 'string' && value && value.length <= most && test(value), names)

export const oneOf = <const T extends string>(...names: T[]): Schema<T> =>
  leaf('type', (value) => names.includes(value), names)

export const number = (least: number, most: number, whole = false): Schema<number> =>
  leaf(
    `${whole ? 'whole' : 'number'} ${least} ${most}`,
    (value: unknown) => typeof value === 'number' && value >= least && value <= most && !(whole && value % 1),
  )

const isName = (key: string): boolean => key.length > 0 && key.length < 201 && !isReserved(key)
export const name = text('name', 200, isName)
/** Copy over its bound costs the file. */
export const line = text('copy', 500)
export const anyText = text('text', 2000)
export const truth: Schema<boolean> = leaf('truth', (value) => typeof value === 'boolean')
export const condition: Schema<Condition> = leaf('condition', isObject)
export const part = number(0, 1)
export const amount = number(0, 1e12)
export const count = number(1, 1e6, true)

const duration = (least: number): Schema<Duration> => text('duration', 10, (value) => parseDuration(value)! >= least)
export const length = duration(1)
export const anyLength = duration(0)
export const span: Schema<'session' | Duration> = text(
  'span',
  10,
  (value) => value === 'session' || parseDuration(value),
  ['session'],
)
export const moment = text('moment', 40, parseMoment)
export const glob = text('glob', 500, (value) => value[0] === '/')
export const link = text('link', 2000, checkLink)
export const currency = text('currency', 3, (value) => /^[a-z]{3}$/i.test(value))
export const theme = text(
  'theme',
  100,
  (value) => !/[;{}\\<>@\p{C}]|\/\*|(url|src|image|set|element|fade)\s*\(/iu.test(value),
)
export const limit: Schema<number | null> = leaf(
  'limit',
  (value: unknown) => value === null || (typeof value === 'number' && value >= 0),
)
export const positive: Schema<number> = leaf('positive', (value: unknown) => typeof value === 'number' && value > 0)
export const scalar: Schema<unknown> = leaf('scalar', (value) => Object(value) !== value && value !== undefined)
export const rung: Schema<number> = leaf(
  'rung',
  // 0.29 * 100 is not quite 29.
  (value: unknown) =>
    typeof value === 'number' && value >= 0.01 && value <= 1 && Math.abs(value * 100 - Math.round(value * 100)) < 1e-9,
)
const nothing: Schema<null> = leaf('null', (value) => value === null)
export const orNull = <T>(schema: Schema<T>): Schema<T | null> => either(schema, nothing, (value) => value === null)

/** Text by locale. */
export const byLocale = <T>(each: Schema<T>) =>
  map(each, 'locale', (key) => {
    try {
      return Intl.getCanonicalLocales(key).length > 0
    } catch {
      return false
    }
  })
