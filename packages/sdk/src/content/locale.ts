const hyphens = (tag: unknown): string => String(tag).replace(/_/g, '-')

function localeOf(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag)
  } catch {
    return undefined
  }
}

/** A tag with its likely script and region, `pt-Latn-BR`; empty for what is no tag. Systems write `pt_BR` too. */
const full = (tag: unknown): string => localeOf(hyphens(tag))?.maximize().baseName ?? ''

/** The first of these that is a language tag, else English. */
export function readerLocale(tags: readonly unknown[]): string {
  return (
    tags
      .filter((tag) => typeof tag === 'string')
      .map(hyphens)
      .find(localeOf) ?? 'en'
  )
}

/** Whether a reader of a locale is served by texts in these in their own language. */
export const serves = (keys: readonly string[], reader: string): boolean =>
  keys.length > 0 && matchLocale(keys, reader).tag === reader

/**
 * Finds the best of the languages at hand: the reader's as it is, else in its script, else at all; else English, else
 * the first.
 *
 * @returns The key found, and the locale in which its figures are written: the reader's where the language is the same
 *   (`en-GB` for English words), else the key's own.
 */
export function matchLocale(keys: readonly string[], reader: string): { readonly key: string; readonly tag: string } {
  // What is likely takes browsers milliseconds when it is first asked for.
  if (keys.includes(reader)) return { key: reader, tag: reader }
  for (const tag of [reader, 'en', keys[0]]) {
    const want = full(tag)
    for (const part of [want, want.replace(/-[^-]*$/, '-'), want.replace(/-.*/, '-')]) {
      const key = keys.find((one) => full(one).startsWith(part))
      if (key) return { key, tag: tag === reader ? reader : hyphens(key) }
    }
  }
  return { key: 'en', tag: 'en' }
}
