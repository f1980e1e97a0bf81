import { focused } from '../frame/focus.ts'
import { keep } from '../frame/slot.ts'
import type { Footing, Ground } from '../frame/view.ts'

/** Keeps a banner from covering what has the focus. */
export function standAsBanner({ standing, element }: Ground): Footing | undefined {
  return standing === 'float' ? keep(['focusin', 'scroll', 'resize'], float(element)) : undefined
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
