import { checkLink, type Outcome, type PageFacts, type Prompt } from '@plimsoll/sdk'
import { render } from 'preact'
import type { Hold } from './hold.ts'
import { sheetOf } from './roots.ts'
import { type Stage, sheetsOf, startStage, waitFor } from './stage.ts'
import type { View, Widget } from './view.ts'

/** What the words depend on beside the prompt. */
const pageOf = ({ linkOrigins = [] }: Prompt): PageFacts => ({
  href: location.href,
  origin: location.origin,
  linkOrigins,
  locales: [document.documentElement.lang, ...navigator.languages],
})

/** What ends a prompt; whatever follows is not reported any more. */
const LAST = /^(dis|sno|sto|can|los)/

/**
 * Draws a prompt and keeps it on screen until it is closed.
 *
 * @returns Whether it was drawn; a place that is not there yet is waited for, up to 2 seconds.
 */
export async function open(hold: Hold, widget: Widget): Promise<boolean> {
  const { options } = hold
  let stage: Stage | undefined
  let asked: View['asked']
  let needed: number | undefined
  let counted = false
  let over = false
  /** Whether what is on screen was opened by the user, who leaves it without refusing anything. */
  let opened = /^(ex|pl)/.test(hold.prompt.kind)

  const page = (): PageFacts => pageOf(hold.prompt)

  const report = (outcome: Outcome): boolean => {
    if (over || hold.closed) return false
    over = LAST.test(outcome.type)
    counted = true
    return options.onOutcome(outcome)
  }

  const ask = (message: string): void => {
    if (!asked) report({ type: 'requested' })
    const answered = (how: View['asked']) => (): void => {
      asked = how
      // The browser may have asked the user first, while the prompt went.
      if (!hold.closed) stage?.redraw(true)
    }
    // Without https there is no clipboard at all.
    ;(async () => navigator.clipboard.writeText(message))().then(answered('copied'), answered('refused'))
  }

  const follow: View['follow'] = (event, { action }) => {
    const link = event.currentTarget as HTMLAnchorElement
    const request = action === 'ask'
    if ('href' in link) {
      // A middle click comes as `auxclick`, as does the right button's, which opens a menu.
      if (event.button > 1) return
      // The page may have moved on since it was drawn: the link leads back to where it is followed.
      stage?.redraw()
      const { href } = link
      const seats = stage?.view.content.bill?.needed ?? hold.prompt.figures.needed
      const outcome: Outcome = request
        ? { type: 'requested', href }
        : { type: 'clicked', action, href, ...(action === 'seats' && seats && { needed: seats }) }
      if (!checkLink(href, page()) || !report(outcome)) event.preventDefault()
    } else if (request) ask(stage?.view.content.ask?.message ?? '')
    else if ((action === 'explainer' || action === 'plans') && report({ type: 'clicked', action })) {
      hold.load(action).then(
        (next) => {
          if (hold.closed || !next.write(hold.prompt, page())) return
          opened = true
          asked = undefined
          stage?.leave()
          start(next, document.documentElement)
        },
        () => {},
      )
    }
  }

  const start = (next: Widget, at: Element): void => {
    stage = startStage(hold, next, at, {
      facts: () => ({ asked, needed, page: page() }),
      step(seats) {
        needed = seats
        stage?.redraw()
      },
      follow,
      answer(action, by = 'button') {
        if (action === 'stop') report({ type: 'stopped' })
        else if (asked || opened || action === 'cancel' || hold.prompt.block) report({ type: 'cancelled' })
        else report(action === 'snooze' ? { type: 'snoozed' } : { type: 'dismissed', by })
      },
      seen: () => void (counted || report({ type: 'shown' })),
      lose: () => void report({ type: 'lost' }),
    })
  }

  if (!widget.write(hold.prompt, page())) return false
  // What writes prices and plurals is slow when it is first used: drawing is a task of its own.
  await new Promise((done) => setTimeout(done))
  const place = await waitFor(hold)
  // It may have been updated meanwhile.
  if (!place || hold.closed || !widget.write(hold.prompt, page())) return false
  hold.redraw = () => stage?.redraw()
  hold.leave = () => stage?.leave()
  start(widget, place === true ? document.documentElement : place)
  return true
}

const idle = (): Promise<unknown> => new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done))

/** Writes and draws a prompt out of sight, a step at a time, so that the code is warm when it is needed. */
export async function rehearse(prompt: Prompt, widget: Widget): Promise<void> {
  await idle()
  const content = widget.write(prompt, pageOf(prompt))
  await idle()
  sheetsOf(widget).forEach(sheetOf)
  await idle()
  if (!content) return
  const holder = document.createElement('div')
  const view = {
    prompt,
    content,
    said: content,
    standing: 'float',
    id: '',
    step() {},
    follow() {},
    answer() {},
  } as const
  render(widget.draw(view), holder)
  render(null, holder)
}
