/** Keeps the work in progress in this browser, so that it survives a reload. */

import { $name, $text } from '../document.ts'

const KEY = 'plimsoll-studio'

interface Draft {
  readonly name: string
  readonly text: string
}

/** What was being written when the page was last left; `undefined`: nothing, or nothing is kept here. */
export function readDraft(): Draft | undefined {
  try {
    const { name, text } = JSON.parse(localStorage.getItem(KEY) ?? '') as Draft
    return typeof text === 'string' && typeof name === 'string' ? { name, text } : undefined
  } catch {
    return undefined
  }
}

/** Writes down what is open now, and every change: shortly after it, and when the page is left. */
export function keepDraft(): () => void {
  let pending: ReturnType<typeof setTimeout> | undefined
  const write = (): void => {
    clearTimeout(pending)
    pending = undefined
    try {
      localStorage.setItem(KEY, JSON.stringify({ name: $name.get(), text: $text.get() }))
    } catch {
      // A browser that keeps nothing, or no more: the file can still be saved.
    }
  }
  const later = (): void => {
    pending ??= setTimeout(write, 300)
  }
  const leave = (): void => {
    if (pending !== undefined) write()
  }
  // What a link carried is in no address any more.
  write()
  addEventListener('pagehide', leave)
  const stop = [$text.listen(later), $name.listen(later)]
  return () => {
    for (const end of stop) end()
    removeEventListener('pagehide', leave)
  }
}
