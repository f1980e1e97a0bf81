import { focused } from '../frame/focus.ts'
import type { Footing, Ground } from '../frame/view.ts'

/** Keeps a banner from moving what the host drew, and from covering what has the focus. */
export function standAsBanner({ standing, push, element, at }: Ground): Footing | undefined {
  if (standing === 'float') return keep(['focusin', 'scroll', 'resize'], float(element))
  return standing === 'slot' && !push ? keep(['resize'], fit(element, at)) : undefined
}

function keep(events: readonly string[], look: () => void): Footing {
  look()
  for (const event of events) addEventListener(event, look, true)
  return {
    look,
    stop() {
      for (const event of events) removeEventListener(event, look, true)
    },
  }
}

/** Stands at the top of the screen, or at its foot where the top would cover the focused element. */
function float(element: HTMLElement): () => void {
  element.showPopover()
  /** How much of the focused element it covers, in square pixels. */
  const covers = (): number => {
    const target = focused()
    if (!target || target === document.body || element.contains(target)) return 0
    const a = target.getBoundingClientRect()
    const b = element.getBoundingClientRect()
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
    return width > 0 && height > 0 ? width * height : 0
  }
  const flip = (): void => {
    element.dataset.edge = element.dataset.edge === 'bottom' ? 'top' : 'bottom'
  }
  return () => {
    const covered = covers()
    if (!covered) return
    flip()
    if (covers() >= covered) flip()
  }
}

/** Stands in its slot where that has room, else over what follows it: nothing moves in either case. */
function fit(element: HTMLElement, slot: Element): () => void {
  const root = (element.getRootNode() as ShadowRoot).host
  const bottom = (): number => slot.getBoundingClientRect().bottom + 0.5
  return () => {
    element.dataset.place = 'over'
    const given = bottom()
    element.dataset.place = 'slot'
    if (bottom() - 0.5 > given || root.getBoundingClientRect().bottom > given) element.dataset.place = 'over'
  }
}
