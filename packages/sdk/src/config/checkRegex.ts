/** How many ways an unbounded quantifier counts for, and how many ways and characters a pattern may have in all. */
const UNBOUNDED = 64
const MAX_WAYS = 4096
const MAX_SIZE = 1000

/** Back-reference, other escape, class, lookbehind, group start, group end, quantifier, and any other character. */
const TOKEN =
  /\\([1-9k])|\\.|\[(?:\\.|[^\]\\])*\]|(\(\?<[=!])|(\((?:\?(?:[:=!]|<\w+>|[a-z-]*:))?)|(\))|(\|)|([*+?]|\{(\d+)(,?)(\d*)\})\??|./gs

/** One open group: the ways of its finished alternatives, and the ways and size of the current one. */
interface Group {
  sum: number
  ways: number
  size: number
}

/**
 * Checks that a pattern can be tried on a subject of 1,000 characters without going over the same ground for ever.
 *
 * It must compile, have at most 200 characters and one unbounded quantifier (`*`, `+`, `{2,}`), none on a group, no
 * back-reference and no lookbehind. Bounded ones can be as bad (`a?a?a?…aaa`), so the ways in which a pattern could
 * match are counted, never tried: the cost is one pass over the pattern.
 *
 * @returns What was expected instead; `undefined` where the pattern is sound.
 */
export function checkRegex(source: string): string | undefined {
  if (source.length > 200) return 'at most 200 characters'
  try {
    new RegExp(source)
  } catch {
    return 'a regular expression that compiles'
  }

  const outer: Group[] = []
  let group: Group = { sum: 0, ways: 1, size: 0 }
  /** What a quantifier would repeat; counted once the next token shows that none follows. */
  let ways = 1
  let size = 0
  let closed = false
  let unbounded = 0
  const count = () => {
    group.ways *= ways
    group.size += size
    ways = 1
    size = 0
    closed = false
  }

  for (const [, reference, lookbehind, open, close, or, quantifier, least, comma, most] of source.matchAll(TOKEN)) {
    if (reference || lookbehind) return 'no back-reference or lookbehind'
    if (quantifier) {
      const min = least ? Number(least) : quantifier[0] === '+' ? 1 : 0
      const max = most ? Number(most) : quantifier[0] === '?' ? 1 : least && !comma ? min : Infinity
      if (max < Infinity) {
        ways = (max - min + 1) * ways ** max
        size *= max
      } else {
        if (closed) return 'no unbounded quantifier on a group'
        if (unbounded++) return 'at most one unbounded quantifier'
        ways *= UNBOUNDED
        size += min
      }
      continue
    }
    count()
    if (open) {
      outer.push(group)
      group = { sum: 0, ways: 1, size: 0 }
    } else if (close) {
      ways = group.sum + group.ways
      size = group.size
      closed = true
      group = outer.pop()!
    } else if (or) {
      group.sum += group.ways
      group.ways = 1
    } else {
      size = 1
    }
  }
  count()
  return group.sum + group.ways <= MAX_WAYS && group.size <= MAX_SIZE
    ? undefined
    : 'fewer ways to match (smaller ranges)'
}
