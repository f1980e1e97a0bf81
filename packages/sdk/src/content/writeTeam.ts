import type { Prompt } from '../core/prompt.ts'
import { compose } from './compose.ts'
import type { PromptContent } from './content.ts'
import { commonLabels } from './labels/common.ts'
import { teamLabels } from './labels/team.ts'
import type { PageFacts } from './page.ts'
import { billOf, partsOf, steps } from './seats.ts'
import { capitalise } from './text.ts'
import { wordsFor } from './words.ts'

/**
 * Writes a team trigger's panel; its block is `writeBlock`'s. `null` where it cannot be drawn.
 *
 * @param asked The stepper's number: whole, 1 to 999. It fills `{seats.needed}`, the bill, the meter and the primary.
 *   By default what is missing, at least 1.
 */
export function writeTeam(prompt: Prompt, page: PageFacts, asked?: number): PromptContent | null {
  const { figures, buyer } = prompt
  const { used = 0, limit, pending = 0 } = figures
  if (!limit) return null

  const step = steps(prompt, asked)
  const words = wordsFor(prompt, page, { ...commonLabels, ...teamLabels }, 'seats.needed', step.needed)
  const { say } = words
  const bill = billOf(prompt, words, step)
  const members = say('team.members', { n: used - pending })
  const invited = pending ? say('team.invited', { n: pending }) : undefined
  return compose(
    prompt,
    words,
    {
      title: say(used === limit ? 'team.full' : 'team.title'),
      text: say(buyer ? 'team.text' : 'team.admin'),
      action: 'seats',
      label: bill && say('team.add'),
      asking: { message: say('team.ask team.askPlain'), here: say('team.here') },
    },
    {
      ...(used >= limit && { tone: 'full' }),
      seats: {
        label: capitalise(say('team.meter')),
        valueText: say('team.valueInvited team.value', { members, invited }),
        used,
        limit,
        parts: partsOf(words, limit, [
          ['held', used - pending, 'team.members'],
          ['pending', pending, 'team.invited'],
          ['free', limit - used, 'team.free'],
          ['over', bill ? step.needed : 0, 'team.toAdd'],
        ]),
      },
      ...(bill && { bill }),
    },
  )
}
