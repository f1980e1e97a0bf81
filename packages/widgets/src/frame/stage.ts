import type { PageFacts } from '@plimsoll/sdk'
import { options, render } from 'preact'
import type { Place } from '../places.ts'
import base from './base.css?inline'
import { focused, refocus } from './focus.ts'
import type { Hold } from './hold.ts'
import { enter } from './roots.ts'
import { watchSeen } from './seen.ts'
import { standInSlot } from './slot.ts'
import { startStatus } from './status.ts'
import type { By, Footing, Ground, Standing, View, Widget } from './view.ts'

/** One widget on screen. */
export interface Stage {
  readonly view: View
  /** Draws it again. @param aloud Whether to say so to screen readers. */
  redraw(aloud?: boolean): void
  leave(): void
}

/** What the prompt knows and does for whatever widget stands for it. */
export interface Script extends Pick<View, 'step' | 'follow' | 'answer'> {
  facts(): { readonly asked: View['asked']; readonly needed: number | undefined; readonly page: PageFacts }
  seen(): void
  lose(): void
}

/** The page's own dialogs and popovers take Escape before anything of ours that is no dialog. */
const HOST_ON_TOP = ':modal,:popover-open:not([popover=manual])'

// Of its own: a page may have given every object one to inherit.
Object.assign(options, { event: undefined })

let stages = 0

/** Waits for a place that is not there yet, or no more, as while a page draws itself anew: up to 2 seconds. */
export async function waitFor(hold: Hold): Promise<Place> {
  for (let tries = 20; tries && !hold.closed; tries--) {
    const place = hold.seek()
    if (place) return place
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return undefined
}

/** The text nodes of a widget, each with its parent. */
const wordsIn = (parent: Element): (readonly [Node, Element])[] =>
  [...parent.childNodes].flatMap((node) => (node.nodeType > 1 ? [[node, parent]] : wordsIn(node as Element)))

/** The style sheets that a widget needs. */
export const sheetsOf = ({ css }: Widget): readonly string[] => [base, ...css]

/**
 * Draws a widget, whose words can be written, where it stands, and listens to what concerns it there. What throws on the
 * way leaves nothing behind.
 */
export function startStage(hold: Hold, widget: Widget, at: Element, script: Script): Stage {
  const undo: (() => void)[] = []
  const takeAway = (): void => {
    for (const step of undo.splice(0).reverse()) step()
  }
  try {
    return draw(hold, widget, at, script, undo, takeAway)
  } catch (cause) {
    takeAway()
    throw cause
  }
}

function draw(
  hold: Hold,
  widget: Widget,
  at: Element,
  script: Script,
  undo: (() => void)[],
  takeAway: () => void,
): Stage {
  const floats = at === document.documentElement
  const inSlot = at.hasAttribute('data-plimsoll-slot')
  const push = 'push' in hold.prompt.trigger && hold.prompt.trigger.push
  const standing: Standing = widget.dialog ? 'dialog' : inSlot ? 'slot' : !floats ? 'anchor' : push ? 'push' : 'float'
  let anchor = standing === 'anchor' ? at : undefined
  let back = focused()
  let view: View | undefined
  let footing: Footing | undefined

  const css = sheetsOf(widget)
  const { theme } = hold.prompt.config
  const dialog = anchor && widget.around?.(anchor)
  // The page's own root has the live region, wherever the widget stands.
  const outer = enter(dialog ?? document.documentElement, css, theme, standing === 'push' ? document.body : null)
  undo.push(outer.leave)
  // A dialog's layout takes no note of it.
  if (dialog) outer.root.dataset.aside = ''
  const room = inSlot ? enter(at, css, theme) : outer
  if (inSlot) undo.push(room.leave)
  const { holder, root } = room
  const status = widget.dialog ? undefined : startStatus(outer.root)
  if (status) undo.push(status.stop)
  const id = `${++stages}`

  /**
   * A browser that translates the page takes text nodes out and puts `<font>` elements in their place, and Preact would
   * write newer words into what nobody sees: they are put back before each drawing, to be translated anew.
   */
  let words: ReturnType<typeof wordsIn> = []

  const redraw = (aloud?: boolean): void => {
    const { asked, needed, page } = script.facts()
    const content = widget.write(hold.prompt, page, needed)
    if (!content) return script.lose()
    const said = (asked && content.ask?.[asked]) || content
    view = { ...script, prompt: hold.prompt, content, said, standing, id, asked }
    for (const [word, parent] of words) parent.querySelector(':scope>font')?.replaceWith(word)
    render(widget.draw(view), holder)
    words = wordsIn(holder)
    if (aloud) status?.say(`${said.title}. ${said.text}`)
    const quote = holder.querySelector('.quote')
    if (aloud && quote && asked === 'refused') getSelection()?.selectAllChildren(quote)
    footing?.look()
  }
  undo.push(() => render(null, holder))
  redraw(true)
  const element = holder.firstElementChild as HTMLElement

  const leaveBy = (by: By): void => script.answer(hold.prompt.block ? 'cancel' : 'dismiss', by)

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    if ([...document.querySelectorAll(HOST_ON_TOP)].some((top) => !top.contains(root))) return
    const tooltip = hold.prompt.kind === 'tooltip'
    const near = tooltip ? ':hover,:focus-within' : ':focus-within'
    if (!element.matches(near) && !(tooltip && anchor?.matches(near))) return
    event.preventDefault()
    leaveBy('escape')
  }
  const onFocusIn = ({ relatedTarget }: FocusEvent): void => {
    if (!holder.contains(relatedTarget as Node | null)) back = relatedTarget as Element | null
  }
  // A page that draws itself anew may bring the slot back.
  let waiting = false
  const observer = new MutationObserver(async () => {
    if (waiting || root.isConnected) return
    waiting = true
    const place = inSlot && (await waitFor(hold))
    if (place instanceof Element) place.append(root)
    else script.lose()
    waiting = false
  })
  undo.push(() => observer.disconnect())
  for (const node of [document, at.getRootNode()]) observer.observe(node, { childList: true, subtree: true })
  if (!widget.dialog) {
    undo.push(() => removeEventListener('keydown', onKey))
    addEventListener('keydown', onKey)
    holder.addEventListener('focusin', onFocusIn)
  }
  undo.push(watchSeen(element, script.seen))
  const ground: Ground = {
    element,
    standing,
    at,
    seek: () => {
      const place = hold.seek()
      return place instanceof Element ? place : undefined
    },
    moved(to) {
      anchor = to
    },
    lose: script.lose,
    leave: leaveBy,
  }
  const fits = standing === 'slot' && !push
  footing = fits ? standInSlot(element, root) : widget.stand?.(ground)
  if (footing) undo.push(footing.stop)

  return {
    get view() {
      return view as View
    },
    redraw,
    leave() {
      const now = focused()
      const inside = widget.dialog || holder.contains(now)
      const keyed = widget.dialog || now?.matches(':focus-visible')
      takeAway()
      if (inside) refocus([anchor, back], keyed ? at : undefined)
    },
  }
}
