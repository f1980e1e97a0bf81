import { findMarked, isField, isOurs, pathOf } from './elements.ts'
import { listen } from './listen.ts'

export type NearBy = 'pointer' | 'focus'

export interface FeatureSignals {
  /** The control of a feature has been pointed at or focused for half a second. */
  onNear(feature: string, element: HTMLElement, by: NearBy): void
  /** Neither pointer nor focus is on that control, or on our widget that they went to from it. */
  onAway(feature: string, element: HTMLElement): void
  /** It was clicked, or Enter or Space pressed on it. Its default is left alone. */
  onAttempt(feature: string, element: HTMLElement): void
}

const NEAR_MS = 500
/** Between a control and the tooltip beside it lies a gap: time to cross it. */
const LEAVE_MS = 300

/**
 * Watches controls marked `data-plimsoll-feature="sso"`, in open shadow roots too. A disabled control gets no events
 * in any browser, so a locked one is `aria-disabled`. One control is near at a time, and the pointer comes before the
 * focus.
 *
 * @returns What stops it.
 */
export function watchFeatures({ onNear, onAway, onAttempt }: FeatureSignals): () => void {
  const paths: { [by in NearBy]: HTMLElement[] } = { pointer: [], focus: [] }
  let place: ReturnType<typeof findMarked>
  let near = false
  /** Until the place is near; then, until it is left. */
  let timer: ReturnType<typeof setTimeout> | undefined
  let counted: Element | undefined

  const rest = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const leave = () => {
    rest()
    const left = near && place
    near = false
    place = undefined
    if (left) onAway(left[1], left[0])
  }

  const look = (by: NearBy, event: MouseEvent | FocusEvent) => {
    // Leaving the window, pointer and focus go to nothing.
    paths[by] = /out$/.test(event.type) && !event.relatedTarget ? [] : pathOf(event)
    const find = (path: HTMLElement[]) => findMarked(path, 'feature') ?? (near && path.some(isOurs) ? place : undefined)
    const pointed = find(paths.pointer)
    const next = pointed ?? find(paths.focus)
    if (next?.[0] === place?.[0]) {
      if (near) rest()
    } else if (near && !next) timer ??= setTimeout(leave, LEAVE_MS)
    else {
      leave()
      if (!next?.[1]) return
      place = next
      timer = setTimeout(() => {
        rest()
        near = true
        onNear(next[1], next[0], pointed ? 'pointer' : 'focus')
      }, NEAR_MS)
    }
  }

  const attempt = (path: HTMLElement[]) => {
    const [element, feature] = findMarked(path, 'feature') ?? []
    if (!element || !feature || counted === element) return
    counted = element
    // Whoever has asked is not told again for staying where they clicked.
    if (place?.[0] === element && !near) {
      rest()
      near = true
    }
    onAttempt(feature, element)
  }
  const forget = () => {
    // A label clicks its field, and a host's key handler its control, before this turn is over.
    setTimeout(() => {
      counted = undefined
    })
  }

  const stop = listen({
    // Inside one shadow tree only `pointermove` is heard from outside, and of focus nothing but the key that moved it.
    'pointerover pointermove pointerout'(event: PointerEvent) {
      if (event.pointerType !== 'touch') look('pointer', event)
    },
    'focusin focusout keyup'(event: FocusEvent) {
      look('focus', event)
      forget()
    },
    click(event: Event) {
      attempt(pathOf(event))
      forget()
    },
    keydown(event: KeyboardEvent) {
      const path = pathOf(event)
      // Enter and Space click what can be clicked by itself; other roles have only the keys.
      const clicks = isField(path[0]) || path[0]?.matches('a[href],button,summary')
      if (/^( |Enter)$/.test(event.key) && !event.repeat && !clicks) attempt(path)
    },
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}
