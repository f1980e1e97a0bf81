import { isObject } from '../config/loose.ts'
import type { Condition } from '../config/types.ts'
import type { SavedGroups } from '../core/compileCondition.ts'
import { evaluateCondition } from '../core/evaluateCondition.ts'

/** What is known of whoever the condition is asked about, by path. A path that is not there may have any value. */
export type Known = ReadonlyMap<string, string | number | Span>

/** A figure that lies between two bounds, both included. */
export interface Span {
  readonly least: number
  readonly most: number
}

/** `undefined`: it may be either. */
type Truth = boolean | undefined

/** Whether a condition could hold of anybody of whom this is known. Errs toward yes. */
export function mayHold(condition: Condition | undefined, known: Known, groups: SavedGroups): boolean {
  return !condition || judge(condition, known, groups) !== false
}

function judge(condition: unknown, known: Known, groups: SavedGroups): Truth {
  if (!isObject(condition)) return undefined
  return all(
    Object.entries(condition).map(([key, operand]) => {
      const parts = (): Truth[] => (Array.isArray(operand) ? operand.map((part) => judge(part, known, groups)) : [])
      if (key === '$and') return all(parts())
      if (key === '$or') return any(parts())
      if (key === '$nor') return not(any(parts()))
      if (key === '$not') return not(judge(operand, known, groups))
      return judgeField(key, operand, known.get(key), groups)
    }),
  )
}

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth)
const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true
/** An empty `$or` is true: GrowthBook's. */
const any = (truths: readonly Truth[]): Truth => !truths.length || not(all(truths.map(not)))

function judgeField(
  path: string,
  operand: unknown,
  known: string | number | Span | undefined,
  groups: SavedGroups,
): Truth {
  if (known !== undefined && typeof known !== 'object')
    return evaluateCondition({ [path]: operand }, nest(path, known), groups)
  if (isObject(operand) && Array.isArray(operand.$in) && !operand.$in.length) return false
  const wanted = spanOf(operand)
  const least = Math.max(wanted.least, known?.least ?? -Infinity)
  const most = Math.min(wanted.most, known?.most ?? Infinity)
  return least > most ? false : undefined
}

const nest = (path: string, value: unknown): { [key: string]: unknown } =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as { [key: string]: unknown }

/** Between which figures an operand could hold; open bounds are taken in by the least step. */
function spanOf(operand: unknown): Span {
  if (typeof operand === 'number') return { least: operand, most: operand }
  let least = -Infinity
  let most = Infinity
  if (isObject(operand))
    for (const [operator, value] of Object.entries(operand)) {
      if (typeof value !== 'number') continue
      if (operator === '$gte' || operator === '$eq') least = Math.max(least, value)
      if (operator === '$gt') least = Math.max(least, value + Number.EPSILON)
      if (operator === '$lte' || operator === '$eq') most = Math.min(most, value)
      if (operator === '$lt') most = Math.min(most, value - Number.EPSILON)
    }
  return { least, most }
}
