import { parseTemplate } from '../config/template.ts'
import type { PageFacts } from './page.ts'

/** Longest value that a link takes in, in UTF-16 units: a longer one is refused, for a shortened id leads elsewhere. */
const LONGEST = 2000

// While a link is put together, \0 stands on both sides of every value; a template has none of its own.

/** Scheme and host written out before the first value. A backslash counts as a slash in some places: none anywhere. */
const WELL_BEGUN = /^(\/(?!\/)|[?#]|https?:\/\/[^\0/?#]+([/?#]|$)|mailto:[^\0?]*(\?|$))[^\\]*$/i
/** A value where a query key stands. */
const NAMES_KEY = /^[^?#]*\?([^#]*&)?[^=&#\0]*\0/
/** A path segment of dots, in either spelling, or of nothing, in which a value has a part: the URL parser would climb. */
const CLIMBS = /^[^?#]*\/(\.|%2e)*\0(\0|\.|%2e)*([/?#]|$)/i

/**
 * Fills a link's template in and resolves it, or refuses.
 *
 * The template says scheme and host itself; values stand only in path segments, query values or the fragment, each
 * encoded, and can add no segment, climb out of none and name no query key. What comes out has passed `checkLink`.
 *
 * @param read A placeholder's value; what is neither text nor a finite number is unknown. A link with an unknown value
 *   and no fallback is refused.
 * @returns The URL parser's own spelling; `null` when refused.
 */
export function resolveLink(template: string, read: (name: string) => unknown, page: PageFacts): string | null {
  let link = ''
  // Controls go first: the URL parser drops some of them, and would see another link than the checks.
  for (const part of parseTemplate(template.replace(/\p{Cc}/gu, ''))) {
    if (typeof part === 'string') link += part
    else {
      const found = read(part.name)
      const value = typeof found === 'string' || Number.isFinite(found) ? `${found}` : ''
      const text = value || part.fallback
      if (text === undefined || text.length > LONGEST) return null
      link += `\0${encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))}\0`
    }
  }
  if (!WELL_BEGUN.test(link) || NAMES_KEY.test(link) || CLIMBS.test(link)) return null
  return verdict(link.replaceAll('\0', ''), page)?.href ?? null
}

/** Tells whether a link may be followed from this page: asked again at the click, for pages may edit what they show. */
export function checkLink(href: string, page: PageFacts): boolean {
  return !!verdict(href, page)
}

/** The URL parser's verdict: protocol first, for `blob:` and its like report an inner origin. */
function verdict(link: string, { href, origin, linkOrigins }: PageFacts): URL | undefined {
  try {
    const url = new URL(link, href)
    if (url.protocol === 'mailto:') return url
    const known = url.origin === origin || linkOrigins.includes(url.origin)
    return /^https?:$/.test(url.protocol) && known && !(url.username + url.password) ? url : undefined
  } catch {
    return undefined
  }
}
