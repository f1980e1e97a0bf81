import { checkRegex } from './checkRegex.ts'
import { isObject } from './loose.ts'
import type { Path, Report } from './report.ts'

/** What each operator takes. */
const OPERATORS: { readonly [operator: string]: string } = Object.fromEntries(
  Object.entries({
    any: '$eq $ne $not',
    figure: '$lt $lte $gt $gte $veq $vne $vgt $vgte $vlt $vlte',
    list: '$in $nin $ini $nini $all $alli',
    regex: '$regex $regexi $notRegex $notRegexi',
    group: '$inGroup $notInGroup',
    truth: '$exists',
    type: '$type',
    size: '$size',
    element: '$elemMatch',
  }).flatMap(([takes, operators]) => operators.split(' ').map((operator) => [operator, takes])),
)
const OPERATOR_NAMES = Object.keys(OPERATORS)
const LOGIC_NAMES = ['$and', '$or', '$nor', '$not']
const TYPE_NAMES = ['string', 'number', 'boolean', 'array', 'object', 'null', 'undefined']

/**
 * Checks a condition, operator for operator, by GrowthBook's published targeting semantics.
 *
 * @param groups Names of `savedGroups`; those a condition asks for are told to `onGroup`.
 */
export function checkCondition(
  condition: unknown,
  path: Path,
  report: Report,
  groups: readonly string[],
  onGroup: (name: string) => void,
): void {
  const whole = (value: unknown, at: Path): void => {
    if (!isObject(value)) return report(at, value, 'a condition, such as { "user.role": "admin" }')
    for (const [key, item] of Object.entries(value)) {
      const below = [...at, key]
      if (key === '$not') whole(item, below)
      else if (!key.startsWith('$')) valueOf(item, below)
      else if (!LOGIC_NAMES.includes(key)) report(below, key, 'an attribute, or one of', LOGIC_NAMES)
      else each(item, below, whole)
    }
  }

  const each = (list: unknown, at: Path, check: (value: unknown, at: Path) => void): void => {
    if (!Array.isArray(list)) return report(at, list, 'a list')
    list.forEach((item, index) => {
      check(item, [...at, index])
    })
  }

  const isOperators = (value: unknown): boolean =>
    isObject(value) && Object.keys(value).some((key) => key.startsWith('$'))

  const valueOf = (value: unknown, at: Path): void => {
    if (isOperators(value)) for (const [key, item] of Object.entries(value as object)) operator(key, item, [...at, key])
  }

  const operator = (name: string, value: unknown, at: Path): void => {
    const type = typeof value
    const takes = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : ''
    if (!takes) report(at, name, 'an operator: one of', OPERATOR_NAMES)
    else if (takes === 'any') valueOf(value, at)
    else if (takes === 'list') each(value, at, name.startsWith('$all') ? valueOf : () => {})
    else if (takes === 'element') (isOperators(value) ? valueOf : whole)(value, at)
    else if (takes === 'size' && type !== 'number')
      isOperators(value) ? valueOf(value, at) : report(at, value, 'a number')
    else if (takes === 'figure' && type !== 'number' && type !== 'string') report(at, value, 'a number or text')
    else if (takes === 'truth' && type !== 'boolean') report(at, value, 'true or false')
    else if (takes === 'type' && !TYPE_NAMES.includes(value as string)) report(at, value, 'one of', TYPE_NAMES)
    else if (takes === 'regex') {
      const expected = type === 'string' ? checkRegex(value as string) : 'a regular expression as text'
      if (expected) report(at, value, expected)
    } else if (takes === 'group') {
      if (groups.includes(value as string)) onGroup(value as string)
      else report(at, value, 'the name of one of savedGroups', groups)
    }
  }

  whole(condition, path)
}
