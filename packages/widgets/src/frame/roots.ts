import type { CheckedConfig } from '@plimsoll/sdk'

/** A style sheet is made once, whatever the number of roots that adopt it. */
const sheets = new Map<string, CSSStyleSheet>()

export function sheetOf(css: string): CSSStyleSheet {
  let sheet = sheets.get(css)
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    sheets.set(css, sheet)
  }
  return sheet
}

/** What each input of the theme must be; the rest of a hostile value is refused by the browser's own parser. */
const inputs = {
  accent: 'color',
  surface: 'color',
  ink: 'color',
  font: 'font-family',
  radius: 'padding-top',
  scheme: 'color-scheme',
  inset: 'padding-top',
} as const

/** A place inside a `<plimsoll-root>`. */
export interface Room {
  readonly root: HTMLElement
  /** Holds one widget. */
  readonly holder: HTMLElement
  leave(): void
}

const roots = new WeakMap<Element, HTMLElement>()

/**
 * Makes room in the `<plimsoll-root>` of an element, which is made at need and removed when it is empty.
 *
 * @param before What the root stands before, when it is made.
 */
export function enter(
  parent: Element,
  css: readonly string[],
  theme: CheckedConfig['theme'],
  before: Node | null = null,
): Room {
  let root = roots.get(parent)
  if (!root?.isConnected) {
    root = document.createElement('plimsoll-root')
    root.attachShadow({ mode: 'open' })
    roots.set(parent, root)
    parent.insertBefore(root, before)
  }
  const shadow = root.shadowRoot as ShadowRoot
  shadow.adoptedStyleSheets = [...new Set([...shadow.adoptedStyleSheets, ...css.map(sheetOf)])]
  for (const [input, property] of Object.entries(inputs)) {
    const value = theme[input as keyof typeof inputs]
    const known = value && CSS.supports(property, value) && !/url\(/i.test(value)
    root.style.setProperty(`--plimsoll-${input}`, known ? value : '')
  }
  const holder = document.createElement('div')
  shadow.append(holder)
  return {
    root,
    holder,
    leave() {
      holder.remove()
      if (!shadow.querySelector('div')) root.remove()
    },
  }
}
