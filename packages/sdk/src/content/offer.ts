import type { Prompt } from '../core/prompt.ts'
import { askAdmin } from './compose.ts'
import type { Words } from './words.ts'

/** "Upgrade to Pro, $99 a month"; for who cannot buy, "Ask an admin". Nothing without a plan to go to. */
export function upgradeOffer(prompt: Prompt, words: Words): ReturnType<typeof askAdmin> {
  const { plan, buyer, config } = prompt
  const { say, link } = words
  const href = plan && link(config.links.upgrade)
  if (!plan || (buyer && !href)) return {}
  return href && buyer
    ? { primary: { label: say('offer.upgrade offer.plain'), action: 'upgrade', href } }
    : askAdmin(prompt, words, { message: say('offer.ask') }, href)
}
