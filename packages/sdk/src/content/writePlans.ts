import type { CheckedPlan } from '../config/types.ts'
import type { Prompt } from '../core/prompt.ts'
import type { PlansContent } from './content.ts'
import { commonLabels } from './labels/common.ts'
import { comparisonLabels } from './labels/comparison.ts'
import { upgradeOffer } from './offer.ts'
import type { PageFacts } from './page.ts'
import { capitalise, own } from './text.ts'
import { wordsFor } from './words.ts'

/** Writes the comparison of the current plan, the one offered and one more; `null` where no plan is offered. */
export function writePlans(prompt: Prompt, page: PageFacts): PlansContent | null {
  const { figures, plan, current, config, account } = prompt
  if (!plan) return null

  const labels = { ...commonLabels, ...comparisonLabels }
  const words = wordsFor(prompt, page, labels)
  const { say, number } = words
  const more = config.plans[config.plans.findIndex(({ id }) => id === plan.id) + 1]
  const plans = [current, plan, more].filter((one) => one !== undefined)
  const extra = own(account, 'features')

  const has = (one: CheckedPlan, feature: string): boolean =>
    one.features.includes(feature) || (one === current && Array.isArray(extra) && extra.includes(feature))
  const limit = (one: CheckedPlan | undefined, id: string): number | null | undefined =>
    one === current && id === figures.resource && figures.limit !== undefined ? figures.limit : one?.limits[id]

  const rows: PlansContent['rows'][number][] = []
  for (const id of new Set(plans.flatMap(({ limits }) => Object.keys(limits)))) {
    const now = limit(current, id)
    const cells = plans.map((one) => {
      const amount = limit(one, id)
      if (amount === undefined) return { text: '–', hidden: say('plans.unknown') }
      const text = amount === null ? say('plans.unlimited') : number(amount)
      if (one !== plan || typeof now !== 'number' || (amount !== null && amount <= now)) return { text }
      return {
        text,
        gain: amount === null ? say('explainer.was', { amount: now }) : number(amount - now, { signDisplay: 'always' }),
      }
    })
    rows.push({ label: capitalise(words.resource(id)), cells })
  }
  for (const id of new Set(plans.flatMap(({ features }) => features))) {
    const cells = plans.map((one) => ({
      has: has(one, id),
      hidden: say(has(one, id) ? 'plans.included' : 'plans.notIncluded'),
      ...(one === plan && current && has(one, id) && !has(current, id) && { gain: say('plans.new') }),
    }))
    rows.push({ label: words.feature(id), cells })
  }

  return {
    locale: words.tag,
    title: say('plans.title plans.titlePlain'),
    text: say('plans.text'),
    label: say('plans.label'),
    columns: plans.map((one) => {
      const price = words.price(one.price)
      const is = one === current ? 'current' : one === plan ? 'offer' : undefined
      const { primary: action } =
        is === 'current' || !prompt.buyer
          ? {}
          : upgradeOffer({ ...prompt, plan: one }, wordsFor({ ...prompt, plan: one }, page, labels))
      return {
        name: one.name,
        ...(price && { price }),
        ...(is && { is, chip: say(is === 'current' ? 'plans.current' : 'plans.next') }),
        ...(action && { action }),
      }
    }),
    rows,
    ...upgradeOffer(prompt, words),
    close: say('close'),
  }
}
