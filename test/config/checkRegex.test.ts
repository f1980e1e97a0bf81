import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRegex } from '../../packages/sdk/src/config/checkRegex.ts'

const LONG = !!process.env.PLIMSOLL_LONG
const patience = { timeout: 60_000 }
/** How often a property is tried: from one seed, or ten times as often from a new one. */
const runs = (numRuns: number) => (LONG ? { numRuns: numRuns * 10 } : { numRuns, seed: 1 })

describe('accepts', () => {
  test.each([
    '',
    'a',
    '^pro$',
    'admin|owner',
    '^(admin|owner)$',
    '.*@acme\\.com$',
    '^[^@]+@acme\\.(com|org)$',
    '\\d{4}-\\d{2}-\\d{2}',
    '^\\d{1,3}(\\.\\d{1,3}){3}$',
    '^v?\\d{1,3}\\.\\d{1,3}',
    '(foo)?bar',
    '(?:foo|bar)?',
    '(?=.{8})x',
    '(?!x)y',
    '(?<year>\\d{4})',
    'a{2,}',
    'a+?',
    // Not quantifiers: escaped, in a class, or braces that say none.
    '\\*\\+\\?\\{1,\\}',
    '[*+?{}()|]+',
    '[\\]*]x*',
    'a{,5}b{c}d*',
    '\\0',
    '\\(*',
    '[(]*',
    // No back-reference: in a class, or an escaped backslash.
    '[\\1]',
    '\\\\1',
    'x'.repeat(200),
  ])('%s', (pattern) => {
    expect(checkRegex(pattern)).toEqual(expect.any(Number))
  })
})

describe('refuses', () => {
  test.each([
    ['x'.repeat(201), 'regex long'],
    ['(', 'regex'],
    ['a**', 'regex'],
    ['[z-a]', 'regex'],
    ['(?<n>a)(?<n>b)', 'regex'],
    ['\\', 'regex'],
    ['a*b*', 'regex many'],
    ['.*x.+', 'regex many'],
    ['a+b{2,}', 'regex many'],
    ['(a*)b*', 'regex many'],
    ['(?=.*a)(?=.*b)', 'regex many'],
    ['(a)*', 'regex group'],
    ['(a|b)+', 'regex group'],
    ['(?:ab){2,}', 'regex group'],
    ['(?=a)*', 'regex group'],
    ['(a)\\1', 'regex look'],
    ['(?<n>a)\\k<n>', 'regex look'],
    ['(?<=a)b', 'regex look'],
    ['(?<!a)b', 'regex look'],
    // The classic patterns.
    ['^(a+)+$', 'regex group'],
    ['^(a|a)*$', 'regex group'],
    ['^(a|aa)+$', 'regex group'],
    ['(.*a){20}', 'regex ways'],
    ['^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}', 'regex many'],
    ['(x+x+)+y', 'regex many'],
    ['^\\d*\\d*\\d*\\d*x$', 'regex many'],
    // As bad without an unbounded quantifier.
    ['a?'.repeat(30) + 'a'.repeat(30), 'regex ways'],
    [`${'a{0,99}'.repeat(4)}x`, 'regex ways'],
    [`${'(a|a)?'.repeat(12)}x`, 'regex ways'],
    ['((a{1,9}){1,9}){1,9}x', 'regex ways'],
    ['(a{1000}){1000}', 'regex ways'],
    ['a{99999}', 'regex ways'],
    ['a?a?a?a?a?a?a*x', 'regex ways'],
    [`${'(?:a|a)'.repeat(6)}a*x`, 'regex ways'],
    ['a{0,63}a*x', 'regex ways'],
    ['^(.*a){3}x', 'regex ways'],
  ])('%s', (pattern, kind) => {
    expect(checkRegex(pattern)).toBe(kind)
  })
})

test('looks at each of 100,000 characters no more than once', () => {
  expect(checkRegex('('.repeat(100_000))).toBe('regex long')
})

/** Patterns out of the pieces that make patterns slow. */
const pattern = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      '.',
      '\\w',
      '[ab]',
      '[^b]',
      '(',
      ')',
      '(?:',
      '(?=',
      '|',
      '^',
      '$',
      '*',
      '+',
      '?',
      '{2}',
      '{1,3}',
      '{0,9}',
      '{2,}',
      '+?',
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''))

/** Milliseconds of processor time that a subject takes: others on the machine make it longer, never shorter. */
function quickest(regex: RegExp, subject: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3 && best >= 50; i++) {
    const from = process.cpuUsage()
    regex.test(subject)
    best = Math.min(best, process.cpuUsage(from).user / 1000)
  }
  return best
}

/** The worst that were found, each as bad as the count of ways lets it be. */
test.each(['a?a?a?a?a*x', '(?:a|a)(?:a|a)(?:a|a)(?:a|a)a*x', 'a{0,15}a*x', '(a|a|a|a)a*x', '.*x', '^(.*a){1}x'])(
  'takes no more than 50 ms for 1,000 characters: %s',
  (source) => {
    expect(checkRegex(source)).toEqual(expect.any(Number))
    expect(quickest(new RegExp(source), 'a'.repeat(1000))).toBeLessThan(50)
  },
)

describe('counts what a file has in all,', () => {
  test.each([
    ['acme', 0],
    ['^acme-\\d+$', 0],
    ['^[^@]+@acme\\.(com|org)$', 1],
    ['@acme\\.(com|org)$', 1],
    ['.*@acme\\.com$', 63],
    ['^acme|.*x', 127],
    ['^(.*)x', 63],
  ])('%s', (pattern, cost) => {
    expect(checkRegex(pattern)).toBe(cost)
  })
})

test('lets no pattern through that takes long on 1,000 characters', patience, () => {
  const subjects = ['a'.repeat(1000), `${'a'.repeat(999)}!`, 'ab'.repeat(500), `${'b'.repeat(500)}${'a'.repeat(500)}`]
  fc.assert(
    fc.property(pattern, (source) => {
      fc.pre(typeof checkRegex(source) === 'number')
      const regex = new RegExp(`${source}!x`)
      for (const subject of subjects) expect([source, quickest(regex, subject) < 50]).toEqual([source, true])
    }),
    runs(400),
  )
})

test('never throws', patience, () => {
  // Halves of letters among them.
  const unit = fc.oneof(fc.constantFrom(...'\\()[]{}<>*+?|.:=!,^$k19'), fc.nat(0xffff).map(String.fromCharCode))
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 220 }), (source) =>
      ['string', 'number'].includes(typeof checkRegex(source)),
    ),
    runs(100),
  )
})
