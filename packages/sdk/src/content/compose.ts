import type { PrimaryAction, Text } from '../config/types.ts'
import type { Prompt } from '../core/prompt.ts'
import type { ActionContent, AskContent, PromptContent } from './content.ts'
import { secondaryOf } from './secondary.ts'
import { join } from './text.ts'
import type { Said, Words } from './words.ts'

/** What a type of trigger has to say of its own; the trigger's copy and buttons come over it. */
export interface Draft {
  readonly title: string
  readonly text: string
  readonly action: PrimaryAction
  /** The primary's label, where the action's own will not do. */
  readonly label?: string | false | undefined
  readonly asking: Asking
}

/** What asking an admin takes. */
export interface Asking {
  /** The message, up to the link. */
  readonly message: string
  /** What leads over to the link. */
  readonly here?: string
  /** What is said once the message is copied. */
  readonly asked?: string
}

/**
 * Puts a prompt together: copy, buttons and links of the trigger, over what its type says by itself.
 *
 * @param parts Figures and whatever else a widget of this type draws.
 * @returns `null` where it cannot be drawn: a value in its copy or its link is unknown, or the link was refused. A block
 *   falls back on built-in words, and on no primary, rather than leave a user without an answer.
 */
export function compose(
  prompt: Prompt,
  words: Words,
  draft: Draft,
  parts: Partial<PromptContent>,
): PromptContent | null {
  const { trigger, buyer, block } = prompt
  const { copy, cta } = trigger
  const { say } = words
  // Who cannot buy is told no price, so copy that names one gives way too.
  const said = (text: Text | undefined, usual: string): Said => {
    const own = words.text(text)
    return own[0] || (text && buyer && !block) ? own : [usual, words.tag]
  }
  const [title, locale] = said(copy?.title, draft.title)
  const [text] = said(copy?.body, draft.text)
  const offered = offer(prompt, words, draft)
  if (!title || (copy?.body && !text) || !(offered.primary || block)) return null

  const action = block ? 'cancel' : secondaryOf(trigger)
  return {
    ...parts,
    locale,
    title,
    text,
    ...offered,
    secondary: { label: (!block && words.text(cta?.secondary?.label)[0]) || say(action), action },
    stop: say('stop'),
    dismiss: say('dismiss'),
  }
}

/** The primary, and where it is "Ask an admin" what asking says. */
function offer(prompt: Prompt, words: Words, { action: usual, label, asking }: Draft): ReturnType<typeof askAdmin> {
  const { plan, buyer, config, trigger } = prompt
  const { links } = config
  const own = trigger.cta?.primary
  let action: ActionContent['action'] = own?.action ?? (own?.href ? 'link' : usual)
  let to = own?.href
  if (!to) {
    if (action === 'seats' && !links.seats) action = 'upgrade'
    // Without a next plan there is nothing to upgrade to, and nothing to explain or compare.
    if (action !== 'seats' && !plan) action = 'contact'
    to = links[action === 'plans' ? 'compare' : (action as 'upgrade')]
  }
  const href = words.link(to)
  const inPlace = /^[ep]/.test(action) // explainer, plans
  if (!buyer) return askAdmin(prompt, words, asking, inPlace ? words.link(links.upgrade) : href)
  if (!href && (to || !inPlace)) return {}
  const name = (action === usual && label) || words.say(`primary.${action}`)
  return { primary: { label: words.text(own?.label)[0] || name, action, ...(href && { href }) } }
}

/** "Ask an admin", and what is copied and said then; the message ends in the link that the admin needs. */
export function askAdmin(
  { config, block }: Prompt,
  { say, link }: Words,
  { message, here, asked }: Asking,
  to: string | undefined,
): { primary?: ActionContent; ask?: AskContent } {
  const request = link(config.links.request)
  const href = request && { href: request }
  return {
    primary: { label: say('primary.ask'), action: 'ask', ...href },
    ask: {
      message: join(message, to && here, to),
      ...href,
      copied: {
        title: say('asked.title'),
        text: asked || say(block ? 'asked.paste' : 'asked.text asked.paste'),
        again: say('asked.again'),
        close: say('close'),
      },
      refused: { title: say('refused.title'), text: say('refused.text'), done: say('refused.done') },
    },
  }
}
