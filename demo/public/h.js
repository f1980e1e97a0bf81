/** Elements from plain calls, and a way to bring a part of the page up to date without losing focus, text or widgets. */

const SVG = 'http://www.w3.org/2000/svg'
const svgTags = new Set(['svg', 'path', 'rect', 'line', 'circle', 'polyline', 'g'])

/**
 * Makes an element. `vars` are custom properties, set through the style object: the page's policy forbids style
 * attributes. False, null and undefined attributes and children are left out.
 */
export function h(tag, attributes, ...children) {
  const element = svgTags.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name === 'vars') for (const [key, part] of Object.entries(value)) element.style.setProperty(key, String(part))
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat(Infinity).filter((child) => child !== false && child !== null && child !== undefined))
  return element
}

/**
 * Makes `parent`'s children like `wanted`, keeping what is there already: elements that match keep focus, typed text and
 * what others put into a `data-plimsoll-slot`.
 */
export function patch(parent, wanted) {
  const list = [wanted].flat(Infinity).filter((child) => child !== false && child !== null && child !== undefined)
  let current = parent.firstChild
  for (const given of list) {
    const next = typeof given === 'object' ? given : document.createTextNode(given)
    // one that stands further on is not moved, for a move would drop its focus: what is before it goes
    let match = current
    while (match && !alike(match, next)) match = match.nextSibling
    if (match && (match === current || isNamed(next)))
      while (current !== match) {
        const gone = current
        current = current.nextSibling
        gone.remove()
      }
    if (current && current === match) {
      update(current, next)
      current = current.nextSibling
    } else parent.insertBefore(next, current)
  }
  while (current) {
    const gone = current
    current = current.nextSibling
    gone.remove()
  }
}

function alike(a, b) {
  return (
    a.nodeName === b.nodeName &&
    (a.nodeType !== 1 || (a.id === b.id && a.getAttribute('data-key') === b.getAttribute('data-key')))
  )
}

const isNamed = (node) => node.nodeType === 1 && (node.id || node.hasAttribute('data-key'))

function update(old, next) {
  if (old.nodeType !== 1) {
    if (old.data !== next.data) old.data = next.data
    return
  }
  for (const { name } of [...old.attributes])
    if (name !== 'style' && !next.hasAttribute(name) && !foreign(name)) old.removeAttribute(name)
  for (const { name, value } of next.attributes)
    if (name !== 'style' && old.getAttribute(name) !== value) old.setAttribute(name, value)
  if (old.style.cssText !== next.style.cssText) old.style.cssText = next.style.cssText
  if (old.type === 'radio' || old.type === 'checkbox') old.checked = next.checked
  if (old.type === 'range' && old !== document.activeElement) old.value = next.value
  if (!old.hasAttribute('data-plimsoll-slot')) patch(old, [...next.childNodes])
}

/** Set on our controls by whoever anchors to them. */
const foreign = (name) =>
  name === 'aria-expanded' || name === 'aria-controls' || name === 'aria-haspopup' || name === 'open'

const icon = (...shapes) => h('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true', class: 'icon' }, ...shapes)
export const icons = {
  lock: () =>
    icon(h('rect', { x: 3, y: 7, width: 10, height: 7, rx: 1.5 }), h('path', { d: 'M5.5 7V5a2.5 2.5 0 0 1 5 0v2' })),
  search: () => icon(h('circle', { cx: 7, cy: 7, r: 4.5 }), h('path', { d: 'm10.5 10.5 3 3' })),
  check: () => icon(h('path', { d: 'm3.5 8.5 3 3 6-7' })),
  alert: () => icon(h('circle', { cx: 8, cy: 8, r: 6 }), h('path', { d: 'M8 5v3.5M8 11v.01' })),
  up: () => icon(h('path', { d: 'm4 10 4-4 4 4' })),
  down: () => icon(h('path', { d: 'm4 6 4 4 4-4' })),
  minus: () => icon(h('path', { d: 'M3.5 8h9' })),
  plus: () => icon(h('path', { d: 'M3.5 8h9M8 3.5v9' })),
}
