import stringWidth from 'string-width'

/**
 * Sets rows in columns under a header, the first on the left and the others, figures, on the right. Where that is wider
 * than the terminal, each row stands alone: its first cell, and under it each figure with its name.
 */
export function columns(header: readonly string[], rows: readonly (readonly string[])[], width: number): string {
  const widths = header.map((name, i) => Math.max(stringWidth(name), ...rows.map((row) => stringWidth(row[i] ?? ''))))
  const total = widths.reduce((sum, one) => sum + one, 0) + 2 * widths.length
  if (total <= width) {
    const line = (cells: readonly string[]): string =>
      cells
        .map((cell, i) => {
          const space = ' '.repeat((widths[i] ?? 0) - stringWidth(cell))
          return `  ${i ? space + cell : cell + space}`
        })
        .join('')
        .trimEnd()
    return [header, ...rows].map((row) => `${line(row)}\n`).join('')
  }
  const names = header.slice(1)
  const longest = Math.max(...names.map((name) => stringWidth(name)))
  return rows
    .map(([first = '', ...cells]) => {
      const lines = cells.map((cell, i) => {
        const name = names[i] ?? ''
        return `    ${name}${' '.repeat(longest - stringWidth(name))}  ${cell}\n`
      })
      return `  ${first}\n${lines.join('')}`
    })
    .join('')
}

/** How many of what: `1 user`, `2,000 users`. */
export const many = (n: number, one: string): string => `${count(n)} ${n === 1 ? one : `${one}s`}`

/** A number as people read it: `12,345`. */
export function count(n: number): string {
  return n.toLocaleString('en-US')
}
