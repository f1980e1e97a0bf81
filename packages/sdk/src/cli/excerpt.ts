import stringWidth from 'string-width'

/** A part of a line as it is printed, and the marks to stand below it. */
export interface Excerpt {
  readonly text: string
  readonly marks: string
}

/** One letter as people see it, with the columns that it takes. */
interface Cell {
  readonly at: number
  readonly shown: string
  readonly width: number
}

const letters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/**
 * Cuts a stretch of a line out, with as much around it as fits, and marks it. Wide letters are measured as terminals
 * draw them; a tab is two columns, and what has no picture (controls, overrides of direction) one dot.
 *
 * @param line Without its end.
 * @param from Of the stretch, in UTF-16 units from the line's start.
 * @param to The first unit behind it; at least one column is marked.
 * @param width Columns at most.
 */
export function excerpt(line: string, from: number, to: number, width: number): Excerpt {
  // Of a line of a megabyte only what could be seen is split into letters.
  const start = Math.max(0, from - width * 2)
  const near = line.slice(start, from + width * 4)
  const cells = Array.from(letters.segment(near), ({ segment, index }) => cellOf(segment, start + index))
  const mark = from >= start + near.length ? cells.length : cells.findLastIndex(({ at }) => at <= from)
  const cutLeft = start > 0
  const cutRight = start + near.length < line.length

  const whole = cells.reduce((sum, cell) => sum + cell.width, 0)
  let [begin, end] = [0, cells.length]
  if (cutLeft || cutRight || whole > width) {
    // A third of the room is for what comes before; the marked and what follows have the rest, bar two for the dots.
    const room = Math.max(1, width - 2)
    begin = mark
    let used = 0
    while (begin > 0 && used + cells[begin - 1]!.width <= room / 3) used += cells[--begin]!.width
    end = mark
    while (end < cells.length && used + cells[end]!.width <= room) used += cells[end++]!.width
    while (begin > 0 && used + cells[begin - 1]!.width <= room) used += cells[--begin]!.width
  }
  const seen = cells.slice(begin, end)
  const lead = begin > 0 || cutLeft ? '…' : ''
  const rest = end < cells.length || cutRight ? '…' : ''
  const widthOf = (some: readonly Cell[]): number => some.reduce((sum, cell) => sum + cell.width, 0)
  const before = lead.length + widthOf(seen.slice(0, mark - begin))
  const marked = widthOf(seen.slice(mark - begin).filter(({ at }) => at < to))
  return {
    text: lead + seen.map(({ shown }) => shown).join('') + rest,
    marks: ' '.repeat(before) + '^'.repeat(Math.max(1, marked)),
  }
}

function cellOf(segment: string, at: number): Cell {
  if (segment === '\t') return { at, shown: '  ', width: 2 }
  const width = stringWidth(segment)
  return width && printable(segment) === segment ? { at, shown: segment, width } : { at, shown: '·', width: 1 }
}

/** Text without what a terminal would obey or be confused by: controls, overrides of direction, halves of letters. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '·')
