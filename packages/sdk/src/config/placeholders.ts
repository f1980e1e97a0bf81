import type { Path, Report } from './faults.ts'
import { isObject } from './loose.ts'
import { parseTemplate } from './template.ts'
import type { TriggerType } from './types.ts'

const LIMIT = ['used', 'limit', 'remaining', 'percent', 'resource', 'resetsAt', 'plan.limit']
const EVERY = ['plan.name', 'plan.price', 'current.name', 'product', 'trigger.id', 'user.*', 'account.*']

/** What only links can be filled with. */
const LINKS = ['plan.id', 'return']

/** What each type of trigger can know. */
const KNOWN: { readonly [type in TriggerType]: readonly string[] } = {
  limit_approaching: LIMIT,
  feature_discovery: ['feature.name', 'feature.benefit', 'attempts'],
  team_growth: [...LIMIT, 'seats.needed'],
  usage_milestone: ['milestone', 'used', 'resource', 'plan.limit'],
}

/** What a link can be filled with, whatever leads to it. */
export const LINK_NAMES: readonly string[] = [...new Set(Object.values(KNOWN).flat()), ...EVERY, ...LINKS]

/** What a link, or else copy, of a type can be filled with. */
export const namesOf = (type: TriggerType, isLink: boolean): readonly string[] => [
  ...KNOWN[type],
  ...EVERY,
  ...(isLink ? LINKS : []),
]

/** Numbers that may choose a plural form. */
const NUMBERS = /^(used|limit|remaining|percent|attempts|milestone|seats\.needed|plan\.limit|user\.|account\.)/

/**
 * Checks the placeholders of copy in any of its forms.
 *
 * @param known Names that can be filled in here; none: it is no template.
 * @returns Names that are needed: those without a fallback.
 */
export function checkText(text: unknown, path: Path, known: readonly string[], report: Report): readonly string[] {
  const knows = (name: string, names = known) => names.includes(name.replace(/^(user|account)\..+/, '$1.*'))
  if (isObject(text))
    return Object.entries(text).flatMap(([key, item]) => {
      const at = [...path, key]
      if (key !== 'by') return checkText(item, at, known, report)
      const names = known.filter((name) => NUMBERS.test(name))
      if (knows(String(item), names)) return [String(item)]
      report(at, item, 'numeric', names)
      return []
    })
  if (typeof text !== 'string') return []

  // A brace that nothing closes would be read out.
  if (known.length && text.replace(/\{\{|\{[^{}]*\}/g, '').includes('{')) report(path, text, 'brace')
  return parseTemplate(text).flatMap((part) => {
    if (typeof part === 'string') return []
    if (!knows(part.name)) report(path, part.name, known.length ? 'placeholder' : 'plain', known)
    return part.fallback === undefined ? [part.name] : []
  })
}
