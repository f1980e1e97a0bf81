/**
 * How many ways an unbounded quantifier counts for that may begin at any letter, and how many a pattern may have: tried on
 * the worst 1,000 letters, 64 ways take 2 ms on a slow machine.
 */
const UNBOUNDED = 64
const MAX_WAYS = 1024

/** Back-reference or lookbehind, escape or class, group start, group end, quantifier, and any other character. */
const TOKEN =
  /(\\[1-9k]|\(\?<[=!])|\\.|\[(?:\\.|[^\]\\])*\]|(\((?:\?(?:[:=!]|<\w+>|[a-z-]*:))?)|(\))|([*+?]|\{(\d+)(,?)(\d*)\})\??|./gs

/**
 * Checks that a pattern can be tried on a subject of 1,000 characters without going over the same ground for ever.
 *
 * It must compile, have at most 200 characters and one unbounded quantifier (`*`, `+`, `{2,}`), none on a group, no
 * back-reference and no lookbehind. Bounded ones can be as bad (`a?a?a?…aaa`), so the ways in which a pattern could
 * match are counted, never tried: the cost is one pass over the pattern.
 *
 * @returns The kind of fault; of a sound pattern, in how many ways more than one it could match.
 */
export function checkRegex(source: string): string | number {
  if (source.length > 200) return 'regex long'
  try {
    new RegExp(source)
  } catch {
    return 'regex'
  }

  const outer: number[] = []
  /** Whether it begins at the first letter, and at no other. */
  let isFixed = source[0] === '^'
  /** What an unbounded quantifier counts for too much, where nothing else is tried at another letter. */
  let spare = 1
  /** Ways of the group so far, and of what a quantifier would repeat: counted once it is known whether one follows. */
  let ways = 1
  let last = 1
  let closed = false
  let unbounded = 0
  for (const [token, bad, open, close, quantifier, least, comma, most] of source.matchAll(TOKEN)) {
    if (bad) return 'regex look'
    if (quantifier) {
      const max = most ? Number(most) : least && !comma ? Number(least) : quantifier[0] === '?' ? 1 : Infinity
      if (max < Infinity) last = last ** max * Math.max(max, quantifier[0] === '?' ? 2 : 1)
      else if (closed) return 'regex group'
      else if (unbounded++) return 'regex many'
      else {
        last = UNBOUNDED
        if (!outer.length) spare = UNBOUNDED
      }
      continue
    }
    ways *= last
    last = 1
    closed = !!close
    if (open) {
      outer.push(ways)
      ways = 1
    } else if (close) {
      last = ways
      ways = outer.pop()!
    } else if (token === '|') {
      ways *= 2
      if (!outer.length) isFixed = false
    }
  }
  ways *= last / (isFixed ? spare : 1)
  return ways <= MAX_WAYS ? ways - 1 : 'regex ways'
}
