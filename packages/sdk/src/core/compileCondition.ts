import type { Condition } from '../config/types.ts'

/** What a condition is asked about: plain data, reached by dotted paths. */
export type Attributes = { readonly [key: string]: unknown }

/** Lists that `$inGroup` and `$notInGroup` name. */
export type SavedGroups = { readonly [group: string]: readonly unknown[] }

/** One part of a condition, compiled. Takes the attributes, the value at a path, or an element of a list. */
type Test = (value: unknown) => boolean

/** Longest text that a pattern is tried on, in characters. */
const MAX_SUBJECT = 1000

/**
 * Compiles a MongoDB-style condition with GrowthBook's published targeting semantics.
 *
 * Patterns, groups and paths are read here, once. Own properties only. Never throws.
 *
 * Where GrowthBook would guess on, this shows less. A condition is false as a whole, whatever stands around the part
 * in question (`$not` and `$nor` included), when that part has an unknown operator, an invalid pattern or a wrong
 * shape; and so is one whose attributes cannot be read: a getter that throws, a cyclic object compared as JSON, a
 * `$regex` subject of over 1,000 characters.
 *
 * @param savedGroups By name; a name that is not there is an empty group.
 */
export function compileCondition(
  condition: Condition,
  savedGroups: SavedGroups = {},
): (attributes: Attributes) => boolean {
  // What cannot be read throws, here or below, however deep: each `catch` answers for the whole.
  let test = never
  try {
    test = compilePart(condition, savedGroups)
  } catch {}
  return (attributes) => {
    try {
      return test(attributes)
    } catch {
      return false
    }
  }
}

const never: Test = () => false
const not =
  (test: Test): Test =>
  (value) =>
    !test(value)
const every =
  (tests: readonly Test[]): Test =>
  (value) => {
    for (const test of tests) if (!test(value)) return false
    return true
  }

const { isArray } = Array
const isObject = (value: unknown): value is Attributes => !!value && typeof value === 'object'
const same = (value: unknown): unknown => value
const fold = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)

/** Compiles a condition on an object: the attributes, or an element of a list. */
function compilePart(condition: unknown, groups: SavedGroups): Test {
  if (!isObject(condition) || isArray(condition)) throw condition
  return every(
    // biome-ignore lint/suspicious/noExplicitAny: JSON; where it is no list, `map` throws
    Object.entries<any>(condition).map(([key, operand]) => {
      if (key[0] !== '$') {
        const path = key.split('.')
        const test = compileOperand(operand, groups)
        return (value) => test(valueAt(value, path))
      }
      if (key === '$not') return not(compilePart(operand, groups))
      const tests: Test[] = operand.map((part: unknown) => compilePart(part, groups))
      if (key === '$and') return every(tests)
      // an empty `$or` is true, and an empty `$nor` false: GrowthBook's
      const or: Test = (value) => !tests[0] || tests.some((test) => test(value))
      if (key === '$or') return or
      if (key === '$nor') return not(or)
      throw key
    }),
  )
}

/** Looks up the value at a path; `null` where there is none. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  for (const key of path) value = isObject(value) && Object.hasOwn(value, key) ? value[key] : null
  return value
}

/** Whether to read an object as operators: `{ $gt: 1 }`, unlike `{}` and `{ $gt: 1, other: 2 }`, which are values. */
function hasOperators(operand: object): boolean {
  const keys = Object.keys(operand)
  return !!keys[0] && keys.every((key) => key[0] === '$')
}

/**
 * Compiles what stands at a path: operators, or a value to equal, as loosely as GrowthBook does.
 *
 * @param prepare What to do with both texts before they are compared.
 */
// biome-ignore lint/suspicious/noExplicitAny: JSON, told apart here
function compileOperand(operand: any, groups: SavedGroups, prepare = same): Test {
  if (operand === null) return (value) => value === operand
  if (typeof operand === 'string') return (value) => prepare(`${value}`) === prepare(operand)
  if (typeof operand === 'number') return (value) => (value as number) * 1 === operand
  if (typeof operand === 'boolean') return (value) => value !== null && !!value === operand
  if (hasOperators(operand)) {
    return every(Object.entries(operand).map(([name, of]) => compileOperator(name, of, groups)))
  }
  const text = JSON.stringify(operand)
  return (value) => JSON.stringify(value) === text
}

// biome-ignore lint/suspicious/noExplicitAny: `<` orders whatever it is given
const COMPARISONS: { readonly [operator: string]: (value: any, operand: any) => boolean } = {
  $eq: (value, operand) => value === operand,
  $ne: (value, operand) => value !== operand,
  $lt: (value, operand) => value < operand,
  $lte: (value, operand) => value <= operand,
  $gt: (value, operand) => value > operand,
  $gte: (value, operand) => value >= operand,
  $exists: (value, operand) => (value != null) === !!operand,
  $type: (value, operand) => (value === null ? 'null' : isArray(value) ? 'array' : typeof value) === operand,
}

/** Compiles one operator; `$v…` compares versions, `$n…` negates, `$…i` takes no notice of case. */
// biome-ignore lint/suspicious/noExplicitAny: JSON
function compileOperator(name: string, operand: any, groups: SavedGroups): Test {
  const version = /^\$v(eq|ne|[lg]te?)$/.test(name) ? padVersion : same
  const compare = COMPARISONS[version === same ? name : `$${name.slice(2)}`]
  if (compare) {
    const to = version(operand)
    return (value) => compare(version(value), to)
  }

  if (name === '$not') return not(compileOperand(operand, groups))
  if (name === '$size') {
    const test = compileOperand(operand, groups)
    return (value) => isArray(value) && test(value.length)
  }
  if (name === '$elemMatch') {
    const test = hasOperators(operand) ? compileOperand(operand, groups) : compilePart(operand, groups)
    return (value) => isArray(value) && value.some((item) => item != null && test(item))
  }

  const positive = name[1] !== 'n'
  const prepare = name.endsWith('i') ? fold : same
  if (/^\$(r|notR)egexi?$/.test(name) && typeof operand === 'string') {
    const pattern = new RegExp(operand, prepare === fold ? 'i' : '')
    return (value) => {
      const subject = `${value}`
      if (subject.length > MAX_SUBJECT) throw name
      return pattern.test(subject) === positive
    }
  }

  let list = operand
  if (/^\$(i|notI)nGroup$/.test(name)) list = Object.hasOwn(groups, operand) ? groups[operand] : []
  else if (!/^\$(n?in|all)i?$/.test(name)) throw name
  // GrowthBook's, for `$nin` and `$nini` as well
  if (!isArray(list)) return never
  if (name[1] === 'a') {
    const tests = list.map((item) => compileOperand(item, groups, prepare))
    return (value) => isArray(value) && tests.every((test) => value.some(test))
  }
  const members = new Set(list.map(prepare))
  const isMember: Test = (item) => members.has(prepare(item))
  return (value) => (isArray(value) ? value.some(isMember) : isMember(value)) === positive
}

/** Writes a version so that order as text is its order: numbers padded, a release after its pre-releases. */
function padVersion(version: unknown): string {
  const text = (/string|number/.test(typeof version) && `${version}`) || '0'
  const parts = text.replace(/^v|\+.*$/g, '').split(/[-.]/)
  if (parts.length === 3) parts.push('~')
  return parts.map((part) => (/^\d+$/.test(part) ? part.padStart(5) : part)).join('-')
}
