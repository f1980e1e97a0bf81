// @ts-check
// A picture of areas: each group a rectangle, its parts within it, as near to squares as they come.

/** @typedef {{ name: string, size: number }} Part */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

/**
 * Cuts a box into one for each part, by size, the largest first: rows are filled along the shorter side as long as that
 * makes them squarer (Bruls, Huizing and van Wijk, "Squarified Treemaps").
 *
 * @template {Part} P
 * @param {readonly P[]} parts
 * @param {Box} box
 * @returns {(P & Box)[]}
 */
export function squarify(parts, box) {
  const rest = parts.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size)
  /** @type {(P & Box)[]} */
  const placed = []
  let { x, y, width, height } = box
  while (rest.length) {
    const scale = (width * height) / rest.reduce((sum, { size }) => sum + size, 0)
    const side = Math.min(width, height)
    const worst = (/** @type {number} */ count) => {
      const row = rest.slice(0, count).map(({ size }) => size * scale)
      const depth = row.reduce((sum, area) => sum + area, 0) / side
      return Math.max(...row.map((area) => Math.max(depth / (area / depth), area / depth / depth)))
    }
    let count = 1
    while (count < rest.length && worst(count + 1) <= worst(count)) count++
    const row = rest.splice(0, count)
    const depth = (row.reduce((sum, { size }) => sum + size, 0) * scale) / side
    let along = 0
    for (const part of row) {
      const length = (part.size * scale) / depth
      placed.push(
        width < height
          ? { ...part, x: x + along, y, width: length, height: depth }
          : { ...part, x, y: y + along, width: depth, height: length },
      )
      along += length
    }
    if (width < height) {
      y += depth
      height -= depth
    } else {
      x += depth
      width -= depth
    }
  }
  return placed
}

const WIDTH = 1200
const HEIGHT = 760
const HEAD = 20
const HUES = [210, 30, 150, 280, 350, 90]

const spell = (/** @type {string} */ text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/**
 * Draws groups of parts as an SVG that is readable on light and on dark.
 *
 * @param {readonly (Part & { parts: readonly Part[] })[]} groups
 * @param {string} title
 */
export function drawTreemap(groups, title) {
  const boxes = squarify(groups, { x: 0, y: 0, width: WIDTH, height: HEIGHT })
  const drawn = boxes.map((group, i) => {
    const { x, y, width, height, name, size, parts } = group
    const inner = { x: x + 2, y: y + HEAD, width: Math.max(1, width - 4), height: Math.max(1, height - HEAD - 2) }
    const fits = (/** @type {string} */ text, /** @type {number} */ room, px = 5.7) => text.length * px < room
    const head = [`${name}, ${size.toLocaleString('en')}`, name].find((text) => fits(text, width - 6, 7)) ?? ''
    const cells = squarify(parts, inner).map((part) => {
      const cell = `x="${(part.x + 0.5).toFixed(1)}" y="${(part.y + 0.5).toFixed(1)}" width="${Math.max(0, part.width - 1).toFixed(1)}" height="${Math.max(0, part.height - 1).toFixed(1)}"`
      const short = part.name.replace(/.*\//, '').replace(/\.tsx?$/, '')
      const label = part.height > 13 && fits(short, part.width - 6)
      const bytes = part.height > 27 && label
      return `<g><title>${spell(part.name)}: ${part.size.toLocaleString('en')} bytes</title><rect ${cell} rx="1"/>${
        label ? `<text x="${(part.x + 4).toFixed(1)}" y="${(part.y + 12).toFixed(1)}">${spell(short)}</text>` : ''
      }${bytes ? `<text class="b" x="${(part.x + 4).toFixed(1)}" y="${(part.y + 25).toFixed(1)}">${part.size.toLocaleString('en')}</text>` : ''}</g>`
    })
    return `<g style="--h:${HUES[i % HUES.length]}"><text class="h" x="${(x + 4).toFixed(1)}" y="${(y + 14).toFixed(1)}">${spell(head)}</text>\n${cells.join('\n')}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${spell(title)}">
<style>
text { font: 11px system-ui, sans-serif; fill: #14202b }
.b { font-size: 10px; opacity: .75 }
.h { font-weight: 600; font-size: 12px }
rect { fill: hsl(var(--h) 55% 82%) }
@media (prefers-color-scheme: dark) { text { fill: #eef3f7 } rect { fill: hsl(var(--h) 35% 27%) } }
</style>
${drawn.join('\n')}
</svg>
`
}
