/** What the form calls each key of the file, where its own name would not do, and what it knows besides the schema. */

import { REASONS } from '../../../../packages/sdk/src/advise/index.ts'
import { get, keysOf, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Shape } from './schema.ts'

interface Words {
  readonly label: string
  /** What holds where it is left empty. */
  readonly otherwise?: string
  /** Said in place of what the schema says. */
  readonly hint?: string
  /** What one entry is called. */
  readonly one?: string
}

const FORMS = {
  one: 'For one',
  other: 'For every other number',
  zero: 'For none',
  two: 'For two',
  few: 'For a few',
  many: 'For many',
  by: 'By the number of',
}

const BUTTONS = {
  'primary.label': { label: 'First button', otherwise: 'built in' },
  'primary.action': { label: 'First button leads to', otherwise: 'as its type has it' },
  'primary.href': { label: 'Link of the first button', otherwise: 'as it leads to' },
  'secondary.label': { label: 'Second button', otherwise: 'built in' },
  'secondary.action': { label: 'Second button means', otherwise: 'as its type has it' },
}

const under = (start: string, words: { readonly [name: string]: Words }): { readonly [name: string]: Words } =>
  Object.fromEntries(Object.entries(words).map(([name, said]) => [`${start}.${name}`, said]))

const AT = 'Percents of the limit, rising: 80, or 80, 95, 100. Each mark is heard once.'

const WORDS: { readonly [name: string]: Words } = {
  product: { label: 'Name of the product' },
  plans: { label: 'Plans', one: 'plan' },
  'plans.price.amount': { label: 'Price' },
  'plans.price.currency': { label: 'Currency' },
  'plans.price.per': { label: 'Paid by' },
  'plans.seatPrice': { label: 'Price of a seat', otherwise: 'no bill is drawn' },
  'plans.seatPrice.amount': { label: 'Each seat' },
  'plans.seatPrice.tiers': { label: 'Tiers', one: 'tier' },
  'plans.seatPrice.tiers.upTo': { label: 'Up to so many seats', otherwise: 'all further ones' },
  'plans.seatPrice.tiers.amount': { label: 'Each of them' },
  'plans.limits': { label: 'Limits', one: 'limit', otherwise: 'not known' },
  'plans.features': { label: 'Features, one a line', otherwise: 'none' },
  resources: { label: 'Resources', one: 'resource' },
  features: { label: 'Features', one: 'feature' },
  'features.keywords': { label: 'Found by, one a line', otherwise: 'its name' },
  'links.compare': { label: 'Compare plans' },
  'links.request': { label: 'Ask an admin', otherwise: 'a message to copy' },
  'caps.perSession': { label: 'Prompts in one session', otherwise: '3' },
  'caps.minInterval': { label: 'Least time between two', otherwise: 'none' },
  'caps.groups': { label: 'Groups', one: 'group' },
  'caps.groups.max': { label: 'At most' },
  'caps.groups.per': { label: 'Within' },
  'guardrails.minHealth': { label: 'Least health', otherwise: '50' },
  'guardrails.flags': { label: 'Marks that keep all back, one a line', otherwise: 'support_escalation' },
  'guardrails.minAccountAge': { label: 'Least age of the account', otherwise: '30d' },
  buyers: { label: 'Who can buy, as a condition', otherwise: 'admin, owner, billing' },
  savedGroups: { label: 'Saved groups', one: 'group' },
  neverBlock: { label: 'Pages without blocks, one a line', otherwise: 'none' },
  labels: { label: 'Built-in words', one: 'locale' },
  'labels.*': { label: 'Words', one: 'word' },
  ignore: { label: 'Advice that is not taken', one: 'code' },
  'theme.font': { label: 'Font', otherwise: 'the page’s' },
  'theme.scheme': { label: 'Light or dark', otherwise: 'the page’s' },
  'theme.inset': { label: 'Distance from the edge' },
  'triggers.id': { label: 'Name' },
  'triggers.enabled': { label: 'Switched on', otherwise: 'true' },
  'triggers.audience': { label: 'Audience, a condition', otherwise: 'everybody' },
  'triggers.schedule.from': { label: 'From', otherwise: 'always' },
  'triggers.schedule.until': { label: 'Until', otherwise: 'always' },
  'triggers.priority': { label: 'Priority', otherwise: '0' },
  'triggers.slot': { label: 'Slot', otherwise: 'none' },
  'triggers.group': { label: 'Group', otherwise: 'none' },
  'triggers.frequency': { label: 'Frequency', one: 'rule', otherwise: 'as its type has it' },
  'triggers.frequency.max': { label: 'At most' },
  'triggers.frequency.per': { label: 'In', otherwise: 'all, since last armed' },
  'triggers.suppress': { label: 'Quiet after refusals', otherwise: 'as its type has it' },
  'triggers.suppress.dismissals': { label: 'After so many refusals' },
  'triggers.suppress.quiet': { label: 'Quiet for' },
  'triggers.suppress.impressions': { label: 'After so many prompts of features' },
  'triggers.suppress.per': { label: 'In' },
  'triggers.snooze': { label: 'Put off for', otherwise: 'session' },
  'triggers.copy.title': { label: 'Title', otherwise: 'built in' },
  'triggers.copy.body': { label: 'Text', otherwise: 'built in' },
  ...under('triggers.cta', BUTTONS),
  'triggers.holdout': { label: 'Holdout, 0 to 1', otherwise: '0' },
  'triggers.ignore': { label: 'Advice that is not taken', one: 'code' },
  'triggers.variants': { label: 'Variants', one: 'variant' },
  'triggers.variants.id': { label: 'Name', otherwise: 'its number' },
  'triggers.variants.if': { label: 'Taken where, a condition', otherwise: 'by weight' },
  'triggers.variants.weight': { label: 'Weight, 0 to 1', otherwise: 'by condition' },
  'triggers.variants.copy.title': { label: 'Title', otherwise: 'the trigger’s' },
  'triggers.variants.copy.body': { label: 'Text', otherwise: 'the trigger’s' },
  ...under('triggers.variants.cta', BUTTONS),
  'triggers.variants.slot': { label: 'Slot', otherwise: 'the trigger’s' },
  'triggers.at': { label: 'Speaks from, in percent of the limit', otherwise: '80', hint: AT },
  'triggers.push': { label: 'Pushes the page down', otherwise: 'false' },
  'triggers.near.route': { label: 'Pages that count as near, one a line', otherwise: 'none: its control alone' },
  'triggers.metric': { label: 'Resource or event' },
  'triggers.surface': { label: 'Shown as', otherwise: 'modal' },
}

