import { focused, stopsIn } from '../frame/focus.ts'
import type { Footing, Ground } from '../frame/view.ts'

/**
 * Opens a widget as a modal dialog. The focus starts on the dialog itself, so that a stray Enter buys nothing, and Tab
 * goes round inside it.
 */
export function showDialog({ element, leave }: Ground): Footing {
  const dialog = element as HTMLDialogElement
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' || event.defaultPrevented) return
    const stops = stopsIn(dialog)
    const now = focused()
    const edge = event.shiftKey ? stops[0] : stops.at(-1)
    if (now !== edge && !(event.shiftKey && now === dialog)) return
    event.preventDefault()
    stops.at(event.shiftKey ? -1 : 0)?.focus()
  }
  // Closed by the browser: Escape, a back gesture.
  const onClose = (): void => leave('escape')
  dialog.addEventListener('keydown', onKey)
  dialog.addEventListener('cancel', onClose)
  dialog.addEventListener('close', onClose)
  dialog.showModal()
  dialog.focus()
  return {
    look() {},
    stop() {
      dialog.removeEventListener('cancel', onClose)
      dialog.removeEventListener('close', onClose)
      dialog.close()
    },
  }
}
