import { get, isObject, keysOf, listOf } from '../config/loose.ts'
import type { TriggerType } from '../config/types.ts'
import { blockLabels } from '../content/labels/block.ts'
import { commonLabels } from '../content/labels/common.ts'
import { comparisonLabels } from '../content/labels/comparison.ts'
import { featureLabels } from '../content/labels/feature.ts'
import { limitLabels } from '../content/labels/limit.ts'
import { milestoneLabels } from '../content/labels/milestone.ts'
import { teamLabels } from '../content/labels/team.ts'
import { matchLocale } from '../content/locale.ts'
import type { JsonPath, Placed } from './finding.ts'
import type { Places } from './places.ts'

/** The built-in texts that a type of trigger may say, its blocks and what its buttons open included. */
const SAID: { readonly [type in TriggerType]: object } = {
  limit_approaching: { ...limitLabels, ...blockLabels },
  feature_discovery: { ...featureLabels, ...comparisonLabels },
  team_growth: { ...teamLabels, ...limitLabels, ...blockLabels },
  usage_milestone: { ...milestoneLabels, ...comparisonLabels },
}

/** Where a trigger or a variant has texts of its own. */
const FIELDS = [
  ['copy', 'title'],
  ['copy', 'body'],
  ['cta', 'primary', 'label'],
  ['cta', 'secondary', 'label'],
]

/** Whether a reader of a locale is served by texts in these, as widgets choose among them. */
const serves = (keys: readonly string[], locale: string): boolean =>
  keys.length > 0 && matchLocale(keys, locale).tag === locale

/** Finds the texts that a reader of one of these locales would read in another language. */
export function missingLocales(file: unknown, locales: readonly string[], places: Places): readonly Placed[] {
  if (!locales.length) return []
  return [
    ...textsOf(file).flatMap(([path, triggerId]) => missingFrom(get(file, ...path), path, triggerId, locales, places)),
    ...locales.flatMap((locale) => missingLabels(file, locale, places)),
  ]
}

/** Every text of a file that may be in several languages. */
function textsOf(file: unknown): readonly (readonly [path: JsonPath, triggerId?: string])[] {
  const resources = keysOf(get(file, 'resources')).map((name) => [['resources', name]] as const)
  const features = keysOf(get(file, 'features')).flatMap((name) =>
    ['name', 'benefit'].map((key) => [['features', name, key]] as const),
  )
  const triggers = listOf(get(file, 'triggers')).flatMap((trigger, i) => {
    const id = get(trigger, 'id')
    const variants = listOf(get(trigger, 'variants')).map((_, v) => ['triggers', i, 'variants', v])
    return [['triggers', i], ...variants].flatMap((path) =>
      FIELDS.map((field) => [[...path, ...field], typeof id === 'string' ? id : undefined] as [JsonPath, string]),
    )
  })
  return [...resources, ...features, ...triggers]
}

function missingFrom(
  text: unknown,
  path: JsonPath,
  triggerId: string | undefined,
  locales: readonly string[],
  places: Places,
): readonly Placed[] {
  if (text === undefined) return []
  const keys = isObject(text) && !Object.hasOwn(text, 'other') ? Object.keys(text) : []
  const missing = locales.filter((locale) => !serves(keys, locale))
  if (!missing.length) return []
  return [
    {
      severity: 'fault',
      code: 'locale-missing',
      path,
      ...places.value(path),
      found: keys.length ? `${keys.join(', ')} only` : 'one text for every locale',
      expected: `this text in ${missing.join(', ')}`,
      fix: keys.length
        ? `Add ${missing.map((one) => `"${one}"`).join(', ')}.`
        : `Write { "en": …, "${missing[0]}": … }.`,
      ...(triggerId !== undefined && { triggerId }),
    },
  ]
}

/** The built-in texts, which are English: another language must have each that the file's triggers may say. */
function missingLabels(file: unknown, locale: string, places: Places): readonly Placed[] {
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
      code: 'locale-missing',
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
