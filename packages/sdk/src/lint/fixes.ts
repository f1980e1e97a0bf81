import type { Fault } from '../config/faults.ts'

/** How to mend each kind of fault (`EXPECTED` of config/describe.ts), where what was expected does not say it all. */
const FIXES: { readonly [kind: string]: string } = {
  brace: 'Write "{{" for a brace that should be read, or close the placeholder with "}".',
  chosen: 'Say who gets it: "weight", a share of people, or "if", a condition.',
  condition: 'Write what must hold, by attribute.',
  copy: 'Write 1 to 500 characters; or leave the key out, and the built-in text stands.',
  currency: 'Write the three letters of ISO 4217.',
  depth: 'Nest it less.',
  duration: 'Write the unit behind the number, in double quotes.',
  feature: 'Add it to "features", or name one that is there.',
  figure: 'Write one figure, not a list or an object.',
  glob: 'Write the path alone, from its first "/".',
  group: 'Give the group a cap in "caps.groups", or leave "group" out.',
  href: 'Add "href", or leave "action" out.',
  impressions: 'Say how many refusals, and how long it is quiet after them.',
  key: 'Remove it: nothing reads it here.',
  label: 'Remove it: there is no such text.',
  limit: 'Write the number without quotes, or null.',
  link: 'Write the address up to its host by hand, and put placeholders behind that.',
  linked: 'Add it to "links", or give the trigger an "href" of its own.',
  list: 'Put it between [ and ].',
  locale: 'Write a language tag, such as those of <html lang>.',
  logic: 'Use one of those.',
  long: 'Leave out what is not needed: long lists of ids belong into a trait of the account.',
  many: 'Leave out what is not needed: long lists of ids belong into a trait of the account.',
  moment: 'Write year, month and day, as in 2026-02-28.',
  name: 'Give it another name.',
  numeric: 'Let "by" name a placeholder whose value is a number.',
  object: 'Put it between { and }.',
  operator: 'Use one of those.',
  order: 'Let "until" be later than "from".',
  placeholder: 'Use one of those, or write the words themselves.',
  plain: 'Write the words themselves, without braces.',
  positive: 'Write a number over 0, without quotes.',
  regex: 'Try the pattern in a console: new RegExp("…").',
  'regex group': 'Say how often the group may come: {0,20} instead of *, {1,20} instead of +.',
  'regex long': 'Shorten it, or make several conditions of it with "$or".',
  'regex look': 'Write the condition without it, or as two conditions.',
  'regex many': 'Say how often: {0,20} instead of *, {1,20} instead of +.',
  'regex all': 'Begin the patterns with ^, or leave a leading ".*" out: they match the same without it.',
  'regex ways': 'Say less: shorter ranges, fewer "?".',
  resource: 'Add it to "resources" or to the limits of a plan, or name one that is there.',
  rising: 'Order the numbers, and leave out what is there twice.',
  savedGroup: 'Add it to "savedGroups", or name one that is there.',
  scalar: 'Write each value by itself.',
  size: 'Write how many there should be.',
  span: 'Write "session", or the number with its unit, in double quotes.',
  text: 'Write it in double quotes.',
  theme: 'Write a plain value, such as "#635bff" or "8px".',
  tiers: 'Order the tiers by "upTo", and leave it out of the last one.',
  triggers: 'Leave out the triggers that are over.',
  truth: 'Write true or false, without quotes.',
  type: 'Write one of those.',
  unique: 'Give it another id.',
  value: 'Leave it out.',
  version: 'Write "version": 1.',
  weights: 'Lower them: what is left of 1 sees the trigger as it is written.',
}

/** Says how to mend a fault, where more can be said than what was expected. */
export function fixOf([path, found, kind]: Fault, nearest: string | undefined): string | undefined {
  if (nearest !== undefined) return `Write "${nearest}".`
  if (kind === 'sound') return `Mend ${found}, and this is well again.`
  const key = path.at(-1)
  if (found === undefined && kind !== 'version') return typeof key === 'string' ? `Add "${key}".` : undefined
  const number = Number(found)
  if (kind === 'rung' && number > 1 && number <= 100) return `Write ${number / 100} for ${number} %.`
  if (
    typeof found === 'string' &&
    found.trim() &&
    Number.isFinite(number) &&
    /^(number|whole|limit|positive)/.test(kind)
  )
    return `Write ${number}, without quotes.`
  const [, least, most] = /^list (\S+) (\S+)$/.exec(kind) ?? []
  if (least && Array.isArray(found)) return `Write ${least} to ${most} of them.`
  return /^(number|whole) /.test(kind) ? 'Write a number of that range, without quotes.' : FIXES[kind]
}
