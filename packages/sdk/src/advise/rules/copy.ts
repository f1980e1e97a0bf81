import { parseTemplate } from '../../config/template.ts'
import type { CheckedConfig, CheckedTrigger } from '../../config/types.ts'
import type { AdvicePath, Rule } from '../advice.ts'

/** What stands between placeholders. */
const plainOf = (text: string): string =>
  parseTemplate(text)
    .map((part) => (typeof part === 'string' ? part : ' '))
    .join('')

const namesIn = (text: string): readonly string[] =>
  parseTemplate(text).flatMap((part) => (typeof part === 'string' ? [] : [part.name]))

/** Whether a text says what the reader has, or would have: a figure, a name of what is offered, or a reason. */
function hasValue(text: string, config: CheckedConfig): boolean {
  const plain = plainOf(text).toLowerCase()
  const words = [
    ...config.plans.map(({ name }) => name),
    ...Object.values(config.features).flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
    ...Object.values(config.resources).flatMap((name) => Object.values(typeof name === 'string' ? [name] : name)),
  ].filter((word): word is string => typeof word === 'string')
  return (
    namesIn(text).some((name) => !/^(user|account|product$|trigger)/.test(name)) ||
    /\p{Nd}/u.test(plain) ||
    words.some((word) => plain.includes(word.toLowerCase())) ||
    /\b(so (that )?you|without|instead of|lets? you|helps?|saves?|faster|keep|because|no more)\b/.test(plain)
  )
}

/** A call to buy, in so many words. */
const CALL =
  /\b(upgrade|buy|subscribe|purchase|go (pro|premium)|get (pro|premium|more)|unlock|take .* to the next level|level up|act)\b/i

const sameOwner = (a: AdvicePath, b: AdvicePath): boolean => a.join() === b.join()

const noValue: Rule = ({ config, said }, tell) => {
  for (const { text, path, field, owner, locale } of said) {
    if (field === 'label' || hasValue(text, config)) continue
    const others = said.filter(
      (other) =>
        sameOwner(other.owner, owner) && other.field !== 'label' && other.field !== field && other.locale === locale,
    )
    // A built-in body stands under a title of one's own, and says what is offered: then only a bare call is empty.
    const isEmpty = field === 'body' ? !others.some((other) => hasValue(other.text, config)) : isBareCall(text)
    if (isEmpty)
      tell(
        'no-value',
        path,
        quote(text),
        'Say what they have used, or what they would get: {used}, {plan.name}, {feature.benefit}.',
      )
  }
}

const isBareCall = (text: string): boolean => CALL.test(text) && text.split(/\s+/).length <= 6

