import type { Footing } from './view.ts'

/** Looks now, and again at each of these events. */
export function keep(events: readonly string[], look: () => void): Footing {
  look()
  for (const event of events) addEventListener(event, look, true)
  return {
    look,
    stop() {
      for (const event of events) removeEventListener(event, look, true)
    },
  }
}

/** What stands next to a slot, and to all that is around it: a slot that grew would move these. */
function neighbours(slot: Element): Element[] {
  const found: Element[] = []
  let at: Element | null | undefined = slot
  for (; at; at = at.parentElement ?? (at.getRootNode() as Partial<ShadowRoot>).host) {
    for (const side of ['previousElementSibling', 'nextElementSibling'] as const) {
      let next = at[side]
      while (next && !next.getClientRects().length) next = next[side]
      if (next) found.push(next)
    }
  }
  return found
}

/** Stands in its slot where that moves nothing that the host drew and hides nothing, else over what follows it. */
export function standInSlot(element: HTMLElement, root: Element): Footing {
  const bottom = (box: Element): number => box.getBoundingClientRect().bottom
  return keep(['resize'], () => {
    // A page that draws itself anew may have put it into another, or nowhere yet.
    const slot = root.parentElement
    if (!slot) return
    const around = neighbours(slot)
    const places = (): string =>
      around
        .map((one) => one.getBoundingClientRect())
        .map(({ x, y }) => `${Math.round(x)} ${Math.round(y)}`)
        .join()
    element.dataset.place = 'over'
    const before = places()
    element.dataset.place = 'slot'
    if (places() !== before || bottom(root) > bottom(slot) + 0.5) element.dataset.place = 'over'
  })
}
