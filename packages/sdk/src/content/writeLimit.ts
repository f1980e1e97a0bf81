import type { Prompt } from '../core/prompt.ts'
import { compose } from './compose.ts'
import type { PromptContent } from './content.ts'
import { commonLabels } from './labels/common.ts'
import { limitLabels } from './labels/limit.ts'
import type { PageFacts } from './page.ts'
import { capitalise, join } from './text.ts'
import { type Extra, type Words, wordsFor } from './words.ts'

/** Writes a limit trigger's banner; its block is `writeBlock`'s. `null` where it cannot be drawn. */
export function writeLimit(prompt: Prompt, page: PageFacts): PromptContent | null {
  const { used = 0, limit } = prompt.figures
  if (!limit) return null

  const words = wordsFor(prompt, page, { ...commonLabels, ...limitLabels })
  const { say } = words
  const full = used >= limit
  return compose(
    prompt,
    words,
    {
      title: say(used === limit ? 'full.title' : 'limit.title'),
      text: full ? join(say('full.text'), sayFull(prompt, words)) : sayGives(prompt, words),
      action: 'upgrade',
      asking: { message: join(say('limit.ask'), say('ask.move')) },
    },
    { ...(full && { tone: 'full' }), meter: meterOf(prompt, words) },
  )
}

/** What the plan offered gives, and to whom to turn for it. */
export function sayGives({ buyer, plan }: Prompt, { say }: Words): string {
  return join(say('plan.offer plan.gives'), !buyer && plan && say('admin'))
}

/** Ways out where all is used. */
export function sayFull({ figures, plan, buyer }: Prompt, { say }: Words, without = ''): string {
  const { resource = '' } = figures
  const offered = plan?.limits[resource]
  const extra: Extra = {
    free: say(resource === 'seats' ? 'free.seats' : 'free.wait free'),
    room: offered === null ? say('room') : offered,
  }
  return say(plan ? (buyer ? 'full.offer full.gives' : 'full.ask') : without, extra)
}

/** Used of limit, as a plain meter. */
export function meterOf({ figures }: Prompt, { say, number }: Words): NonNullable<PromptContent['meter']> {
  const { used = 0, limit, percent = 0 } = figures
  return {
    label: capitalise(say('limit.meter')),
    valueText: say('limit.value'),
    used,
    limit: limit as number,
    percent: number(percent / 100, { style: 'percent' }),
  }
}
