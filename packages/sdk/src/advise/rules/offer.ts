import { get, keysOf } from '../../config/loose.ts'
import type { CheckedConfig } from '../../config/types.ts'
import type { Rule } from '../advice.ts'
import { formsOf } from '../subject.ts'
import { quote } from './copy.ts'

const SYMBOLS: { readonly [symbol: string]: string } = { $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR' }

/** Money as people write it: $29, 29 €, USD 29. */
const MONEY = /(?:([$€£¥₹])\s?(\d[\d.,]*)|(\d[\d.,]*)\s?([€£¥₹]))/g

const pricesOf = ({ plans }: CheckedConfig): ReadonlySet<string> =>
  new Set(
    plans.flatMap(({ price, seatTiers }) =>
      price
        ? [price.amount, ...(seatTiers ?? []).map(({ amount }) => amount)].map((n) => `${price.currency} ${n}`)
        : [],
    ),
  )

/** Reads `1,299.00` and `1.299,00` alike. */
const amountOf = (text: string): number =>
  Number(
    text
      .replace(/[.,]$/, '')
      .replace(/[.,](?=\d{3}(\D|$))/g, '')
      .replace(',', '.'),
  )

const unknownPrice: Rule = ({ said, config }, tell) => {
  const prices = pricesOf(config)
  for (const { text, path } of said)
    for (const [whole, before, a, b, after] of text.matchAll(MONEY)) {
      const currency = SYMBOLS[(before ?? after) as string]
      if (!prices.has(`${currency} ${amountOf((a ?? b) as string)}`))
        tell('unknown-offer', path, `${whole.trim()}, which no plan costs`, 'Write {plan.price}, or mend the plan.')
    }
}

const unknownPlan: Rule = ({ said, config }, tell) => {
  if (!config.plans.length) return
  const names = new Set(config.plans.map(({ name }) => name.toLowerCase()))
  for (const { text, path } of said)
    for (const [, name] of text.matchAll(/\b(\p{Lu}[\p{L}\p{N}+-]*) plan\b/gu)) {
      // "Your plan" and "A plan" begin sentences.
      if (
        names.has((name as string).toLowerCase()) ||
        /^(your|the|a|this|that|each|every|any|next|new|our|my)$/i.test(name as string)
      )
        continue
      tell(
        'unknown-offer',
        path,
        `${quote(`${name} plan`)}, which "plans" has not`,
        'Write {plan.name}, or add the plan.',
      )
    }
}

const unknownFeature: Rule = ({ said, config, source }, tell) => {
  if (!config.plans.length) return
  const had = new Set(config.plans.flatMap(({ features }) => features))
  const lost = keysOf(get(source, 'features')).filter((feature) => !had.has(feature))
  const names = lost.flatMap((feature) =>
    [...formsOf(get(source, 'features', feature, 'name'), [])].map(({ text }) => text),
  )
  for (const { text, path } of said) {
    const name = names.find((one) => text.toLowerCase().includes(one.toLowerCase()))
    if (name) tell('unknown-offer', path, `${quote(name)}, which no plan has`, 'Add the feature to a plan.')
  }
}

export const offerRules: readonly Rule[] = [unknownPrice, unknownPlan, unknownFeature]
