/** A part of a template to be filled in: `{user.name|there}`. */
export interface Placeholder {
  readonly name: string
  readonly fallback?: string
}

/**
 * Splits a template into text and placeholders.
 *
 * Whatever stands between a `{` and the next `}` is a placeholder, spaces around its name aside; `{{` is a brace. A `{`
 * that nothing closes stays text. Never throws; the caller keeps the answer where it asks often.
 */
export function parseTemplate(template: string): readonly (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = []
  let text = ''
  let end = 0
  for (const found of template.matchAll(/\{\{|\{([^{}|]*)(?:\|([^{}]*))?\}/g)) {
    const [whole, name, fallback] = found
    text += template.slice(end, found.index)
    end = found.index + whole.length
    if (name === undefined) {
      text += '{'
      continue
    }
    if (text) parts.push(text)
    text = ''
    parts.push(fallback === undefined ? { name: name.trim() } : { name: name.trim(), fallback })
  }
  text += template.slice(end)
  if (text) parts.push(text)
  return parts
}
