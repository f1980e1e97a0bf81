import { listen } from './listen.ts'

export interface Clock {
  /** Epoch milliseconds, by the wall clock. */
  now(): number
  /**
   * Calls `fn` once, when the wall clock has reached `when` (epoch milliseconds): soon, if it has already, but never
   * before `at` returns.
   *
   * @returns What stops it.
   */
  at(when: number, fn: () => void): () => void
}

/** A timer stands still while a machine sleeps, and knows nothing of a clock that is set: it looks again this often. */
const LOOK_AGAIN_MS = 60_000

/** The wall clock, and timers to a moment of it that survive sleep, a set clock, and more than 24 days of waiting. */
export function browserClock(): Clock {
  const now = () => Date.now()
  return {
    now,
    at(when, fn) {
      let timer: ReturnType<typeof setTimeout>
      const wait = () => {
        clearTimeout(timer)
        timer = setTimeout(look, Math.min(Math.max(0, when - now()), LOOK_AGAIN_MS))
      }
      const look = () => {
        if (now() < when) return wait()
        stop()
        fn()
      }
      const deafen = listen({ 'visibilitychange resume pageshow focus': wait })
      const stop = () => {
        clearTimeout(timer)
        deafen()
      }
      wait()
      return stop
    },
  }
}
