import type { WidgetKind } from '@plimsoll/sdk'

/**
 * Where a prompt may stand: an element that is a slot or a control, or `true`, room of its own above the page.
 * `undefined` when there is none now.
 */
export type Place = Element | true | undefined

/** Finds an element that the host has marked and that can be seen, in the document first, then in open shadow roots. */
function findMarked(mark: string, name: string, within: ParentNode = document): Element | undefined {
  const selector = `[data-plimsoll-${mark}="${CSS.escape(name)}"]`
  for (const found of within.querySelectorAll(selector)) if (found.checkVisibility()) return found
  for (const { shadowRoot } of within.querySelectorAll('*')) {
    const found = shadowRoot && findMarked(mark, name, shadowRoot)
    if (found) return found
  }
  return undefined
}

/**
 * Finds where a prompt of this kind may stand now.
 *
 * @param anchor The control that was pointed at, focused or clicked; passed over once it is gone.
 */
export function findPlace(
  kind: WidgetKind,
  slot: string | undefined,
  feature: string | undefined,
  anchor?: Element,
): Place {
  const control = anchor?.isConnected && anchor.checkVisibility() ? anchor : undefined
  const inSlot = (name = slot): Element | undefined => (name ? findMarked('slot', name) : undefined)
  switch (kind) {
    case 'banner':
      return slot ? inSlot() : true
    case 'tooltip':
      return control ?? (feature ? findMarked('feature', feature) : undefined) ?? inSlot()
    case 'panel':
      return inSlot(slot ?? 'team') ?? control ?? findMarked('guard', 'invite')
    default:
      return true
  }
}
