import type { Fault, Path } from './faults.ts'
import { inOne } from './inOne.ts'
import { nearest } from './nearest.ts'
import type { ConfigError } from './types.ts'

/** What was expected, by kind of fault; where it ends in a colon, the valid names follow. */
const EXPECTED: { readonly [kind: string]: string } = {
  weights: 'weights of at most 1 in all',
  brace: '"{{" for a brace, or "}" to close it',
  chosen: '"if" or "weight"',
  condition: 'a condition, such as { "user.role": "admin" }',
  copy: 'text of 1 to 500 characters, no control among them',
  currency: 'a currency of three letters, such as "USD"',
  depth: 'at most 32 levels',
  duration: 'a duration with its unit, such as "30m", "24h" or "30d", of at most ten years',
  feature: 'a feature named in "features":',
  figure: 'a number or text',
  glob: 'a path that begins with "/" (* is one segment, ** any)',
  group: 'a group with a cap in "caps.groups":',
  href: 'a link for the action "link" to lead to',
  impressions: '"dismissals" and "quiet"; "impressions" is for features',
  json: 'JSON',
  key: 'a known key:',
  label: 'the name of a built-in text:',
  limit: 'a number from 0 up, or null for unlimited',
  link: 'a link that begins with "/", "?", "#", "https://host/" or "mailto:", with placeholders only in path segments, query values and the fragment',
  linked: 'a link in "links" for its primary to lead to',
  list: 'a list',
  locale: 'a locale such as "en" or "pt-BR"',
  logic: 'an attribute, or one of:',
  long: 'at most 1 MB',
  many: 'at most 200,000 values',
  moment: 'a day such as "2026-02-28", or a time such as "2026-02-28T09:00:00Z"',
  name: "a name of 1 to 200 characters, not one of JavaScript's own",
  null: 'null',
  numeric: 'a placeholder whose value is a number:',
  object: 'an object',
  operator: 'an operator:',
  order: 'a time not before "from"',
  placeholder: 'a placeholder that can be known here:',
  plain: 'text without placeholders',
  positive: 'a number over 0',
  read: 'a value that can be read',
  regex: 'a regular expression',
  'regex group': 'a regular expression without an unbounded quantifier on a group',
  'regex long': 'a regular expression of at most 200 characters',
  'regex look': 'a regular expression without back-reference or lookbehind',
  'regex many': 'a regular expression with at most one unbounded quantifier',
  'regex all': 'regular expressions that have fewer ways to match in all (each begun with ^, none with .*)',
  'regex ways': 'a regular expression with fewer ways to match (smaller ranges, fewer optional parts)',
  resource: 'a resource named in "resources" or in the limits of a plan:',
  rising: 'rising numbers, each once',
  rung: 'a part of the limit in whole hundredths, from 0.01 to 1, such as 0.8',
  savedGroup: 'the name of one of "savedGroups":',
  scalar: 'text, a number, true, false or null',
  size: 'a number, or operators for one',
  span: 'session, or a duration such as "24h"',
  text: 'text of 1 to 2,000 characters',
  theme: 'a plain CSS value of at most 100 characters, without url()',
  tiers: 'tiers with rising "upTo", the last without',
  triggers: 'at most 10,000 triggers',
  truth: 'true or false',
  type: 'one of:',
  unique: 'an id that no other has',
  value: 'a value that JSON can hold',
  version: '1',
}

export const cut = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** Says what was found, in at most 60 characters; text stands as it is, but where it could be taken for something else. */
function show(found: unknown): string {
  if (found === undefined) return 'nothing'
  const isText = typeof found === 'string' && !/^(|true|false|null|[-\d.]+)$/.test(found)
  return cut(isText ? found : typeof found === 'number' ? String(found) : JSON.stringify(found))
}

/** Writes a path as a person would: `triggers[1].audience["user.role"]`. */
export function showPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      const name = cut(String(key))
      return /^[\w$-]+$/.test(name) ? (index ? '.' : '') + name : `[${JSON.stringify(name)}]`
    })
    .join('')
}

/** Says what a kind of fault expected, ranges included. */
function expectedOf(kind: string, names: readonly string[]): string {
  const [, what, least, most] = /^(number|whole|list) (\S+) (\S+)$/.exec(kind) ?? []
  if (what)
    return `a ${what === 'whole' ? 'whole number' : what} ${what === 'list' ? 'of' : 'from'} ${least} to ${most}`
  const expected = EXPECTED[kind] ?? kind
  return expected.endsWith(':')
    ? `${expected} ${[...new Set(names)].slice(0, 30).join(', ') || 'there is none'}`
    : expected
}

/** Names that a hostile file could make long to compare are compared for this many faults. */
const HINTS = 200

/** Puts faults into words. */
export const describe = (faults: readonly Fault[]): readonly ConfigError[] => inOne(describeInSteps(faults))

/** The same in steps: naming the nearest of many takes a while. */
export function* describeInSteps(faults: readonly Fault[]): Generator<void, readonly ConfigError[]> {
  const errors: ConfigError[] = []
  let hints = 0
  for (const [path, found, kind, names = [], triggerId] of faults) {
    // The trigger is well; what it leans on is not.
    const isSound = kind === 'sound'
    const near =
      !isSound && names.length && typeof found === 'string' && hints++ < HINTS ? nearest(found, names) : undefined
    errors.push({
      path: showPath(path),
      found: isSound ? `a fault in ${found}` : show(found),
      expected: isSound ? `${found} without fault` : expectedOf(kind, names),
      ...(near !== undefined && { nearest: near }),
      ...(triggerId && { triggerId }),
    })
    yield
  }
  return errors
}
