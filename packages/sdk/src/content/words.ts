import { parseTemplate } from '../config/template.ts'
import type { Price, Text } from '../config/types.ts'
import type { Prompt } from '../core/prompt.ts'
import { resolveLink } from './links.ts'
import { matchLocale, readerLocale } from './locale.ts'
import type { PageFacts } from './page.ts'
import { capitalise, clean, isolate, own } from './text.ts'

/** Built-in words by name; `name.one`, `name.few` and so on are forms of `name` for the first number in it. */
export type Labels = { readonly [name: string]: string }

/** Values that one text alone has. `n` is also the number that `{resource}` agrees with until another comes before it. */
export type Extra = { readonly [name: string]: string | number | null | undefined }

/** A finished text, empty while a value in it is unknown, and the locale that it is in. */
export type Said = readonly [text: string, tag: string]

/** What a prompt can say to one reader. */
export interface Words {
  /** The locale of the built-in texts. */
  readonly tag: string
  /** The first of several built-in texts, by names, whose values are all known; empty if there is none. */
  readonly say: (names: string, extra?: Extra) => string
  readonly text: (text: Text | undefined) => Said
  readonly number: (n: number, options?: Intl.NumberFormatOptions) => string
  /** "$99 a month"; empty for who cannot buy. */
  readonly price: (price: Price | undefined) => string
  /** A resource's word for so many of it. */
  readonly resource: (id: string, n?: number) => string
  readonly feature: (id: string) => string
  /** A link of the file's, filled in and checked. */
  readonly link: (template: string | undefined) => string | undefined
}

/** Plural rules and number formats by locale, kept: they are dear to make, and every text asks. */
const rules = new Map<string, Intl.PluralRules>()
const formats = new Map<string, Intl.NumberFormat>()

export function formatOf(tag: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const id = [tag, ...Object.entries(options)].join()
  const known = formats.get(id) ?? new Intl.NumberFormat(tag, options)
  formats.set(id, known)
  return known
}

/** The plural form for a number: `one`, `few`, `other`. */
function form(n: unknown, tag: string): string {
  const known = rules.get(tag) ?? new Intl.PluralRules(tag)
  rules.set(tag, known)
  return known.select(n as number)
}

/** What `{resource}` agrees with when no number comes before it: "a few" is a plain plural in every language. */
const SOME = 3

/**
 * Finds the words for a prompt's reader.
 *
 * @param by The placeholder that chooses among plural forms of the file's texts, where they do not say.
 * @param needed Seats to add.
 */
