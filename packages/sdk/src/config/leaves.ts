import * as z from 'zod/mini'
import { checkLink, LINK } from './checkLink.ts'
import { isObject } from './loose.ts'
import { isReserved } from './readBounded.ts'
import { parseDuration, parseMoment } from './time.ts'
import type { Condition, Duration } from './types.ts'

export type Schema<T> = z.ZodMiniType<T, T>
type Check = (payload: { readonly value: unknown; readonly issues: unknown[] }) => void

/** What an editor should know of a check: JSON Schema, in which zod schemas may stand for their own. Read by the generator. */
export type Hint = { readonly [keyword: string]: unknown }

/** Adds a check, and what the generator of the JSON Schema should know of it. */
export const checked = <T>(schema: { check(...checks: Check[]): unknown }, hint: Hint, check: Check): Schema<T> =>
  schema.check(Object.assign(check, { hint })) as Schema<T>

/** An issue of ours; `found` and `names` outlive zod's finishing touches as its `params`. */
export const fault = (found: unknown, message: string, names?: readonly string[], path: PropertyKey[] = []) => ({
  code: 'custom',
  message,
  path,
  params: { found, names },
})

/**
 * A value that one test decides, and that says in our words what it expected. (Zod's own classes for text, numbers,
 * choices, unions and records would cost 1,400 bytes more, and say less.)
 */
export const leaf = <T>(
  expected: string,
  hint: Hint,
  test: (value: never) => unknown,
  names?: readonly string[],
): Schema<T> =>
  checked(z.unknown(), hint, ({ value, issues }) => {
    if (!test(value as never)) issues.push(fault(value, expected, names))
  })

/** One of two schemas, by a look at the value: so faults speak of the one that was meant. */
export const either = <A, B>(
  first: Schema<A>,
  second: Schema<B>,
  isSecond: (value: unknown) => boolean,
): Schema<A | B> =>
  checked(z.unknown(), { anyOf: [first, second] }, ({ value, issues }) => {
    issues.push(...issuesOf(isSecond(value) ? second : first, value))
  })

/** An object whose keys the author chooses. */
export const map = <T>(item: Schema<T>, expected = NAME, isKey = isName): Schema<{ readonly [key: string]: T }> =>
  checked(z.unknown(), { type: 'object', additionalProperties: item }, ({ value, issues }) => {
    if (!isObject(value)) return void issues.push(fault(value, 'an object'))
    for (const [key, entry] of Object.entries(value)) {
      if (isKey(key)) for (const issue of issuesOf(item, entry)) issues.push({ ...issue, path: [key, ...issue.path] })
      else issues.push(fault(key, expected, undefined, [key]))
    }
  })

/** An object whose keys are ours. The message of an unknown key lists them. */
export const object = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? Object.keys(shape).join() : 'an object'),
  })

export const list = <T>(item: Schema<T>, least = 0, most = 1000): Schema<readonly T[]> =>
  checked(z.array(item, 'a list'), { minItems: least, maxItems: most }, ({ value, issues }) => {
    const { length } = value as readonly T[]
    if (length < least || length > most) issues.push(fault(value, `a list of ${least} to ${most}`))
  })

/** What zod finds wrong with a value. */
export const issuesOf = (schema: z.ZodMiniType, value: unknown): readonly z.core.$ZodIssue[] =>
  schema.safeParse(value).error?.issues ?? []

export const maybe = z.exactOptional

// ── Leaves ──────────────────────────────────────────────────────────────────

export const text = (
  expected: string,
  most: number,
  test: (value: string) => unknown = () => true,
  hint?: Hint,
  names?: string[],
): Schema<string> =>
  leaf(
    expected,
    { type: 'string', minLength: 1, maxLength: most, ...hint },
    (value: unknown) => typeof value === 'string' && value && value.length <= most && test(value),
    names,
  )

export const oneOf = <const T extends string>(...names: T[]): Schema<T> =>
  leaf('one of', { enum: names }, (value) => names.includes(value), names)

export const number = (least: number, most: number, whole = false): Schema<number> =>
  leaf(
    `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
    { type: whole ? 'integer' : 'number', minimum: least, maximum: most },
    (value: unknown) => typeof value === 'number' && value >= least && value <= most && !(whole && value % 1),
  )

export const NAME = "a name of 1 to 200 characters, not one of JavaScript's own"
export const isName = (key: string): boolean => key.length > 0 && key.length < 201 && !isReserved(key)
export const name = text(NAME, 200, isName)

/** Copy over its bound costs the file. */
export const COPY = 'text of 1 to 500 characters'
export const line = text(COPY, 500)

export const truth: Schema<boolean> = leaf('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean')
export const condition: Schema<Condition> = leaf(
  'a condition, such as { "user.role": "admin" }',
  { type: 'object' },
  isObject,
)
export const part = number(0, 1)
export const amount = number(0, 1e12)
export const count = number(1, 1e6, true)

export const duration = (least: number): Schema<Duration> =>
  text('a duration with its unit, such as "30m", "24h" or "30d"', 10, (value) => parseDuration(value)! >= least, {
    pattern: '^[0-9]+[smhdw]$',
  })
export const length = duration(1)
export const span: Schema<'session' | Duration> = text(
  'session, or a duration such as "24h"',
  10,
  (value) => value === 'session' || parseDuration(value),
  { pattern: '^(session|[0-9]+[smhdw])$' },
  ['session'],
)
export const moment = text(
  'a day such as "2026-02-28", or a time such as "2026-02-28T09:00:00Z"',
  40,
  (value) => parseMoment(value) !== undefined,
)
export const glob = text('a path that begins with "/" (* is one segment, ** any)', 500, (value) => value[0] === '/', {
  pattern: '^/',
})
export const link = text(LINK, 2000, checkLink)

export const isLocale = (key: string): boolean => {
  try {
    return Intl.getCanonicalLocales(key).length > 0
  } catch {
    return false
  }
}
export const LOCALE = 'a locale such as "en" or "pt-BR"'
