import { get, keysOf } from '../../config/loose.ts'
import { serves } from '../../content/locale.ts'
import type { AdvicePath, Rule } from '../advice.ts'
import { formsOf, type Subject } from '../subject.ts'

interface Copy {
  readonly path: AdvicePath
  readonly text: unknown
}

/** Every text that people read, where it stands: copy, button labels, names of resources and features. */
function* copyOf({ source, triggers }: Subject): Generator<Copy> {
  const named = (path: AdvicePath): Copy => ({ path, text: get(source, ...path) })
  for (const name of keysOf(get(source, 'resources'))) yield named(['resources', name])
  for (const name of keysOf(get(source, 'features')))
    for (const key of ['name', 'benefit']) yield named(['features', name, key])
  for (const { path, trigger } of triggers)
    for (const owner of [path, ...trigger.variants.map((_, i) => [...path, 'variants', i])])
      for (const at of [
        ['copy', 'title'],
        ['copy', 'body'],
        ['cta', 'primary', 'label'],
        ['cta', 'secondary', 'label'],
      ])
        yield named([...owner, ...at])
}

const localesIn = (text: unknown): readonly string[] => [
  ...new Set([...formsOf(text, [])].flatMap(({ locale }) => locale ?? [])),
]

/** The fewest of these that serve the readers of all: of `de` and `de-AT` the shorter. */
function fewestOf(locales: readonly string[]): readonly string[] {
  const fewest: string[] = []
  for (const locale of locales.toSorted((a, b) => a.length - b.length)) if (!serves(fewest, locale)) fewest.push(locale)
  return locales.filter((locale) => fewest.includes(locale))
}

const missingLocale: Rule = (subject, tell) => {
  const all = [...copyOf(subject)].filter(({ text }) => text !== undefined)
  /** By the locales that a text has: most of a file's texts have the same. */
  const known = new Map<string, readonly string[]>()
  const used = [...new Set([...all.flatMap(({ text }) => localesIn(text)), ...(subject.options.locales ?? [])])]
  for (const { path, text } of all) {
    const own = localesIn(text)
    const key = own.join()
    const missing = known.get(key) ?? fewestOf(used.filter((locale) => !serves(own, locale)))
    known.set(key, missing)
    // Figures and placeholders alone read the same everywhere.
    if (!missing.length || (typeof text === 'string' && !/\p{L}/u.test(text.replaceAll(/\{[^}]*\}/g, '')))) continue
    tell(
      'missing-locale',
      path,
      own.length ? `${own.join(', ')}` : 'one text for every locale',
      `Add ${missing.map((locale) => `"${locale}"`).join(', ')}.`,
    )
  }
}

/** Categories that counts up to a thousand need; "a million" has one of its own in some languages. */
function categoriesOf(locale: string): readonly string[] {
  try {
    const rules = new Intl.PluralRules(locale)
    return [...new Set(Array.from({ length: 1000 }, (_, n) => rules.select(n)))]
  } catch {
    return []
  }
}

const missingPlural: Rule = (subject, tell) => {
  for (const { path, text } of copyOf(subject)) {
    const told = new Set<unknown>()
    for (const { plural, locale, path: at } of formsOf(text, path)) {
      if (!plural || !locale || told.has(plural)) continue
      told.add(plural)
      const missing = categoriesOf(locale).filter((category) => !Object.hasOwn(plural, category))
      if (missing.length)
        tell(
          'missing-plural',
          at.slice(0, -1),
          Object.keys(plural).join(', '),
          `Add ${missing.map((one) => `"${one}"`).join(', ')}.`,
        )
    }
  }
}

export const localeRules: readonly Rule[] = [missingLocale, missingPlural]
