import type { Prompt } from '../core/prompt.ts'
import { compose } from './compose.ts'
import type { PromptContent } from './content.ts'
import { blockLabels } from './labels/block.ts'
import { commonLabels } from './labels/common.ts'
import { limitLabels } from './labels/limit.ts'
import { teamLabels } from './labels/team.ts'
import type { PageFacts } from './page.ts'
import { billOf, buysSeats, partsOf, steps } from './seats.ts'
import { capitalise, join } from './text.ts'
import { wordsFor } from './words.ts'
import { writeFeature } from './writeFeature.ts'
import { meterOf, sayFull, sayGives } from './writeLimit.ts'

const labels = { ...commonLabels, ...limitLabels, ...teamLabels, ...blockLabels }

type Needs = Record<'used' | 'limit' | 'requested' | 'fit', number>

/**
 * Writes what stops an action: over the seat limit, over another limit, or for want of a feature.
 *
 * @param asked The stepper's number, from the least that solves it to 999.
 * @returns `null` without the figures that say why.
 */
export function writeBlock(prompt: Prompt, page: PageFacts, asked?: number): PromptContent | null {
  const { figures, triggerType } = prompt
  const { used, limit, requested = 1 } = figures
  if (triggerType === 'feature_discovery') return writeFeature(prompt, page)
  if (used === undefined || typeof limit !== 'number') return null

  const needs = { used, limit, requested, fit: Math.max(0, limit - used) }
  return triggerType === 'team_growth' ? blockSeats(prompt, page, needs, asked) : blockUse(prompt, page, needs)
}

function blockUse(prompt: Prompt, page: PageFacts, needs: Needs): PromptContent | null {
  const { plan, buyer, config } = prompt
  const { used, limit, fit } = needs
  const words = wordsFor(prompt, page, labels)
  const { say } = words
  const title = fit ? 'block.fit' : !limit ? 'block.none' : used > limit ? 'limit.title' : 'full.title'
  const first = say(fit ? 'block.have' : 'block.new', { n: 1, taken: say('block.taken') })
  const without = buyer && config.links.contact ? 'block.contact' : 'block.free'
  return compose(
    prompt,
    words,
    {
      title: say(title, needs),
      text: limit ? join(first, sayFull(prompt, words, without)) : sayGives(prompt, words),
      action: 'upgrade',
      asking: { message: join(say('limit.ask'), say(plan ? 'ask.move' : 'block.ask')) },
    },
    { ...(!fit && { tone: 'full' }), ...(limit && { meter: meterOf(prompt, words) }) },
  )
}

function blockSeats(prompt: Prompt, page: PageFacts, needs: Needs, asked?: number): PromptContent | null {
  const { figures, buyer } = prompt
  const { used, limit, requested, fit } = needs
  const { needed: missing = 1 } = figures
  const step = steps(prompt, asked)
  const words = wordsFor(prompt, page, labels, 'seats.needed', step.needed)
  const { say } = words
  const bill = billOf(prompt, words, step)
  const extra = { ...needs, missing, total: limit + missing, taken: say('block.taken') }
  const title = fit ? 'invites.fit' : !limit ? 'block.none' : used > limit ? 'team.title' : 'team.full'
  const add = requested > 1 ? 'invites.add' : 'invites.addOne'
  const way = buyer ? (buysSeats(prompt) ? add : 'plan.offer plan.gives') : 'invites.admin'
  return compose(
    prompt,
    words,
    {
      title: say(title, extra),
      text: join(say('block.have', extra), say(way, extra)),
      action: 'seats',
      label: say('team.add'),
      asking: {
        message: say('invites.ask invites.askPlain', extra),
        here: say('team.here'),
        asked: say('invites.asked', extra),
      },
    },
    {
      ...(!fit && { tone: 'full' }),
      seats: {
        label: capitalise(say('invites.meter')),
        valueText: say('invites.value', extra),
        used,
        limit,
        parts: partsOf(words, limit, [
          ['held', used, 'invites.used'],
          ['used', fit, 'invites.fits'],
          ['over', step.needed, step.needed > missing ? 'team.toAdd' : 'invites.missing'],
        ]),
      },
      ...(bill && { bill }),
    },
  )
}
