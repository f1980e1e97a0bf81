/**
 * Listens in the capture phase, on the window unless another target is given; on a server, to nothing. The events of
 * the document pass the window too.
 *
 * What a handler throws goes no further: it would reach the host's `window.onerror`, and an event of a hostile page
 * that cannot be read is as good as none.
 *
 * @param handlers By event types, separated by spaces.
 * @returns What stops it.
 */
export function listen(
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the events it names
  handlers: { readonly [types: string]: (event: any) => void },
  target: EventTarget | undefined = globalThis.window,
  passive = true,
): () => void {
  const controller = new AbortController()
  for (const types in handlers) {
    const heard = (event: Event) => {
      try {
        handlers[types]?.(event)
      } catch {
        // See above.
      }
    }
    for (const type of types.split(' ')) {
      target?.addEventListener(type, heard, { capture: true, passive, signal: controller.signal })
    }
  }
  return () => controller.abort()
}
