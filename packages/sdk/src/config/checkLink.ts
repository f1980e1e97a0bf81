import { parseTemplate } from './template.ts'

const HERE = 'https://here.invalid'
const VALUE = 'p1ims011'

/**
 * Checks a link's template: its scheme and host must be written out, and what fills it may only go into path segments,
 * query values and the fragment.
 *
 * The URL parser has the last word, on the template with a plain word in each placeholder's place. The origin is
 * checked when the link is filled: only then is it known which page asks.
 */
export function checkLink(template: string): boolean {
  const probe = parseTemplate(template)
    .map((part) => (typeof part === 'string' ? part : VALUE))
    .join('')
  // White space, control characters and backslashes are read in surprising ways: none belongs in a link.
  if (template.length > 2000 || /[\s\\\p{C}]/u.test(probe) || !/^(\/(?!\/)|[?#]|https?:\/\/[^/]|mailto:)/i.test(probe))
    return false
  try {
    const url = new URL(probe, HERE)
    const isMail = url.protocol === 'mailto:'
    return (
      (isMail || /^https?:$/.test(url.protocol)) &&
      !(url.username + url.password) &&
      !(isMail ? url.pathname : url.host).includes(VALUE) &&
      ![...url.searchParams.keys()].some((key) => key.includes(VALUE))
    )
  } catch {
    return false
  }
}
