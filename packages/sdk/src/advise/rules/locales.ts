import { get, keysOf } from '../../config/loose.ts'
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

/** `de` stands for `de-AT`, as at run time. */
const has = (locales: readonly string[], wanted: string): boolean =>
  locales.some((locale) => locale === wanted || wanted.startsWith(`${locale}-`))

const missingLocale: Rule = (subject, tell) => {
  const all = [...copyOf(subject)].filter(({ text }) => text !== undefined)
  const used = [...new Set([...all.flatMap(({ text }) => localesIn(text)), ...(subject.options.locales ?? [])])]
  for (const { path, text } of all) {
    const own = localesIn(text)
    const missing = used.filter((locale) => !has(own, locale))
    // Figures and placeholders alone read the same everywhere.
    if (!missing.length || (typeof text === 'string' && !/\p{L}/u.test(text.replaceAll(/\{[^}]*\}/g, '')))) continue
    // Without any locale of its own it may well be in the one that is asked for, which is the file's only one.
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
