/** Says in a sentence, for somebody who writes prompts and no code, why one is kept back. */

import type { CheckedConfig, Reason, ReasonName, TriggerType } from '@plimsoll/sdk'

type Figures = NonNullable<Reason['figures']>

interface Telling {
  readonly config: CheckedConfig
  readonly type: TriggerType
  /** When it is over, in words: "until 24 December". Empty: time alone does not change it. */
  readonly until: string
  readonly locale: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const TYPES: { readonly [type in TriggerType]: string } = {
  limit_approaching: 'limit prompts',
  feature_discovery: 'feature prompts',
  team_growth: 'seat prompts',
  usage_milestone: 'milestone prompts',
}

/** The name that people know a plan by. */
function planName({ config }: Telling, id: unknown): string {
  return config.plans.find((plan) => plan.id === id)?.name ?? String(id)
}

/** "projects" for a resource, a feature's own name for a feature, as far as the file says it in one text. */
function nameOf({ config }: Telling, kind: 'resources' | 'features', id: unknown): string {
  const key = String(id)
  const text = kind === 'features' ? config.features[key]?.name : config.resources[key]
  if (typeof text === 'string') return text
  const other = text && 'other' in text ? text.other : undefined
  return typeof other === 'string' ? other : key
}

const number = ({ locale }: Telling, n: unknown): string =>
  typeof n === 'number' ? n.toLocaleString(locale) : String(n)

const times = (n: unknown): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)

/** "in one session", "within 7 days"; empty: ever. */
function within(per: unknown): string {
  if (per === 'session') return ' in one session'
  return typeof per === 'number' ? ` within ${length(per)}` : ''
}

/** A length of time, in the largest unit that it is whole in. */
function length(ms: number): string {
  const [size, one] = ms % DAY === 0 ? [DAY, 'day'] : ms % HOUR === 0 ? [HOUR, 'hour'] : [MINUTE, 'minute']
  const n = Math.round(ms / size)
  return `${n} ${one}${n === 1 ? '' : 's'}`
}

const SENTENCES: { readonly [reason in ReasonName]: (figures: Figures, telling: Telling) => string } = {
  disabled: () => 'It is switched off in the file: "enabled" is false.',
  schedule: (_, { until }) => (until ? `Its schedule has not begun: it is silent ${until}.` : 'Its schedule is over.'),
  audience: () => 'This user and account are not in its audience.',
  plan_unknown: ({ plan }) =>
    plan === undefined || plan === ''
      ? 'The account’s plan is not known, so nothing can be offered.'
      : `The account is on “${plan}”, a plan that the file does not have.`,
  no_next_plan: ({ plan, feature, limit }, telling) => {
    if (feature !== undefined)
      return `No plan above ${planName(telling, plan)} has ${nameOf(telling, 'features', feature)}.`
    if (limit === null) return `${planName(telling, plan)} is unlimited here: there is nothing more to offer.`
    return `No plan above ${planName(telling, plan)} gives more of it, so there is nothing to offer.`
  },
  already_has: ({ plan, feature }, telling) =>
    `The account has ${nameOf(telling, 'features', feature)} already${plan === undefined ? '' : `, by its plan ${planName(telling, plan)} or as an extra`}.`,
  not_matched: (figures, telling) => notMatched(figures, telling),
  figures: ({ resource, used }, telling) =>
    used === undefined
      ? `Your product has not reported how much of ${nameOf(telling, 'resources', resource)} is in use.`
      : `The limit of ${nameOf(telling, 'resources', resource)} is not known, neither by the plan nor by your product.`,
  copy: ({ missing }) => `Its words need {${missing}}, which is not known here; give a fallback, as in {${missing}|…}.`,
  no_place: (_, { type }) =>
    type === 'feature_discovery'
      ? 'The page has neither the locked control nor a slot for it.'
      : 'The page has no slot to show it in.',
  holdout: () => 'This account is in the holdout: it counts as shown, and nothing is seen.',
  frequency: ({ shown, max, per }, { until }) =>
    `It was shown ${times(shown)}${within(per)}, and ${times(max)} is the most${until ? `: silent ${until}` : ''}.`,
  quiet: ({ refusals, refusedAt, used, shown, max, per }, telling) => {
    if (refusedAt !== undefined)
      return `It was refused with ${number(telling, refusedAt)} in use, and stays quiet until more are (now ${number(telling, used)}).`
    if (max !== undefined)
      return `${number(telling, shown)} feature ${shown === 1 ? 'prompt was' : 'prompts were'} shown${within(per)}: the rest of the time is quiet${telling.until ? `, ${telling.until}` : ''}.`
    return `It was refused ${times(refusals)}, so it stays quiet ${telling.until || 'for now'}.`
  },
  snoozed: (_, { until }) => `The user asked to be reminded later: it waits ${until || 'until their next session'}.`,
  cap_session: ({ shown, max }) =>
    max === 0
      ? 'The file allows no prompt in a session: "caps.perSession" is 0.'
      : `${shown} ${shown === 1 ? 'prompt was' : 'prompts were'} shown in this session, and ${max} is the most.`,
  cap_interval: (_, { until }) => `Another prompt was shown too short a time ago: silent ${until}.`,
  cap_group: ({ group, shown, max, per }, { until }) =>
    `Its group “${group}” was shown ${times(shown)}${within(per)}, and ${times(max)} is the most${until ? `: silent ${until}` : ''}.`,
  health: ({ health, min }) => `The account’s health is ${health}, and under ${min} nobody is sold to.`,
  age: (_, { until }) => `The account is too young for this: features and milestones wait ${until}.`,
  flag: ({ flag }) => `The account is marked “${flag}”: while it is, nothing is sold.`,
  opted_out: (_, { type }) => `The user has stopped ${TYPES[type]}, or all prompts.`,
  consent: () => 'The user has not consented yet: until then nothing is kept, and nothing shows.',
  paused: () => 'Your product has paused prompts for the moment.',
  storage: () => 'The browser keeps nothing here, so nobody could be kept from seeing it again and again.',
  hidden: () => 'The tab is hidden, or nobody has done anything in it for 30 minutes.',
  typing: () => 'The user is typing: a dialog would interrupt.',
  dialog: () => 'A dialog of your product is open.',
  outranked: ({ by }) => `“${by}” wins now; one prompt is shown at a time.`,
  on_screen: ({ triggerId }) => `Another prompt is on screen now (${triggerId}).`,
}

