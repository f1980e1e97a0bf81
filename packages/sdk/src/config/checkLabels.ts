import type { Checked } from './checkConfig.ts'
import type { Fault } from './faults.ts'
import { LABEL_NAMES } from './labelNames.ts'
import { checkText, LINK_NAMES } from './placeholders.ts'

const NAMES = Object.keys(LABEL_NAMES)

/**
 * Checks the words that a file puts in place of the built-in ones: each must be known by name (a plural form by its
 * text's), and its placeholders must be ones that the text is filled with. What is not sound is left out.
 *
 * Apart from the rest of checking, for few files have words of their own, and the list is long.
 */
export function checkLabels({ config, faults }: Checked): Checked {
  if (!config) return { config, faults }
  const found: Fault[] = []
  const labels = Object.entries(config.labels).map(([locale, words]) => {
    const sound = Object.entries(words).filter(([name, text]) => {
      const before = found.length
      const path = ['labels', locale, name]
      const base = name.replace(/\.(zero|one|two|few|many|other)$/, '')
      if (!NAMES.includes(base)) found.push([path, name, 'label', NAMES])
      else
        checkText(
          text,
          path,
          [...(LABEL_NAMES[base] as string).split(' ').filter(Boolean), ...LINK_NAMES],
          (...fault) => found.push(fault),
        )
      return found.length === before
    })
    return [locale, Object.fromEntries(sound)]
  })
  return { config: { ...config, labels: Object.fromEntries(labels) }, faults: [...faults, ...found] }
}
