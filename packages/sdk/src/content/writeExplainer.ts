import type { Prompt } from '../core/prompt.ts'
import type { ExplainerContent } from './content.ts'
import { addedFeatures } from './features.ts'
import { commonLabels } from './labels/common.ts'
import { comparisonLabels } from './labels/comparison.ts'
import { featureLabels } from './labels/feature.ts'
import { upgradeOffer } from './offer.ts'
import type { PageFacts } from './page.ts'
import { capitalise, join } from './text.ts'
import { wordsFor } from './words.ts'

/** Most lines of what the plan also gives. */
const MOST = 6

/** Writes the feature explainer; `null` for a prompt that is of no feature. */
export function writeExplainer(prompt: Prompt, page: PageFacts): ExplainerContent | null {
  const { figures, plan, current } = prompt
  if (!figures.feature) return null

  const words = wordsFor(prompt, page, { ...commonLabels, ...featureLabels, ...comparisonLabels })
  const { say } = words
  const limits = Object.entries(plan?.limits ?? {}).flatMap(([id, limit]) => {
    const now = current?.limits[id] ?? 0
    if (current?.limits[id] === null || (limit ?? Number.POSITIVE_INFINITY) <= now) return []
    const amount = limit ?? say('plans.unlimited')
    const text = say('explainer.gain', { amount, resource: words.resource(id, limit ?? undefined) })
    return { text, ...(now && { was: say('explainer.was', { amount: now }) }) }
  })
  const features = addedFeatures(prompt).filter((id) => id !== figures.feature)
  const gains = [...limits, ...features.map((id) => ({ text: words.feature(id) }))].slice(0, MOST)
  return {
    locale: words.tag,
    ...(plan && { chip: say('explainer.chip') }),
    title: words.feature(figures.feature),
    text: join(capitalise(say('feature.benefit')), !plan && say('feature.not')),
    ...(gains.length > 0 && { also: say('explainer.also') }),
    gains,
    ...upgradeOffer(prompt, words),
    close: say('close'),
  }
}