export const quote = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`

/** Whether a condition, the trigger's or a variant's, asks about something. */
const asks = (condition: unknown, path: RegExp): boolean => path.test(JSON.stringify(condition ?? {}))

const speaksTo = (trigger: CheckedTrigger, path: RegExp): boolean =>
  asks(trigger.audience, path) || trigger.variants.some((variant) => asks(variant.if, path))

const AUDIENCES = [
  {
    asked: /"user\.role"|"user":/,
    speaks: /\b(buy|purchase|billing|checkout|invoice|your (subscription|plan)|pay)\b|\{plan\.price/i,
    found: 'said to members who cannot buy as well',
    fix: 'Add a variant with { "if": { "user.role": … } }, or an audience.',
  },
  {
    asked: /seats|members|team/,
    speaks: /\b(your (team|colleagues?)|teammates?|co-?workers?|everyone)\b/i,
    found: 'said to people who work alone as well',
    fix: 'Add a variant with { "if": { "usage.seats.used": { "$gt": 1 } } }, or an audience.',
  },
]

const sameCopyForAll: Rule = ({ said, triggers }, tell) => {
  for (const { trigger } of triggers)
    for (const { asked, speaks, found, fix } of AUDIENCES) {
      // Whoever sees team growth has a team.
      if (speaksTo(trigger, asked) || (trigger.type === 'team_growth' && asked.test('team'))) continue
      const first = said.find((one) => one.trigger === trigger && one.field !== 'label' && speaks.test(one.text))
      if (first) tell('same-copy-for-all', first.path, `${quote(first.text)}, ${found}`, fix)
    }
}

const HASTE =
  /\b(hurry|last chance|limited[- ]time|now or never|don['’]t (miss|wait)|act (now|fast)|(ends?|expires?|closes?) (soon|today|tonight|tomorrow)|today only|only today|while (it|they) lasts?|before it['’]s (too late|gone)|final (hours|days|call))\b/i
const SCARCITY =
  /\b(only (a few|\d+) (left|remaining|spots?|places?)|almost gone|running out of (spots|places|stock)|selling fast|in high demand)\b/i

const urgency: Rule = ({ said }, tell) => {
  for (const { text, path, trigger } of said) {
    const plain = plainOf(text)
    // A schedule with an end, or a figure of theirs, bears haste out.
    const isTrue = trigger.until !== undefined || namesIn(text).some((name) => /^(remaining|resetsAt)$/.test(name))
    const found = SCARCITY.exec(plain) ?? (isTrue ? null : HASTE.exec(plain))
    if (found) tell('urgency', path, quote(found[0]), 'Say what is so: {remaining} left, or until {resetsAt}.')
  }
}

const shouting: Rule = ({ said, config }, tell) => {
  const ours = new Set(
    [config.product, ...config.plans.map(({ name }) => name)].flatMap((name) => name?.split(/\s+/) ?? []),
  )
  for (const { text, path } of said) {
    const plain = plainOf(text)
    const loud = (plain.match(/(?<![\p{L}\p{N}])\p{Lu}{4,}(?![\p{L}\p{N}])/gu) ?? []).filter((word) => !ours.has(word))
    const marks = (plain.match(/[!¡！]/g) ?? []).length - (plain.includes('¡') ? 1 : 0)
    // One word in capitals may be a name: SAML, CSV.
    if (loud.length > 1) tell('shouting', path, loud.slice(0, 3).join(' '), 'Write it in small letters.')
    else if (marks > 1) tell('shouting', path, `${marks} exclamation marks`, 'One is enough, and none is better.')
  }
}

/** Numbers that the file knows, by the placeholder that says them. */
function numbersOf(trigger: CheckedTrigger, config: CheckedConfig): ReadonlyMap<number, string> {
  const known = new Map<number, string>()
  const resource = 'resource' in trigger ? trigger.resource : 'metric' in trigger ? trigger.metric : undefined
  for (const plan of config.plans) {
    const limit = resource && plan.limits[resource]
    if (limit) known.set(limit, '{limit} or {plan.limit}')
    if (plan.price?.amount) known.set(plan.price.amount, '{plan.price}')
  }
  if ('at' in trigger) for (const mark of trigger.at) known.set(mark, '{percent}')
  if ('milestones' in trigger) for (const milestone of trigger.milestones) known.set(milestone, '{milestone}')
  return known
}

const numberByHand: Rule = ({ said, config }, tell) => {
  for (const { text, path, trigger } of said) {
    const known = numbersOf(trigger, config)
    for (const [written] of plainOf(text).matchAll(/\p{Nd}+(?:[.,]\p{Nd}{3})*/gu)) {
      const placeholder = known.get(Number(written.replaceAll(/[.,]/g, '')))
      if (!placeholder) continue
      tell('number-by-hand', path, `${written} in ${quote(text)}`, `Write ${placeholder}.`)
      break
    }
  }
}

/**
 * Characters that stand in two lines of a title, four of a body and one of a button at 320 px, by widget: measured in
 * Chromium (test/widgets/room.test.tsx). A wide character, as Chinese has them, counts for two.
 */
export const ROOM = {
  banner: { title: 52, body: 116, label: 34 },
  tooltip: { title: 58, body: 140, label: 34 },
  panel: { title: 58, body: 140, label: 34 },
  modal: { title: 50, body: 156, label: 34 },
  toast: { title: 48, body: 96, label: 26 },
} as const

const widgetOf = (trigger: CheckedTrigger): keyof typeof ROOM =>
  trigger.type === 'limit_approaching'
    ? 'banner'
    : trigger.type === 'feature_discovery'
      ? 'tooltip'
      : trigger.type === 'team_growth'
        ? 'panel'
        : trigger.surface

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/gu

/** How long a text is when it is read: a placeholder is as long as what it mostly stands for. */
const lengthOf = (text: string): number =>
  parseTemplate(text)
    .map((part) =>
      typeof part === 'string' ? part : (part.fallback ?? 'x'.repeat(/benefit/.test(part.name) ? 40 : 5)),
    )
    .join('')
    .replaceAll(WIDE, 'xx').length

const tooLong: Rule = ({ said }, tell) => {
  for (const { text, path, field, trigger } of said) {
    const room = ROOM[widgetOf(trigger)][field]
    const length = lengthOf(text)
    if (length > room)
      tell('too-long', path, `${length} characters as a ${field}`, `At 320 px there is room for about ${room}.`)
  }
}

export const copyRules: readonly Rule[] = [noValue, sameCopyForAll, urgency, shouting, numberByHand, tooLong]
