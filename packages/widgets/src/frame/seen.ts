/**
 * Calls back once half of an element has been visible for one second in a visible tab.
 *
 * Visible means to the reader: inside the screen and whatever scrolls, not hidden, and not covered.
 */
export function watchSeen(element: Element, onSeen: () => void): () => void {
  let half = false
  let times = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  // Looked at on both ends of the second and in its midst.
  const look = (): void => {
    clearTimeout(timer)
    if (!half || document.visibilityState !== 'visible') return
    times = [0.25, 0.5, 0.75].some((part) => isOnTop(element, part)) ? times + 1 : 0
    if (times < 3) timer = setTimeout(look, 500)
    else {
      stop()
      onSeen()
    }
  }
  const restart = (): void => {
    times = 0
    look()
  }
  const observer = new IntersectionObserver(
    (entries) => {
      half = entries.some(({ intersectionRatio }) => intersectionRatio >= 0.5)
      restart()
    },
    { threshold: 0.5 },
  )
  observer.observe(element)
  document.addEventListener('visibilitychange', restart)
  const stop = (): void => {
    half = false
    clearTimeout(timer)
    observer.disconnect()
    document.removeEventListener('visibilitychange', restart)
  }
  return stop
}

/** Whether nothing of the page covers an element at a point of its height. */
function isOnTop(element: Element, part: number): boolean {
  const { x, y, width, height } = element.getBoundingClientRect()
  let scope: DocumentOrShadowRoot | null = document
  let hit: Element | null = null
  while (scope) {
    const inner: Element | null = scope.elementFromPoint(x + width / 2, y + height * part)
    if (!inner || inner === hit) break
    hit = inner
    scope = hit.shadowRoot
  }
  return element.contains(hit)
}
