/** The elements that an event passes, innermost first, through open shadow roots. */
export const pathOf = (event: Event) => event.composedPath().filter((node) => node instanceof HTMLElement)

/** The focused element and those around it, innermost first, through open shadow roots. */
export function focusPath(): HTMLElement[] {
  let node: Node | null = document.activeElement
  for (let inner = node; inner; inner = (inner as Element).shadowRoot?.activeElement ?? null) node = inner
  const path: HTMLElement[] = []
  for (; node; node = node.parentNode ?? (node as ShadowRoot).host) if (node instanceof HTMLElement) path.push(node)
  return path
}

/** Whether one of these elements is a widget of ours. */
export const isOurs = (path: readonly Element[]) => path.some(({ localName }) => localName === 'plimsoll-root')

/** The innermost element that the host marked with `data-plimsoll-<mark>`, and what it says; none inside our widgets. */
export function findMarked(
  path: readonly HTMLElement[],
  mark: string,
): [element: HTMLElement, value: string] | undefined {
  const name = `data-plimsoll-${mark}`
  const at = path.findIndex((element) => isOurs([element]) || element.hasAttribute(name))
  const element = path[at]
  const value = element?.getAttribute(name)
  return element && value != null ? [element, value] : undefined
}

/** Whether keys pressed in an element are input. */
export const isField = (element: HTMLElement | undefined) =>
  !!element && (element.isContentEditable || /^(input|textarea|select)$/.test(element.localName))
