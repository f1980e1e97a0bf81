import { findMarked, focusPath, isField, isOurs, pathOf } from './elements.ts'
import { listen, stopAll } from './listen.ts'

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

interface Place {
  readonly element: HTMLElement
  readonly feature: string
  near?: boolean
  leaving?: boolean
  timer?: ReturnType<typeof setTimeout>
}

/**
 * Watches controls marked `data-plimsoll-feature="sso"`, in open shadow roots too. A disabled control gets no events
 * in any browser, so a locked one is `aria-disabled`.
 *
 * @returns What stops it.
 */
export function watchFeatures({ onNear, onAway, onAttempt }: FeatureSignals): () => void {
  const places: { [by in NearBy]?: Place | undefined } = {}
  let counted: Element | undefined
  const { window } = globalThis

  const leave = (by: NearBy) => {
    const place = places[by]
    places[by] = undefined
    clearTimeout(place?.timer)
    const stays = Object.values(places).some((other) => other?.near && other.element === place?.element)
    if (place?.near && !stays) onAway(place.feature, place.element)
  }

  const move = (by: NearBy, path: HTMLElement[]) => {
    const place = places[by]
    const [element, feature] = findMarked(path, 'feature') ?? []
    if (place && (element === place.element || (place.near && isOurs(path)))) {
      if (place.leaving) clearTimeout(place.timer)
      place.leaving = false
    } else if (place?.near && !element) {
      if (!place.leaving) place.timer = setTimeout(leave, LEAVE_MS, by)
      place.leaving = true
    } else {
      leave(by)
      if (!element || !feature) return
      const entered: Place = { element, feature }
      entered.timer = setTimeout(() => {
        entered.near = true
        onNear(feature, element, by)
      }, NEAR_MS)
      places[by] = entered
    }
  }

  const attempt = (path: HTMLElement[]) => {
    const [element, feature] = findMarked(path, 'feature') ?? []
    if (!element || !feature || counted === element) return
    counted = element
    onAttempt(feature, element)
  }
  const forget = () => {
    // A label clicks its field, and a host's key handler its control, before this turn is over.
    setTimeout(() => {
      counted = undefined
    })
  }

  const stop = stopAll([
    // Inside one shadow tree only `pointermove` is heard from outside, and of focus nothing but the key that moved it.
    listen(window, 'pointerover pointermove', (event: PointerEvent) => {
      if (event.pointerType !== 'touch') move('pointer', pathOf(event))
    }),
    listen(window, 'pointerout', (event: PointerEvent) => {
      if (!event.relatedTarget) move('pointer', [])
    }),
    listen(window, 'focusin focusout keyup', (event: FocusEvent) => {
      if (event.type !== 'focusout' || !event.relatedTarget) move('focus', focusPath())
    }),
    listen(window, 'click', (event: Event) => {
      attempt(pathOf(event))
      forget()
    }),
    listen(window, 'keydown', (event: KeyboardEvent) => {
      const path = pathOf(event)
      // Enter and Space click what can be clicked by itself; other roles have only the keys.
      const clicks = isField(path[0]) || path[0]?.matches('a[href],button,summary')
      if (/^( |Enter)$/.test(event.key) && !event.repeat && !clicks) attempt(path)
    }),
    listen(window, 'keyup', forget),
  ])
  return () => {
    stop()
    for (const by of ['pointer', 'focus'] as const) clearTimeout(places[by]?.timer)
  }
}
