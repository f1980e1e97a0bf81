import type { CheckedConfig, Text } from '@plimsoll/sdk'

/** Languages to look at beside those that the file has. */
const COMMON = ['en-US', 'de', 'fr', 'es', 'pl', 'ja', 'ar', 'he']

const localesIn = (text: Text | undefined): readonly string[] =>
  text === undefined || typeof text === 'string' || 'other' in text ? [] : Object.keys(text)

/** The locales that a file's words are in, then others that are often wanted. */
export function localesOf(config: CheckedConfig): readonly string[] {
  const own = [
    ...Object.keys(config.labels),
    ...Object.values(config.resources).flatMap(localesIn),
    ...Object.values(config.features).flatMap(({ name, benefit }) => [...localesIn(name), ...localesIn(benefit)]),
    ...config.triggers.flatMap(({ copy, cta, variants }) =>
      [copy, ...variants.map((variant) => variant.copy)]
        .flatMap((words) => [words?.title, words?.body])
        .concat(cta?.primary?.label, cta?.secondary?.label)
        .flatMap(localesIn),
    ),
  ]
  return [...new Set(['en-US', ...own, ...COMMON])]
}

/** Whether a locale is written from right to left. */
export function isRtl(locale: string): boolean {
  try {
    return /^(Arab|Hebr|Syrc|Thaa|Nkoo|Adlm|Rohg)$/.test(new Intl.Locale(locale).maximize().script ?? '')
  } catch {
    return false
  }
}
