import { listen, stopAll } from './listen.ts'

/**
 * What became of the page: it can be seen, or not; it goes away (or into the back/forward cache); it came back from
 * there, or from being frozen, so that whatever is remembered may be old.
 */
export type PageLife = 'visible' | 'hidden' | 'leaving' | 'returned'

/** Whether the page can be seen. */
export const isPageVisible = () => globalThis.document?.visibilityState === 'visible'

/**
 * Watches the page's life.
 *
 * @returns What stops it.
 */
export function watchPageLife(onLife: (life: PageLife) => void): () => void {
  const { document, window } = globalThis
  return stopAll([
    listen(document, 'visibilitychange', () => onLife(isPageVisible() ? 'visible' : 'hidden')),
    listen(document, 'resume', () => onLife('returned')),
    listen(document, 'freeze', () => onLife('leaving')),
    listen(window, 'pagehide', () => onLife('leaving')),
    listen(window, 'pageshow', (event: PageTransitionEvent) => {
      if (event.persisted) onLife('returned')
    }),
  ])
}