function notMatched(figures: Figures, telling: Telling): string {
  const { percent, at, resource, limit, used, metric, feature } = figures
  if (feature !== undefined)
    return `Nobody is near ${nameOf(telling, 'features', feature)}: its control is not pointed at, and its page is not open.`
  if (metric !== undefined) {
    const name = nameOf(telling, 'resources', metric)
    return used === undefined
      ? `Nothing is known of ${name} yet.`
      : `No milestone was passed in this session (${name}: ${number(telling, used)}).`
  }
  if (percent !== undefined && at !== undefined)
    return Number(percent) >= Number(at)
      ? `It has spoken at ${at}% already, and waits for the next mark (now ${percent}%).`
      : `Usage is at ${percent}%, and it speaks from ${at}%.`
  if (limit === null) return `${nameOf(telling, 'resources', resource)}: unlimited, so there is no mark to reach.`
  if (limit === 0) return `${nameOf(telling, 'resources', resource)}: the limit is 0, of which there is no part.`
  if (figures.currentPlan !== undefined) return 'The account already has the plan that this offered.'
  return 'What it waits for has not happened.'
}

/**
 * Says one reason in a sentence.
 *
 * @param now Epoch milliseconds: a moment within a day is told by its hour.
 * @param locale For numbers and dates. @default 'en-GB'
 */
export function sayReason(
  { reason, figures = {}, untilAt }: Reason,
  about: { readonly config: CheckedConfig; readonly type: TriggerType; readonly now: number; readonly locale?: string },
): string {
  const { config, type, now, locale = 'en-GB' } = about
  return SENTENCES[reason](figures, {
    config,
    type,
    locale,
    until: untilAt === undefined ? '' : sayUntil(untilAt, now, locale),
  })
}

/** "until 14:05" today, else "until 24 December 2026, 14:05". */
function sayUntil(untilAt: number, now: number, locale: string): string {
  const at = new Date(untilAt)
  const time = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  if (untilAt - now < MINUTE) return 'for a few seconds'
  if (at.toDateString() === new Date(now).toDateString()) return `until ${time}`
  return `until ${at.toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })}, ${time}`
}
