import type { ReadableAtom } from 'nanostores'
import { useEffect, useState } from 'preact/hooks'

/** Reads a store, and draws again when it changes. */
export function useStore<T>(store: ReadableAtom<T>): T {
  const [value, set] = useState(() => store.get())
  // What changed between drawing and listening is told at once.
  useEffect(() => store.subscribe((next) => set(() => next as T)), [store])
  return value
}
