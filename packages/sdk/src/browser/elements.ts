/** Whether an element holds widgets of ours. */
export const isOurs = ({ localName }: Element) => localName === 'plimsoll-root'

/** The elements that an event passes, innermost first, through open shadow roots. */
export const pathOf = (event: Event) => event.composedPath().filter((node) => node instanceof HTMLElement)

/** The innermost element that the host marked with `data-plimsoll-<mark>`, and what it says; none inside our widgets. */
export function findMarked(
  path: readonly HTMLElement[],
  mark: string,
): readonly [element: HTMLElement, value: string] | undefined {
  for (const element of path) {
    if (isOurs(element)) break
    const value = element.getAttribute(`data-plimsoll-${mark}`)
    if (value !== null) return [element, value]
  }
  return undefined
}

/** Whether keys pressed in an element are input. */
export const isField = (element: HTMLElement | undefined) =>
  element && (element.isContentEditable || element.matches('input,textarea,select'))