/** "minHealth" as "Min health". */
const spelled = (key: string): string =>
  key.charAt(0).toUpperCase() + key.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** What is said of a key, by its path without numbers and without keys of the author's own. */
export function wordsFor(name: string): Words {
  const key = name.slice(name.lastIndexOf('.') + 1)
  return WORDS[name] ?? { label: FORMS[key as keyof typeof FORMS] ?? spelled(key) }
}

/** What to call one of the ways in which a value may be written. */
export function wayName(shape: Shape, name: string): string {
  switch (shape.kind) {
    case 'value':
      return 'one text'
    case 'nothing':
      return name.endsWith('suppress') ? 'never' : 'no bound'
    case 'map':
      return 'by language'
    case 'list':
      return 'several rules'
    case 'object': {
      const [key] = shape.keys.find(([known]) => known in WAYS) ?? ['']
      return WAYS[key] ?? ''
    }
    case 'either':
      return ''
  }
  return shape satisfies never
}

const WAYS: { readonly [key: string]: string } = {
  other: 'by number',
  amount: 'one price',
  tiers: 'in tiers',
  max: 'one rule',
  dismissals: 'quiet after refusals',
  impressions: 'not too many of a kind',
}

/** All that is counted in a file. */
export const resourcesOf = (source: unknown): string[] => [
  ...new Set([
    ...keysOf(get(source, 'resources')),
    ...listOf(get(source, 'plans')).flatMap((plan) => keysOf(get(plan, 'limits'))),
  ]),
]

/** The values to choose from at a place, where the file itself has them. */
export function optionsFor(name: string, source: unknown): readonly string[] | undefined {
  if (name === 'triggers.resource') return resourcesOf(source)
  if (name === 'triggers.feature') return keysOf(get(source, 'features'))
  const groups = keysOf(get(source, 'caps', 'groups'))
  return name === 'triggers.group' && groups.length ? groups : undefined
}

/** The keys that a map might have: each has a field of its own, or is proposed. */
export function keysFor(
  name: string,
  source: unknown,
): { readonly shown?: readonly string[]; readonly proposed?: readonly string[] } {
  if (name === 'plans.limits') return { shown: resourcesOf(source) }
  if (name.endsWith('ignore')) return { proposed: Object.keys(REASONS) }
  return {}
}
