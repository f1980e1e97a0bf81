import { isObject } from './loose.ts'
import type { Path, Report } from './report.ts'
import { parseTemplate } from './template.ts'
import type { TriggerType } from './types.ts'

const LIMIT = ['used', 'limit', 'remaining', 'percent', 'resource', 'resetsAt', 'plan.limit']
const EVERY = ['plan.name', 'plan.price', 'current.name', 'product', 'trigger.id', 'user.*', 'account.*']

/** What each type of trigger can know. */
const KNOWN: { readonly [type in TriggerType]: readonly string[] } = {
  limit_approaching: LIMIT,
  feature_discovery: ['feature.name', 'feature.benefit', 'attempts'],
  team_growth: [...LIMIT, 'seats.needed'],
  usage_milestone: ['milestone', 'used', 'resource', 'plan.limit'],
}

/** What only links know. */
const LINK_ONLY = ['plan.id', 'return']

/** What any link could know, whatever leads to it. */
export const LINK_NAMES: readonly string[] = [...new Set(Object.values(KNOWN).flat()), ...EVERY, ...LINK_ONLY]

/** Numbers that may choose a plural form. */
const NUMBERS = /^(used|limit|remaining|percent|attempts|milestone|seats\.needed|plan\.limit|user\..+|account\..+)$/

/** Names that copy (or a link) of a type can be filled with, in this file. */
export function knownNames(type: TriggerType, inLink: boolean, cannot: (name: string) => boolean): readonly string[] {
  return [...KNOWN[type], ...EVERY, ...(inLink ? LINK_ONLY : [])].filter((name) => !cannot(name))
}

const knows = (known: readonly string[], name: string): boolean =>
  known.includes(/^(user|account)\../.test(name) ? name.replace(/\..*/, '.*') : name)

/**
 * Checks the placeholders of copy in any of its forms.
 *
 * @param known Names that can be filled in here; none: it is no template.
 * @returns Names that are needed: those without a fallback.
 */
export function checkText(text: unknown, path: Path, known: readonly string[], report: Report): readonly string[] {
  if (isObject(text))
    return Object.entries(text).flatMap(([key, form]) => {
      const at = [...path, key]
      if (key !== 'by') return checkText(form, at, known, report)
      const names = known.filter((name) => NUMBERS.test(name))
      if (knows(names, String(form))) return [String(form)]
      report(at, form, known.length ? 'a placeholder whose value is a number: one of' : 'no "by" here', names)
      return []
    })
  if (typeof text !== 'string') return []

  const needed: string[] = []
  for (const part of parseTemplate(text)) {
    if (typeof part === 'string') continue
    const { name, fallback } = part
    if (!knows(known, name))
      report(
        path,
        name,
        known.length ? 'a placeholder that can be known here: one of' : 'text without placeholders',
        known,
      )
    else if (fallback === undefined) needed.push(name)
  }
  // A brace that nothing closes would be read aloud.
  if (known.length && /\{/.test(text.replace(/\{\{|\{[^{}]*\}/g, '')))
    report(path, text, '"{{" for a brace, or "}" to close it')
  return needed
}
