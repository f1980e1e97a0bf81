import { isOurs } from './elements.ts'
import { listen } from './listen.ts'

const MODAL = ':modal,[aria-modal=true]'

/**
 * Answers whether a dialog of the host is open: `:modal`, a visible `aria-modal`, or full screen. Ours are in shadow
 * roots where the page's selectors do not reach; a host's dialog in one is known by the focus that it holds.
 */
export function isHostDialogOpen(): boolean {
  const { document } = globalThis
  if (!document) return false
  let focused = document.activeElement
  for (; focused && !isOurs(focused); focused = focused.shadowRoot?.activeElement ?? null) {
    if (focused.closest(MODAL)) return true
  }
  return (
    !!document.fullscreenElement ||
    // A hidden one is often left in the page. A wrapper without size may hold one that fills the screen.
    [...document.querySelectorAll(MODAL)].some((modal) =>
      modal.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }),
    )
  )
}

/**
 * Watches for dialogs of the host; meant for while a prompt is on screen or waits for one to close.
 *
 * No event says that an `aria-modal` opened, so what goes along with one asks: it takes the focus and gives it back,
 * and it answers to clicks and keys. What none of these betrays is seen at the next of them, or at the next decision.
 *
 * @returns What stops it.
 */
export function watchHostDialogs(onChange: (open: boolean) => void): () => void {
  let open = isHostDialogOpen()
  let timer: ReturnType<typeof setTimeout> | undefined

  const stop = listen({
    'toggle close fullscreenchange focusin focusout click keyup transitionend'() {
      // After the host's own handlers, and once for many events.
      timer ??= setTimeout(() => {
        timer = undefined
        if (open !== isHostDialogOpen()) {
          open = !open
          onChange(open)
        }
      })
    },
  })
  return () => {
    clearTimeout(timer)
    stop()
  }
}
