import { listen } from './listen.ts'

export interface Routes {
  /** Compares the location now, and answers with its path. */
  check(): string
  stop(): void
}

/**
 * Watches the path of the page's location. The host's `history` is never patched: where there is no Navigation API, a
 * change is seen after the click that made it, by `popstate`, or at the next `check()`.
 *
 * Only the path counts, so a host that routes by hash or query says so itself with `page(path)`.
 */
export function watchRoutes(onRoute: (path: string) => void): Routes {
  const read = () => globalThis.location?.pathname ?? ''
  let path = read()

  const check = () => {
    const next = read()
    if (next !== path) {
      path = next
      onRoute(path)
    }
    return path
  }
  let timer: ReturnType<typeof setTimeout>

  const stops = [
    listen({ currententrychange: check }, globalThis.window?.navigation),
    listen({
      popstate: check,
      click() {
        clearTimeout(timer)
        // The host's router answers the same click later than this capturing listener.
        timer = setTimeout(check)
      },
    }),
  ]
  return {
    check,
    stop() {
      clearTimeout(timer)
      for (const stop of stops) stop()
    },
  }
}
