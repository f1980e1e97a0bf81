import * as z from 'zod/mini'
import { checkLink } from './checkLink.ts'
import type { Report } from './faults.ts'
import { isObject, isReserved } from './loose.ts'
import { parseDuration, parseMoment } from './time.ts'
import type { Condition, Duration } from './types.ts'

// Of zod's core rather than its mini form, whose schemas carry ways to parse that nothing here asks for.

export type Schema<T> = z.core.$ZodType<T, T>
type Issue = z.core.$ZodRawIssue

/** What the generator of the JSON Schema must know of a schema of ours: its kind and names, or the schemas within. */
export interface Hint {
  readonly kind?: string
  readonly names?: readonly string[] | undefined
  readonly inner?: z.core.$ZodType
  readonly either?: readonly z.core.$ZodType[]
  readonly each?: z.core.$ZodType
}

interface Own extends z.core.$ZodType {
  _zod: z.core.$ZodTypeInternals & { def: z.core.$ZodTypeDef & Hint & { find: Find } }
}
type Find = (value: never) => Issue[]

/**
 * A schema of ours: one function finds what is wrong with a value. (Zod's own classes for text, numbers, choices, unions
 * and records would cost 1,500 bytes more, and say less.)
 */
const Own: z.core.$constructor<Own> = z.core.$constructor('Own', (schema, def) => {
  z.core.$ZodType.init(schema, def)
  schema._zod.parse = ({ value }) => ({ value, issues: def.find(value as never) })
})
const own = <T>(hint: Hint, find: Find) => new Own({ type: 'unknown', ...hint, find }) as Schema<T>

const issue = (input: unknown, kind: string, names?: readonly string[], path: PropertyKey[] = []): Issue => ({
  code: 'custom',
  input,
  kind,
  names,
  path,
})

/** What zod finds wrong with a value. It is asked without its words for people: `describe` has ours. */
const issuesOf = (schema: z.core.$ZodType, value: unknown): Issue[] =>
  (schema._zod.run({ value, issues: [] }, {}) as z.core.ParsePayload).issues

/** The faults of a value, by a schema. */
export const faultsOf = (schema: z.core.$ZodType, value: unknown): Parameters<Report>[] =>
  issuesOf(schema, value).flatMap((issue): Parameters<Report>[] => {
    const { code, path = [], input } = issue
    if (code === 'custom') return [[path, input, issue.kind as string, issue.names as readonly string[]]]
    if (code !== 'unrecognized_keys') return [[path, input, issue.expected === 'array' ? 'list' : 'object']]
    const known = Object.keys((issue.inst as z.core.$ZodObject)._zod.def.shape)
    return issue.keys.map((key) => [[...path, key], key, 'key', known])
  })

/** A value that one test decides. */
export const leaf = <T>(kind: string, test: (value: never) => unknown, names?: readonly string[]): Schema<T> =>
  own({ kind, names }, (value) => (test(value) ? [] : [issue(value, kind, names)]))

/** A test more of what a schema finds sound, unknown keys aside. */
export const checked = <T>(inner: Schema<T>, kind: string, test: (value: T) => boolean): Schema<T> =>
  own({ kind, inner }, (value) => {
    const issues = issuesOf(inner, value)
    if (issues.some(({ code }) => code !== 'unrecognized_keys') || test(value)) return issues
    return [...issues, issue(value, kind)]
  })

/** One of two schemas, by a look at the value: so faults speak of the one that was meant. */
export const either = <A, B>(
  first: Schema<A>,
  second: Schema<B>,
  isSecond: (value: unknown) => boolean,
): Schema<A | B> => own({ either: [first, second] }, (value) => issuesOf(isSecond(value) ? second : first, value))

/** An object whose keys the author chooses. */
export const map = <T>(each: Schema<T>, kind = 'name', isKey = isName): Schema<{ readonly [key: string]: T }> =>
  own({ each }, (value: unknown) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          isKey(key) ? z.core.util.prefixIssues(key, issuesOf(each, item)) : [issue(key, kind, undefined, [key])],
        )
      : [issue(value, 'object')],
  )

const catchall = new z.core.$ZodNever({ type: 'never' })

/** An object whose keys are ours. */
export const object = <S extends z.core.$ZodShape>(shape: S) =>
  new z.core.$ZodObject({ type: 'object', shape, catchall }) as z.core.$ZodObject<S, z.core.$strict>

export const list = <T>(element: Schema<T>, least = 0, most = 1000): Schema<readonly T[]> =>
  checked(
    new z.core.$ZodArray({ type: 'array', element }) as Schema<readonly T[]>,
    `list ${least} ${most}`,
    ({ length }) => length >= least && length <= most,
  )

/** A key that may be left out. */
export const maybe = <S extends z.core.$ZodType>(innerType: S) =>
  new z.core.$ZodExactOptional({ type: 'optional', innerType }) as z.core.$ZodExactOptional<S>

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

export const isName = (key: string): boolean => key.length > 0 && key.length < 201 && !isReserved(key)
export const name = text('name', 200, isName)
/** Nothing that reaches out of its line: controls, overrides of direction, halves of letters, towers of marks. */
const isPlain = (value: string): boolean => !/[\u202a-\u202e]|(?!\s)\p{Cc}|\p{Cs}|\p{M}{8}/u.test(value)
/** Copy over its bound costs the file. */
export const line = text('copy', 500, isPlain)
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
