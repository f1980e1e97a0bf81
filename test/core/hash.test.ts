import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fnv32a, hash64 } from '../../packages/sdk/src/core/hash.ts'

/** The 64 bits of a hash, as a number of 32 bits twice. */
const lanes = (hash: string): readonly number[] =>
  [hash.slice(0, 7), hash.slice(7)].map((digits) => Number.parseInt(digits, 36))
const bits = (hash: string): readonly number[] =>
  lanes(hash).flatMap((lane) => Array.from({ length: 32 }, (_, bit) => Math.floor(lane / 2 ** bit) % 2))

/** Any UTF-16 text, halves of surrogate pairs included. */
const anyText = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units))

describe('fnv32a', () => {
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('gives FNV’s own test vector for %j', (text, hash) => {
    expect(fnv32a(text)).toBe(hash)
  })
})

describe('hash64', () => {
  // Written out: a stored key must be found again by every later version.
  test.each([
    ['', '0rpb57y1euzxps'],
    ['a', '1xx1r6o0pghx13'],
    ['b', '0pcll9h0shx5ix'],
    ['account-1', '1t3g67500gwfn4'],
    ['日本', '1wrj94q1nbem21'],
    ['🙂', '0ghk9m40wqud6h'],
    ['\0', '1ubd9xp19vbufa'],
  ])('hashes %j always alike', (text, hash) => {
    expect(hash64(text)).toBe(hash)
  })

  test('writes 14 lower-case base-36 digits, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(hash64(text)).toMatch(/^[0-9a-z]{14}$/)
        expect(Math.max(...lanes(hash64(text)))).toBeLessThan(2 ** 32)
      }),
    )
  })

  test('gives 200,000 ids in a row 200,000 hashes, and either half alone nearly as many', { timeout: 30_000 }, () => {
    const hashes = Array.from({ length: 200_000 }, (_, i) => hash64(`user_${i}`))
    expect(new Set(hashes).size).toBe(200_000)
    // Chance alone would make 5 of 200,000 meet in 32 bits; 20 would be no chance.
    expect(new Set(hashes.map((hash) => hash.slice(0, 7))).size).toBeGreaterThan(199_980)
    expect(new Set(hashes.map((hash) => hash.slice(7))).size).toBeGreaterThan(199_980)
  })

  test('gives 200,000 random ids 200,000 hashes', { timeout: 30_000 }, () => {
    // A generator of its own, so that a failure can be repeated: xorshift, 20 letters of 4 bits.
    let state = 88675123
    const next = () => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return state >>> 0
    }
    const ids = new Set(Array.from({ length: 200_000 }, () => `${next().toString(36)}-${next().toString(36)}`))
    expect(new Set([...ids].map(hash64)).size).toBe(ids.size)
  })

  test('tells apart texts that differ in order, in repetition or in empty characters', () => {
    const texts = [
      'ab',
      'ba',
      'aab',
      'abb',
      'abab',
      '\0ab',
      'ab\0',
      'a\0b',
      'ab\0\0',
      ...Array.from({ length: 50 }, (_, i) => '\0'.repeat(i)),
    ]
    expect(new Set(texts.map(hash64)).size).toBe(texts.length)
  })

  test('turns about half of all bits, and each bit about every second time, when one bit of the text turns', () => {
    const rounds = 4000
    const turned = new Array<number>(64).fill(0)
    for (let i = 0; i < rounds; i++) {
      const text = `account-${i}`
      const at = i % text.length
      const other = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << (i % 7))) + text.slice(at + 1)
      const [before, after] = [bits(hash64(text)), bits(hash64(other))]
      for (let bit = 0; bit < 64; bit++) if (before[bit] !== after[bit]) turned[bit] = (turned[bit] ?? 0) + 1
    }
    // Half is 2,000 with a deviation of 32: five of those either way.
    expect(Math.min(...turned)).toBeGreaterThan(1840)
    expect(Math.max(...turned)).toBeLessThan(2160)
  })

  test('digests a megabyte, and sees one character of it change', () => {
    const text = 'plimsoll'.repeat(125_000)
    expect(hash64(text)).toBe('0ltq3i40z22bav')
    expect(hash64(`${text.slice(0, 500_000)}x${text.slice(500_001)}`)).not.toBe('0ltq3i40z22bav')
  })
})