export function wordsFor(
  prompt: Prompt,
  page: PageFacts,
  labels: Labels,
  by = 'used',
  needed = prompt.figures.needed ?? 1,
): Words {
  const { figures, plan, current, config, user, account, trigger } = prompt
  const { feature = '', metric = own(trigger, 'resource') as string, resource = metric ?? '', resetsAt = '' } = figures
  const reader = readerLocale([prompt.locale, user.locale, ...page.locales])
  const { key, tag: home } = matchLocale([...Object.keys(config.labels), 'en'], reader)

  // Arabic has the letters of `US$` read from the left, and would tear the sign away from them.
  const number = (n: number, options?: Intl.NumberFormatOptions, tag = home): string => {
    return formatOf(tag, options)
      .format(n)
      .replace(/^\u200f.*[A-Z]\p{Sc}$/u, '$&\u200e')
  }

  /** One language of a text, and in it one plural form: the figure's, or that of the figure which `n` names. */
  const choose = (
    text: unknown,
    wanted: string,
    n: number | string = SOME,
  ): readonly [text: string, tag: string] | undefined => {
    let tag = wanted
    if (Object(text) === text && !own(text, 'other')) {
      const match = matchLocale(Object.keys(text as object), wanted)
      text = own(text, match.key)
      tag = match.tag
    }
    const figure = typeof n === 'string' ? fact(String(own(text, 'by') ?? n)) : n
    const chosen = own(text, form(figure, tag)) ?? own(text, 'other') ?? text
    return typeof chosen === 'string' ? [chosen, tag] : undefined
  }

  /** A built-in text for a sentence in another locale; empty where it would mix two languages. */
  const within = (tag: string, name: string, extra?: Extra): string => (tag === home ? say(name, extra) : '')

  const priceOf = (price: Price | undefined, tag = home): string => {
    if (!price || !prompt.buyer) return ''
    const { amount, currency, per } = price
    const bare = number(
      amount,
      { style: 'currency', currency, ...(amount % 1 ? {} : { minimumFractionDigits: 0 }) },
      tag,
    )
    return within(tag, `price.${per}`, { amount: bare }) || bare
  }

  const nameOf = (id: string, n?: number, tag = home): string =>
    choose(own(config.resources, id), tag, n)?.[0] || (id === 'seats' && within(tag, id, { n })) || plain(id)

  const featureOf = (id: string, tag = home): string =>
    choose(own(config.features, id, 'name'), tag)?.[0] || capitalise(plain(id))

  const facts = {
    ...figures,
    user,
    account,
    resource,
    product: config.product,
    seats: { needed },
    trigger: { id: prompt.triggerId },
    feature: { id: feature },
    return: page.href.replace(/^\w+:\/\/[^/?#]*/, ''),
    plan: plan && { ...plan, limit: own(plan.limits, resource) },
    current: current && { ...current, limit: figures.limit ?? own(current.limits, resource) },
  }
  const fact = (name: string): unknown => own(facts, ...name.split('.'))

  /** What is not as people say it: these depend on the language, and on the number before. */
  const telling: { readonly [name: string]: (tag: string, n?: number) => string | undefined } = {
    resource: (tag, n) => nameOf(resource, n, tag),
    resetsAt: (tag) => day(resetsAt, tag),
    'plan.price': (tag) => priceOf(plan?.price, tag),
    'feature.name': (tag) => featureOf(feature, tag),
    'feature.benefit': (tag) => choose(own(config.features, feature, 'benefit'), tag)?.[0].replace(/\.$/, ''),
  }
  /** What stands for a placeholder: text, a number still to be formatted, `null` for no limit. */
  const value = (name: string, tag: string, n?: number): unknown => {
    if (Object.hasOwn(telling, name)) return telling[name]!(tag, n)
    const found = fact(name)
    return typeof found === 'string' ? clean(found) : found
  }

  /** Puts the values in: the text, empty while a value is unknown, and the first number in it. */
  const fill = (template: string, tag: string, extra: Extra = {}): readonly [text: string, first?: unknown] => {
    let n = extra.n as number | undefined
    let first = n
    let filled = ''
    const parts = parseTemplate(template)
    for (const [i, part] of parts.entries()) {
      if (typeof part === 'string') {
        const digits = /(\d+)\s*$/.exec(part)
        if (digits) n = Number(digits[1])
        filled += part
        continue
      }
      const { name, fallback } = part
      let found = Object.hasOwn(extra, name) ? extra[name] : value(name, tag, n)
      if (Number.isFinite(found)) {
        n = found as number
        first ??= n
        // "{percent}%" brings its own sign.
        const signed = name === 'percent' && !/^\s?[%٪]/.test(String(parts[i + 1]))
        filled += signed ? number(n / 100, { style: 'percent' }, tag) : number(n, undefined, tag)
      } else {
        if (found === null) found = within(tag, 'unlimited') || '∞'
        const text = (typeof found === 'string' && found) || fallback
        if (text === undefined) return ['']
        filled += isolate(text, template)
      }
    }
    return [filled, first]
  }

  const say = (names: string, extra?: Extra): string => {
    for (const name of names.split(' ')) {
      const table = own(config.labels, key, name) ? config.labels[key] : labels
      const [usual, first] = fill((own(table, name) ?? '') as string, home, extra)
      const other = own(table, `${name}.${form(first, home)}`) as string | undefined
      if (usual) return other ? fill(other, home, { ...extra, n: first as number })[0] : usual
    }
    return ''
  }

  return {
    tag: home,
    say,
    number,
    price: priceOf,
    resource: nameOf,
    feature: featureOf,
    text(text) {
      const [template, tag] = choose(text, reader, by) ?? ['', '']
      return [fill(template, tag)[0], tag]
    },
    link: (template = '') => resolveLink(template, (name) => fact(name) ?? value(name, reader), page) ?? undefined,
  }
}

/** An id where people need a name: `audit_log` becomes `audit log`. */
function plain(id: string): string {
  return id.replace(/[_-]/g, ' ')
}

/** A day as people write it. A date without a time is that day everywhere. */
function day(iso: string, tag: string): string | undefined {
  const at = new Date(iso)
  const timeZone = iso.includes('T') ? undefined : 'UTC'
  return +at ? at.toLocaleDateString(tag, { dateStyle: 'long', timeZone }) : undefined
}
