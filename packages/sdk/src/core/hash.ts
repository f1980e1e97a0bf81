/** Hashes text to 32 bits: FNV-1a over UTF-16 code units, as GrowthBook has it. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Rounds after the text's end, in which its last characters reach every bit. */
const BLANK_ROUNDS = 8

/**
 * Hashes text to 64 bits, written as 14 lower-case base-36 digits.
 *
 * For keys and digests: quick, well spread, the same everywhere and for ever. It keeps no secret, and whoever wants two
 * texts of one hash can make them.
 */
export function hash64(text: string): string {
  let a = 0
  let b = 0
  for (let i = 0; i < text.length + BLANK_ROUNDS; i++) {
    const unit = i < text.length ? text.charCodeAt(i) : 0
    // The shifts carry high bits down, as multiplication never does. Each half takes up the other, and no step loses
    // anything: two texts of one hash must have met in all 64 bits.
    a = Math.imul(a ^ b ^ unit ^ 0x9e3779b9, 0x85ebca6b)
    a ^= a >>> 15
    b = Math.imul(b ^ a, 0xc2b2ae35)
    b ^= b >>> 13
  }
  return digits(a) + digits(b)
}

const digits = (hash: number): string => (hash >>> 0).toString(36).padStart(7, '0')
