import { parseTemplate } from '../src/config/template.ts'
import { labels } from '../src/content/labels.ts'

const PLURAL = /\.(zero|one|two|few|many|other)$/

/** The built-in texts' names, each with the placeholders that its English text and plural forms have. */
export function labelTable(): { readonly [name: string]: string } {
  const names: { [name: string]: Set<string> } = {}
  for (const [label, text] of Object.entries(labels)) {
    const name = label.replace(PLURAL, '')
    names[name] ??= new Set()
    for (const part of parseTemplate(text)) if (typeof part !== 'string') names[name].add(part.name)
  }
  return Object.fromEntries(Object.entries(names).map(([name, placeholders]) => [name, [...placeholders].join(' ')]))
}

/** `src/config/labelNames.ts`, as text. */
export function toLabelNames(): string {
  const lines = Object.entries(labelTable()).map(([name, placeholders]) => {
    const key = /^[a-z]+$/i.test(name) ? name : `'${name}'`
    return `  ${key}: '${placeholders}',`
  })
  return `/**
 * The names of the built-in texts, with the placeholders that each can be filled with besides those of any copy.
 *
 * Written by \`packages/sdk/schema/generate.mjs\` from \`content/labels.ts\`, which checking does not import: it would bring
 * every text along.
 */
export const LABEL_NAMES: { readonly [name: string]: string } = {
${lines.join('\n')}
}
`
}
