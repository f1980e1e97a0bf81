import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'

const LEAST = 25
const MOST = 70

/** Two panes, and a bar between them that is dragged, or moved by arrows. */
export function Split(props: { readonly start: ComponentChildren; readonly end: ComponentChildren }) {
  const { start, end } = props
  const [share, setShare] = useState(44)
  const whole = useRef<HTMLDivElement>(null)
  const set = (percent: number): void => setShare(Math.round(Math.min(MOST, Math.max(LEAST, percent))))
  const drag = (event: PointerEvent): void => {
    const bar = event.currentTarget as HTMLElement
    if (!bar.hasPointerCapture(event.pointerId) || !whole.current) return
    const { left, width } = whole.current.getBoundingClientRect()
    set(((event.clientX - left) * 100) / width)
  }
  const press = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: share - 2, ArrowRight: share + 2, Home: LEAST, End: MOST }[event.key]
    if (to === undefined) return
    event.preventDefault()
    set(to)
  }
  return (
    <div class="split" ref={whole} style={{ '--share': `${share}%` }}>
      {start}
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that is moved is no <hr>. */}
      <div
        class="bar"
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Width of the file"
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        aria-valuenow={share}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={press}
      />
      {end}
    </div>
  )
}
