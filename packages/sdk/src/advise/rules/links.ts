import { get, keysOf } from '../../config/loose.ts'
import { parseTemplate } from '../../config/template.ts'
import { matchRoute } from '../../core/matchRoute.ts'
import type { AdvicePath, Rule } from '../advice.ts'

/** A link to a page of the host's own, with a plain word for each value. */
function pathOf(template: unknown): string | undefined {
  if (typeof template !== 'string' || !template.startsWith('/')) return
  const link = parseTemplate(template)
    .map((part) => (typeof part === 'string' ? part : 'x'))
    .join('')
  return new URL(link, 'https://here.invalid').pathname
}

/** Looks every link and route of the file up among the host's pages. */
export const linkRule: Rule = ({ source, triggers, options }, tell) => {
  const { routes } = options
  if (!routes) return
  const look = (path: AdvicePath): void => {
    const page = pathOf(get(source, ...path))
    if (page !== undefined && !routes.some((route) => matchRoute(route, page)))
      tell(
        'link-nowhere',
        path,
        `${page}, which is no page of the site map`,
        'Mend the link, or add the page to the map.',
      )
  }
  for (const name of keysOf(get(source, 'links'))) look(['links', name])
  for (const { path, trigger } of triggers) {
    for (const owner of [path, ...trigger.variants.map((_, i) => [...path, 'variants', i])])
      look([...owner, 'cta', 'primary', 'href'])
    if (trigger.type === 'feature_discovery' && trigger.routes.length)
      if (!trigger.routes.some((glob) => routes.some((route) => matchRoute(glob, route) || matchRoute(route, glob))))
        // A route is a glob too: either may be the wider one.
        tell(
          'never-fires',
          [...path, 'near', 'route'],
          `${trigger.routes.join(', ')}, which is no page of the site map`,
          'Name a page that there is.',
        )
  }
}
