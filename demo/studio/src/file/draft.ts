/** Keeps the work in progress in this browser, so that it survives a reload. */

import { $name, $original, $text } from '../document.ts'
import { $journeys, type JourneysFile } from './journeysFile.ts'

const KEY = 'plimsoll-studio'

interface Draft {
  readonly name: string
  readonly text: string
  /** The text as it was when the file was opened. */
  readonly original: string
  /** Whom it is played by, where that is a file of its own. */
  readonly journeys?: JourneysFile
}

/** What was being written when the page was last left; `undefined`: nothing, or nothing is kept here. */
export function readDraft(): Draft | undefined {
  try {
    const { name, text, original, journeys } = JSON.parse(localStorage.getItem(KEY) ?? '') as Draft
    if (typeof text !== 'string' || typeof name !== 'string') return undefined
    const isFile = typeof journeys?.name === 'string' && typeof journeys.text === 'string'
    return { name, text, original: typeof original === 'string' ? original : text, ...(isFile && { journeys }) }
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
      const draft = { name: $name.get(), text: $text.get(), original: $original.get(), journeys: $journeys.get() }
      localStorage.setItem(KEY, JSON.stringify(draft))
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
  const stop = [$text, $name, $original, $journeys].map((store) => store.listen(later))
  return () => {
    for (const end of stop) end()
    removeEventListener('pagehide', leave)
  }
}
