import { own } from './ledger.ts'
import type { Rules } from './rules.ts'

/** As much of a query as is read, in characters. */
const MAX_QUERY = 200

/** Scripts written without spaces: each letter stands as a word of its own, so that any run of them is found. */
const UNSPACED = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/gu

/**
 * Brings text to the form in which it is compared: lower case, no marks, words with one space between.
 *
 * A word is a run of letters and digits, or one letter of a script that is written without spaces. Compatibility forms
 * (full width, ligatures) become the plain ones.
 */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(UNSPACED, ' $& ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** Prepares keywords for `matchSearch`, once. One without a letter or digit is left out: it would match anything. */
export function prepareKeywords(keywords: readonly string[]): string[] {
  return keywords.map(normalizeText).filter(Boolean)
}

/** What a search for a feature would say, for each feature with a trigger: its name in every locale, and its keywords. */
export function searchWords({ config, byFeature }: Rules): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...byFeature.keys()].flatMap((id) => {
      const feature = own(config.features, id)
      return feature ? [[id, prepareKeywords([...texts(feature.name), ...(feature.keywords ?? [])])]] : []
    }),
  )
}

/** Every wording of a name, whatever the locale. */
function texts(text: unknown): string[] {
  return typeof text === 'string' ? [text] : Object.values(text as object).flatMap(texts)
}

/**
 * Finds what a search query holds the words of, as whole words.
 *
 * @param query As typed; what comes after 200 characters is not read.
 * @param words By feature, each list from `prepareKeywords`.
 */
export function matchSearch(query: string, words: ReadonlyMap<string, readonly string[]>): string[] {
  // A word that is cut off has no space after it, and so is none.
  const text = ` ${normalizeText(query.slice(0, MAX_QUERY))}${query[MAX_QUERY] ? '' : ' '}`
  const holds = (keyword: string): boolean => !!keyword && text.includes(` ${keyword} `)
  return [...words].flatMap(([feature, keywords]) => (keywords.some(holds) ? feature : []))
}
