/**
 * Listens for several events of one target; where there is no such target (on a server), does nothing.
 *
 * @param types Separated by spaces.
 * @returns What stops it.
 */
export function listen(
  target: EventTarget | undefined,
  types: string,
  // biome-ignore lint/suspicious/noExplicitAny: each caller knows the events it names
  onEvent: (event: any) => void,
  options: AddEventListenerOptions = { capture: true, passive: true },
): () => void {
  const names = types.split(' ')
  for (const name of names) target?.addEventListener(name, onEvent, options)
  return () => {
    for (const name of names) target?.removeEventListener(name, onEvent, options)
  }
}
