/**
 * Listens for several events of one target; where there is no such target (on a server), does nothing.
 *
 * What `onEvent` throws goes no further: it would reach the host's `window.onerror`, and an event of a hostile page
 * that cannot be read is as good as none.
 *
 * @param types Separated by spaces.
 * @returns What stops it.
 */
export function listen(
  target: EventTarget | undefined,
  types: string,
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the events it names
  onEvent: (event: any) => void,
  passive = true,
): () => void {
  const options = { capture: true, passive }
  const heard = (event: Event) => {
    try {
      onEvent(event)
    } catch {
      // See above.
    }
  }
  const names = types.split(' ')
  for (const name of names) target?.addEventListener(name, heard, options)
  return () => {
    for (const name of names) target?.removeEventListener(name, heard, options)
  }
}

/** One function that stops several. */
export const stopAll = (stops: readonly (() => void)[]) => () => {
  for (const stop of stops) stop()
}
