/** The focused element, in open shadow roots too. */
export function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}

/** What Tab stops at. */
export function stopsIn(scope: ParentNode): HTMLElement[] {
  return [...scope.querySelectorAll<HTMLElement>('a[href],button,input,select,textarea,summary,[tabindex]')].filter(
    (element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility(),
  )
}

/** Focuses the first of these that takes it; else, if `after` is given, what follows it in the page, or the page's first stop. */
export function refocus(wanted: readonly (Element | null | undefined)[], after?: Node): void {
  for (const element of wanted) {
    if (!element?.isConnected) continue
    ;(element as HTMLElement).focus({ preventScroll: true })
    if (focused() === element) return
  }
  if (!after) return
  const stops = stopsIn(document)
  const next = stops.find((stop) => after.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING)
  ;(next ?? stops[0])?.focus({ preventScroll: true })
}
