import { get, keysOf, listOf } from '../config/loose.ts'
import type { TriggerType } from '../config/types.ts'
import { blockLabels } from '../content/labels/block.ts'
import { commonLabels } from '../content/labels/common.ts'
import { comparisonLabels } from '../content/labels/comparison.ts'
import { featureLabels } from '../content/labels/feature.ts'
import { limitLabels } from '../content/labels/limit.ts'
import { milestoneLabels } from '../content/labels/milestone.ts'
import { teamLabels } from '../content/labels/team.ts'
import { matchLocale, serves } from '../content/locale.ts'
import type { Placed } from './finding.ts'
import type { Places } from './places.ts'

/** The built-in texts that a type of trigger may say, its blocks and what its buttons open included. */
const SAID: { readonly [type in TriggerType]: object } = {
  limit_approaching: { ...limitLabels, ...blockLabels },
  feature_discovery: { ...featureLabels, ...comparisonLabels },
  team_growth: { ...teamLabels, ...limitLabels, ...blockLabels },
  usage_milestone: { ...milestoneLabels, ...comparisonLabels },
}

/** Finds the built-in texts, which are English, that a reader of one of these locales would read in another language. */
export const missingLabels = (file: unknown, locales: readonly string[] = [], places: Places): readonly Placed[] =>
  locales.flatMap((locale) => missingFrom(file, locale, places))

/** Another language must have each text that the file's triggers may say. */
function missingFrom(file: unknown, locale: string, places: Places): readonly Placed[] {
  if (serves(['en'], locale)) return []
  const types = listOf(get(file, 'triggers')).map((trigger) => get(trigger, 'type'))
  const said = types.flatMap((type) => Object.keys(Object.hasOwn(SAID, String(type)) ? SAID[type as TriggerType] : {}))
  // A plural form stands beside its text, and each language has forms of its own.
  const isForm = (name: string): boolean => /\.(zero|one|two|few|many|other)$/.test(name)
  const needed = new Set([...(said.length ? Object.keys(commonLabels) : []), ...said].filter((name) => !isForm(name)))
  const labels = get(file, 'labels')
  const key = serves(keysOf(labels), locale) ? matchLocale(keysOf(labels), locale).key : undefined
  const own = new Set(keysOf(get(labels, key ?? '')))
  const missing = [...needed].filter((name) => !own.has(name))
  if (!missing.length) return []
  const path = key === undefined ? ['labels'] : ['labels', key]
  return [
    {
      severity: 'fault',
      code: 'missing-locale',
      path,
      ...(key === undefined ? places.value(path) : places.key(path)),
      found: own.size
        ? `${needed.size - missing.length} of ${needed.size} in "labels.${key}"`
        : `no "labels.${locale}"`,
      expected: `the built-in texts in ${locale}, of which these are missing: ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ` and ${missing.length - 10} more` : ''}`,
      fix: `Add each to "labels": { "${key ?? locale}": { "${missing[0]}": … } }.`,
    },
  ]
}
