import type { Prompt } from '../core/prompt.ts'
import { compose } from './compose.ts'
import type { PromptContent } from './content.ts'
import { addedFeatures, inline } from './features.ts'
import { commonLabels } from './labels/common.ts'
import { milestoneLabels } from './labels/milestone.ts'
import type { PageFacts } from './page.ts'
import { join } from './text.ts'
import { wordsFor } from './words.ts'

/** Writes a milestone trigger's modal or toast. */
export function writeMilestone(prompt: Prompt, page: PageFacts): PromptContent | null {
  const { figures, plan, buyer, config, kind } = prompt
  const { milestone, metric = '' } = figures
  if (milestone === undefined) return null

  const words = wordsFor(prompt, page, { ...commonLabels, ...milestoneLabels }, 'milestone')
  const { say, tag } = words
  // What has a name was created; seats are reached, and what has no name is a bare number.
  const way = metric === 'seats' ? 'reached' : Object.hasOwn(config.resources, metric) ? 'created' : 'count'
  const toast = kind === 'toast'
  const offered = plan?.limits[metric]
  const added = addedFeatures(prompt).slice(0, 2)
  const names = added.map((id) => inline(words.feature(id), tag))
  const extra = {
    room: offered === null ? say('room') : offered,
    features: names.length > 0 ? new Intl.ListFormat(tag).format(names) : undefined,
  }
  const more = join(say('milestone.has'), say('milestone.nextAdds milestone.next milestone.adds', extra))
  return compose(
    prompt,
    words,
    {
      title: say(`${toast ? 'toast' : 'milestone'}.${way}`),
      text: join((toast && say('toast.text', extra)) || more, !buyer && plan && say('admin')),
      action: 'plans',
      asking: { message: join(say(`ask.${way}`), say('ask.move')) },
    },
    { figure: words.number(milestone, milestone > 9999 ? { notation: 'compact', maximumFractionDigits: 1 } : {}) },
  )
}
