import { checkLink, type Outcome, type PageFacts, type Prompt } from '@plimsoll/sdk'
import type { Hold } from './hold.ts'
import { sheetOf } from './roots.ts'
import { type Stage, sheetsOf, startStage, waitFor } from './stage.ts'
import type { Ground, View, Widget } from './view.ts'

/** What the words depend on beside the prompt. */
const pageOf = ({ linkOrigins = [] }: Prompt): PageFacts => ({
  href: location.href,
  origin: location.origin,
  linkOrigins,
  locales: [document.documentElement.lang, ...navigator.languages],
})

/** What writes prices and plurals may take longer when it is first used: drawing is a task of its own then. */
const SLOW_MS = 4

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

  const from = performance.now()
  if (!widget.write(hold.prompt, page())) return false
  const isSlow = performance.now() - from > SLOW_MS
  if (isSlow) await new Promise((done) => setTimeout(done))
  const now = hold.seek()
  const place = now || (await waitFor(hold))
  if (!place || hold.closed) return false
  // The prompt, or the page, may have changed meanwhile.
  if ((isSlow || !now) && !widget.write(hold.prompt, page())) return false
  hold.redraw = () => stage?.redraw()
  hold.leave = () => stage?.leave()
  start(widget, place === true ? document.documentElement : place)
  return true
}

const idle = (): Promise<unknown> => new Promise((done) => (globalThis.requestIdleCallback ?? setTimeout)(done))

/**
 * Draws a prompt, but for how its kind keeps its place, a step at a time, so that the code is warm when it is needed: put
 * in and taken away within one turn, it is painted, read and found by nobody, and the focus stays where it is.
 *
 * @param isOver Whether the page does without from here on.
 */
export async function rehearse(prompt: Prompt, widget: Widget, isOver: () => boolean): Promise<void> {
  const page = pageOf(prompt)
  const layOut = ({ element }: Ground): undefined => {
    // What is no popover and no dialog yet would not be laid out; and nothing of the page's may move.
    element.style.cssText = 'display: block; position: fixed'
    element.getBoundingClientRect()
  }
  const hold: Hold = { prompt, options: { onOutcome: () => false }, seek: () => undefined, load: async () => widget }
  const script = {
    facts: () => ({ asked: undefined, needed: undefined, page }),
    step() {},
    follow() {},
    answer() {},
    seen() {},
    lose() {},
  }
  const draw = (stand: Widget['stand'] = () => undefined): void => {
    const { documentElement } = document
    // What stands there, of ours or another's, keeps its theme.
    if (documentElement.querySelector(':scope>plimsoll-root') || !widget.write(prompt, page)) return
    startStage(hold, { ...widget, dialog: false, stand }, documentElement, script).leave()
  }
  // A page's first number format takes a browser longest of all that is written with; and laying out is slow by itself.
  const steps = [
    () => Intl.NumberFormat(),
    () => widget.write(prompt, page),
    () => sheetsOf(widget).forEach(sheetOf),
    () => draw(),
    () => draw(layOut),
  ]
  for (const step of steps) {
    await idle()
    if (isOver()) return
    step()
  }
}
