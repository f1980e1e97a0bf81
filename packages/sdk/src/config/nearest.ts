/** Names longer than this are not compared: no typing slip is that long. */
const MAX_LENGTH = 40

/**
 * Finds the name that was most likely meant: the nearest by typing slips (a letter more, less, other, or two swapped),
 * case aside, where at most a third of the letters differ; else one that contains the word.
 *
 * @param names At most the first 1,000 are looked at, so that a hostile file cannot make this slow.
 */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase()
  // One letter is near everything.
  if (lower.length < 2) return undefined
  let best: string | undefined
  let least = Infinity
  for (const name of names.slice(0, 1000)) {
    const other = name.toLowerCase()
    const most = Math.max(1, Math.floor(Math.max(lower.length, other.length) / 3))
    let slips = distance(lower, other, most)
    // "milestone" for "usage_milestone": farther than any slip, nearer than nothing.
    if (slips > most && lower.length > 2 && other.length <= MAX_LENGTH && other.includes(lower)) slips = MAX_LENGTH
    else if (slips > most) continue
    if (slips < least) {
      least = slips
      best = name
    }
  }
  return best
}

/** Counts the slips between two words (optimal string alignment); `Infinity` where there are surely more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > MAX_LENGTH) return Infinity
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let slips = Math.min(last[j - 1]! + (same ? 0 : 1), last[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips = Math.min(slips, before[j - 2]! + 1)
      row.push(slips)
    }
    before = last
    last = row
  }
  return last[b.length]!
}
