import type { Prompt } from '../core/prompt.ts'
import { compose } from './compose.ts'
import type { PromptContent } from './content.ts'
import { inline } from './features.ts'
import { commonLabels } from './labels/common.ts'
import { featureLabels } from './labels/feature.ts'
import type { PageFacts } from './page.ts'
import { capitalise, join } from './text.ts'
import { wordsFor } from './words.ts'

/** Writes a feature trigger's tooltip, or its block. `null` where it cannot be drawn. */
export function writeFeature(prompt: Prompt, page: PageFacts): PromptContent | null {
  const { figures, plan, buyer } = prompt
  const { feature } = figures
  if (!feature) return null

  const words = wordsFor(prompt, page, { ...commonLabels, ...featureLabels }, 'attempts')
  const { say } = words
  const title = words.feature(feature)
  const name = inline(title, words.tag)
  return compose(
    prompt,
    words,
    {
      title,
      text: join(
        capitalise(say('feature.benefit')),
        say(plan ? 'feature.part' : 'feature.not'),
        !buyer && plan && say('admin'),
      ),
      action: 'explainer',
      asking: { message: join(say('feature.ask', { name }), say(plan ? 'ask.move' : 'feature.help')) },
    },
    plan ? { chip: plan.name } : {},
  )
}
