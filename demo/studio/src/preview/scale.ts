import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** How much smaller something must be drawn to fit into the width of an element. */
export function useScale(room: RefObject<HTMLElement | null>, width: number): number {
  const [available, setAvailable] = useState(width)
  useEffect(() => {
    const element = room.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => setAvailable(entry?.contentRect.width ?? width))
    observer.observe(element)
    return () => observer.disconnect()
  }, [room])
  return Math.min(1, Math.max(0.1, (available - 2) / width))
}
