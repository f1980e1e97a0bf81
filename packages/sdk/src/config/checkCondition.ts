import { checkRegex } from './checkRegex.ts'
import type { Path, Report } from './faults.ts'
import { isObject } from './loose.ts'

const LOGIC = ['$and', '$or', '$nor', '$not']
const TYPES = ['string', 'number', 'boolean', 'array', 'object', 'null', 'undefined']

/** Operators by what they take. */
const ANY = ['$eq', '$ne', '$not']
const LISTS = ['$in', '$nin', '$ini', '$nini', '$all', '$alli']
const FIGURES = ['$lt', '$lte', '$gt', '$gte', '$veq', '$vne', '$vgt', '$vgte', '$vlt', '$vlte']
const REGEXES = ['$regex', '$regexi', '$notRegex', '$notRegexi']
const OPERATORS = [
  ...ANY,
  ...LISTS,
  ...FIGURES,
  ...REGEXES,
  '$inGroup',
  '$notInGroup',
  '$exists',
  '$type',
  '$size',
  '$elemMatch',
]

const isOperators = (value: unknown): boolean => isObject(value) && Object.keys(value).some((key) => key[0] === '$')

/** What is left for all conditions of a file. */
export interface Budget {
  ways: number
}

/** As many ways to match as all patterns of a file may have: one decision may try every one. */
export const MAX_WAYS_OF_ALL = 1536

/**
 * Checks a condition, operator for operator, by GrowthBook's published targeting semantics.
 *
 * @param groups Names of `savedGroups`; those a condition asks for are told to `onGroup`.
 * @param budget What the patterns of the whole file may still cost: as many ways to match.
 */
export function checkCondition(
  condition: unknown,
  path: Path,
  report: Report,
  groups: readonly string[],
  onGroup: (name: string) => void,
  budget: Budget,
): void {
  type Check = (value: unknown, at: Path) => void

  const whole: Check = (value, at) => {
    if (!isObject(value)) return report(at, value, 'condition')
    for (const [key, item] of Object.entries(value)) {
      const below = [...at, key]
      if (key === '$not') whole(item, below)
      else if (key[0] !== '$') operand(item, below)
      else if (LOGIC.includes(key)) each(item, below, whole)
      else report(below, key, 'logic', LOGIC)
    }
  }

  const each = (list: unknown, at: Path, check: Check): void => {
    if (Array.isArray(list)) for (const [i, item] of list.entries()) check(item, [...at, i])
    else report(at, list, 'list')
  }

  const operand: Check = (value, at) => {
    if (isOperators(value)) for (const [key, item] of Object.entries(value as object)) operator(key, item, [...at, key])
  }

  const operator = (name: string, value: unknown, at: Path): void => {
    const type = typeof value
    const must = (isSound: boolean, kind: string, names?: readonly string[]): void => {
      if (!isSound) report(at, value, kind, names)
    }
    if (!OPERATORS.includes(name)) report(at, name, 'operator', OPERATORS)
    else if (ANY.includes(name)) operand(value, at)
    else if (LISTS.includes(name)) each(value, at, operand)
    else if (FIGURES.includes(name)) must(type === 'number' || type === 'string', 'figure')
    else if (REGEXES.includes(name)) {
      const found = type === 'string' ? checkRegex(value as string) : 'regex'
      if (typeof found === 'string') return must(false, found)
      must(found <= budget.ways, 'regex all')
      if (found <= budget.ways) budget.ways -= found
    } else if (name === '$exists') must(type === 'boolean', 'truth')
    else if (name === '$type') must(TYPES.includes(value as string), 'type', TYPES)
    else if (/Group/.test(name)) {
      must(groups.includes(value as string), 'savedGroup', groups)
      onGroup(value as string)
    } else if (isOperators(value)) operand(value, at)
    else if (name === '$size') must(type === 'number', 'size')
    else whole(value, at)
  }

  whole(condition, path)
}
