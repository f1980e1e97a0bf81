import { focusPath, isOurs } from './elements.ts'
import { listen, stopAll } from './listen.ts'

const MODAL = ':modal,[aria-modal=true]'

/**
 * Answers whether a dialog of the host is open: `:modal`, a visible `aria-modal`, or full screen. Ours are in shadow
 * roots where the page's selectors do not reach; a host's dialog in one is known by the focus that it holds.
 */
export function isHostDialogOpen(): boolean {
  if (!globalThis.document) return false
  const path = focusPath()
  return (
    !!document.fullscreenElement ||
    [
      ...document.querySelectorAll(MODAL),
      ...(isOurs(path) ? [] : path.filter((element) => element.matches(MODAL))),
    ].some(
      // A hidden one is often left in the page. A wrapper without size may hold one that fills the screen.
      (element) => element.checkVisibility?.({ checkVisibilityCSS: true, checkOpacity: true }) ?? true,
    )
  )
}

/**
 * Watches for dialogs of the host; meant for while a prompt is on screen or waits for one to close.
 *
 * No event says that an `aria-modal` opened, so what goes along with one asks again: focus, keys, clicks, transitions,
 * attributes that open dialogs, and what is put into `<body>` itself. What none of these betrays is seen at the next
 * decision.
 *
 * @returns What stops it.
 */
export function watchHostDialogs(onChange: (open: boolean) => void): () => void {
  let open = isHostDialogOpen()
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = () => {
    // After the host's own handlers, and once for many changes.
    timer ??= setTimeout(() => {
      timer = undefined
      if (open !== isHostDialogOpen()) {
        open = !open
        onChange(open)
      }
    })
  }

  const { document } = globalThis
  const observer = document && new MutationObserver(ask)
  observer?.observe(document, { subtree: true, attributeFilter: ['open', 'aria-modal', 'aria-hidden', 'hidden'] })
  observer?.observe(document.body ?? document, { childList: true })
  const stop = stopAll([
    listen(
      globalThis.window,
      'toggle close cancel fullscreenchange focusin focusout click keyup transitionend animationend',
      ask,
    ),
    () => observer?.disconnect(),
  ])
  return () => {
    clearTimeout(timer)
    stop()
  }
}
