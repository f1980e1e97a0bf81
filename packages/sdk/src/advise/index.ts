/** Advice on a sound file: a linter for decency and sense. Pure, and no part of the browser's bundle. */

import type { CheckedConfig } from '../config/types.ts'
import { type Advice, type AdviceOptions, type AdvicePath, REASONS, type Tell } from './advice.ts'
import { forgive } from './ignore.ts'
import { copyRules } from './rules/copy.ts'
import { holdoutRule } from './rules/holdout.ts'
import { linkRule } from './rules/links.ts'
import { localeRules } from './rules/locales.ts'
import { mannerRules } from './rules/manner.ts'
import { milestonesRule } from './rules/milestones.ts'
import { offerRules } from './rules/offer.ts'
import { reachRules } from './rules/reach.ts'
import { themeRule } from './rules/theme.ts'
import { subjectOf } from './subject.ts'

export type { Advice, AdviceCode, AdviceOptions, AdvicePath, Traffic } from './advice.ts'
export { REASONS } from './advice.ts'

const RULES = [
  ...reachRules,
  ...mannerRules,
  ...copyRules,
  ...offerRules,
  ...localeRules,
  linkRule,
  milestonesRule,
  holdoutRule,
  themeRule,
]

/**
 * Says what could be better in a file, in the file's own order. Never throws; a trigger with a fault gets none.
 *
 * What the file ignores, on top or in a trigger (`"ignore": { "shouting": "Our brand is ACME." }`), is left out.
 * Words are read as English; figures, plural forms and locales in any language.
 *
 * @param source The file as it is written, parsed.
 * @param config What checking made of it.
 */
export function advise(source: unknown, config: CheckedConfig, options: AdviceOptions): readonly Advice[] {
  const subject = subjectOf(source, config, options)
  const given: Advice[] = []
  const tell: Tell = (code, path, found, fix) => {
    const id = path[0] === 'triggers' ? subject.idAt(path[1]) : undefined
    given.push({ code, path, found, why: REASONS[code], fix, ...(id !== undefined && { triggerId: id }) })
  }
  for (const rule of RULES) rule(subject, tell)
  return forgive(source, given).sort((a, b) => order(a.path, b.path))
}

/** Top first, triggers in the file's order; rules keep theirs where they speak of the same place. */
function order(a: AdvicePath, b: AdvicePath): number {
  const isTrigger = Number(a[0] === 'triggers') - Number(b[0] === 'triggers')
  return isTrigger || Number(a[1]) - Number(b[1]) || 0
}
