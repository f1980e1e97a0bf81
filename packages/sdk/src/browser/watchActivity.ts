import { isField, pathOf } from './elements.ts'
import { listen } from './listen.ts'

export interface Activity {
  /** Until when the user counts as typing, epoch milliseconds: 3 s after the last key in a field. Past, if nobody types. */
  typingUntil(): number
  stop(): void
}

const THROTTLE_MS = 10_000
const TYPING_MS = 3000

/**
 * Watches for what the user does: pointer, key, wheel, touch, and nothing that a script makes up.
 *
 * @param onActive Gets the moment (epoch milliseconds) of the first, then at most every 10 s that of the latest.
 */
export function watchActivity(onActive: (at: number) => void, now: () => number): Activity {
  let last = 0
  let typed = 0
  let more = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const tell = () => {
    more = false
    timer = setTimeout(() => {
      timer = undefined
      if (more) tell()
    }, THROTTLE_MS)
    onActive(last)
  }

  const stop = listen({
    'pointerdown pointermove keydown wheel touchstart'(event: Event) {
      if (!event.isTrusted) return
      last = now()
      if (event.type === 'keydown' && isField(pathOf(event)[0])) typed = last
      if (timer) more = true
      else tell()
    },
  })

  return {
    // A key from the future was pressed before the clock was set back.
    typingUntil: () => (typed > now() ? 0 : typed + TYPING_MS),
    stop() {
      clearTimeout(timer)
      stop()
    },
  }
}
