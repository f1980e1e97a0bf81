import { listen } from './listen.ts'

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
export const watchPageLife = (onLife: (life: PageLife) => void): (() => void) =>
  listen({
    visibilitychange: () => onLife(isPageVisible() ? 'visible' : 'hidden'),
    'freeze pagehide': () => onLife('leaving'),
    'resume pageshow'(event: PageTransitionEvent) {
      // A page that loads is shown too, but comes from nowhere.
      if (event.persisted !== false) onLife('returned')
    },
  })
