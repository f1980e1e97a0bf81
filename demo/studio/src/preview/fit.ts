import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** In a narrower window the panes stand one under the other, and the page scrolls: there is room for any height. */
const ONE_COLUMN = '(width < 900px)'
/** A page less high than this shows too little of itself, and a pane that is lower scrolls. */
const LEAST = 420

interface Size {
  readonly width: number
  readonly height: number
}

/** How large a page is drawn: so that all of it is seen in the pane around an element, as far as that goes. */
export function useFit(
  room: RefObject<HTMLElement | null>,
  page: Size,
): { readonly scale: number; readonly height: number } {
  const [free, setFree] = useState<Size>(page)
  useLayoutEffect(() => {
    const element = room.current
    const pane = element?.closest('.panel')
    if (!element || !pane) return
    const measure = (): void => {
      const width = element.clientWidth
      // What stands under it is seen too.
      const below = (element.nextElementSibling?.clientHeight ?? 0) + 28
      const above = element.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop
      const height = matchMedia(ONE_COLUMN).matches ? page.height : pane.clientHeight - above - below
      setFree((old) => (old.width === width && old.height === height ? old : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    for (const one of [element, pane, element.previousElementSibling]) if (one) observer.observe(one)
    return () => observer.disconnect()
  }, [room, page])
  const scale = Math.min(1, Math.max(0.1, (free.width - 2) / page.width))
  return { scale, height: Math.min(page.height, Math.max(LEAST, Math.floor(free.height / scale))) }
}
