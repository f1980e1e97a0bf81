import type { VNode } from 'preact'
import { focused, stopsIn } from '../frame/focus.ts'
import type { Footing, Ground } from '../frame/view.ts'

type Floating = typeof import('./floating.ts')

/** How near it comes to the screen's sides, in pixels. */
const EDGE = 8

/** How long a control may be gone, as while a page draws itself anew, in milliseconds. */
const PATIENCE_MS = 1000

/** As it stands most often: what is not set anew once it was laid out is laid out once. */
export const arrow = (): VNode => <span class="arrow" data-side="below" style={{ '--arrow': '20px' }} />

const within = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most))

/** The dialog around a control: all that is not inside it is out of reach while it is open. */
export function dialogAround(control: Element): Element | undefined {
  const { host } = control.getRootNode() as Partial<ShadowRoot>
  return control.closest(':modal,[aria-modal=true]') ?? (host && dialogAround(host))
}

/**
 * Keeps a popover beside its control, wherever that moves: by anchor positioning where the browser has it, which reaches
 * across shadow roots by `source` alone, else by `@floating-ui/dom`. Tab goes in from the control and out again.
 */
export function standBeside({ element, standing, at, seek, moved, lose }: Ground): Footing | undefined {
  if (standing !== 'anchor') return undefined
  let anchor = at as HTMLElement
  let expanded: string | null
  let frame = 0
  let goneAt: number | undefined
  let shifted = { x: 0, y: 0 }
  let native = CSS.supports('position-area', 'block-end')
  let readsSource = false
  let floating: Floating | undefined
  const tip = element.querySelector('.arrow') as HTMLElement

  const attach = (): void => {
    expanded = anchor.getAttribute('aria-expanded')
    anchor.setAttribute('aria-expanded', 'true')
    element.showPopover({
      get source() {
        readsSource = true // older browsers do not
        return anchor
      },
    })
  }
  const detach = (): void => {
    if (expanded === null) anchor.removeAttribute('aria-expanded')
    else anchor.setAttribute('aria-expanded', expanded)
  }

  /** It is out of sight while its control is, or is gone; not so that the focus would be lost. */
  const hide = (hidden: boolean): void => {
    element.style.visibility = hidden && !element.matches(':focus-within') ? 'hidden' : ''
  }

  const float = (): void => {
    native = false
    Object.assign(element.style, { positionArea: 'none', margin: 0 })
    import('./floating.ts').then((loaded) => {
      floating = loaded
    }, lose)
  }
  const place = async ({ computePosition, flip, offset, shift: keepIn }: Floating): Promise<void> => {
    const { x, y } = await computePosition(anchor, element, {
      strategy: 'fixed',
      placement: 'bottom-start',
      middleware: [
        offset(10),
        flip({ fallbackPlacements: ['top-start', 'right-start', 'left-start'] }),
        keepIn({ padding: EDGE, crossAxis: true }),
      ],
    })
    Object.assign(element.style, { left: `${x}px`, top: `${y}px` })
  }

  /** Keeps off the screen's edges: anchor positioning goes up to them, and over. */
  const shift = (b: DOMRect): void => {
    const x = within(EDGE, b.x, Math.max(EDGE, innerWidth - EDGE - b.width)) - b.x
    const y = within(EDGE, b.y, Math.max(EDGE, innerHeight - EDGE - b.height)) - b.y
    if (x === shifted.x && y === shifted.y) return
    shifted = { x, y }
    element.style.translate = `${x}px ${y}px`
  }

  /** Turns the arrow to the control. */
  const point = (a: DOMRect, b: DOMRect): void => {
    const above = b.bottom <= a.top
    const upright = above || b.top >= a.bottom
    // Where there is no room on any side it stands over its control, and points at nothing.
    if (!upright && b.left < a.right && a.left < b.right) {
      delete tip.dataset.side
      return
    }
    const rtl = getComputedStyle(element).direction === 'rtl'
    tip.dataset.side = above ? 'above' : upright ? 'below' : b.left >= a.right === rtl ? 'start' : 'end'
    const start = rtl ? b.right - a.right : a.left - b.left
    const along = upright
      ? within(10, start + Math.min(20, a.width / 2 - 5), b.width - 22)
      : within(10, a.top - b.top + Math.min(16, a.height / 2 - 5), b.height - 22)
    tip.style.setProperty('--arrow', `${along}px`)
  }

  const follow = (): void => {
    frame = requestAnimationFrame(follow)
    if (!anchor.isConnected || !anchor.checkVisibility()) {
      goneAt ??= performance.now()
      hide(true)
      const next = seek()
      if (next && next !== anchor) {
        detach()
        element.hidePopover()
        anchor = next as HTMLElement
        attach()
        moved(anchor)
      } else if (performance.now() - goneAt > PATIENCE_MS) lose()
      return
    }
    goneAt = undefined
    const a = anchor.getBoundingClientRect()
    hide(a.bottom < 0 || a.top > innerHeight || (!native && !floating))
    const now = element.getBoundingClientRect()
    const { width, height } = now
    const x = now.x - shifted.x
    const y = now.y - shifted.y
    if (floating) place(floating)
    else if (native) shift(new DOMRect(x, y, width, height))
    point(a, new DOMRect(x + shifted.x, y + shifted.y, width, height))
  }

  const onTab = (event: KeyboardEvent): void => {
    const now = focused()
    if (event.key !== 'Tab' || event.defaultPrevented || !now) return
    const home = anchor.tabIndex < 0 ? stopsIn(anchor).at(-1) : anchor
    const stops = stopsIn(element)
    const inside = element.contains(now)
    if (!home) return
    if (!event.shiftKey && now === home) {
      event.preventDefault()
      stops[0]?.focus()
    } else if (event.shiftKey && inside && now === stops[0]) {
      event.preventDefault()
      home.focus()
    } else if (!event.shiftKey && inside && now === stops.at(-1)) {
      // From the control the browser goes on by itself, past what is inert.
      element.inert = true
      home.focus()
      setTimeout(() => {
        element.inert = false
      })
    }
  }

  attach()
  if (!native || !readsSource) float()
  follow()
  addEventListener('keydown', onTab)
  return {
    look() {},
    stop() {
      cancelAnimationFrame(frame)
      removeEventListener('keydown', onTab)
      detach()
    },
  }
}
