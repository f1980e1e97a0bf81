import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchRoute } from '../../packages/sdk/src/core/matchRoute.ts'

const cases: [glob: string, matched: string[], unmatched: string[]][] = [
  ['/', ['/', ''], ['/a']],
  ['/billing', ['/billing', '/billing/'], ['/', '/billing/a', '/billings', '/bill', '/Billing', '/a/billing']],
  ['/billing/', ['/billing', '/billing/'], ['/billing/a']],
  ['billing', ['/billing'], ['/a/billing']],
  ['/billing/*', ['/billing/a', '/billing/a/'], ['/billing', '/billing/', '/billing/a/b']],
  ['/*', ['/a'], ['/', '/a/b']],
  ['/*/settings', ['/a/settings'], ['/settings', '/a/b/settings']],
  ['/team/*/edit', ['/team/7/edit'], ['/team/edit', '/team/7/8/edit', '/team/7/edits']],
  ['/user-*', ['/user-7', '/user-'], ['/user', '/user-7/8']],
  ['/*-edit', ['/a-edit', '/a-b-edit'], ['/a-edits', '/a/b-edit']],
  ['/a*b*c', ['/abc', '/aXbYc', '/abbcc', '/abcbc'], ['/ab', '/acb', '/a/b/c', '/abcx']],
  ['/billing/**', ['/billing', '/billing/', '/billing/a', '/billing/a/b'], ['/', '/billings', '/a/billing']],
  ['/**', ['/', '/a', '/a/b/c'], []],
  ['**', ['/', '/a', '/a/b/c'], []],
  ['/**/settings', ['/settings', '/a/settings', '/a/b/settings', '/settings/settings'], ['/settings/a', '/a']],
  ['/a/**/z', ['/a/z', '/a/b/z', '/a/b/c/z', '/a/z/z'], ['/a', '/z', '/a/b', '/a/z/b']],
  ['/**/a/*/b/**', ['/a/x/b', '/q/a/x/b/r', '/a/a/x/b', '/a/x/c/a/y/b'], ['/a/b', '/a/x/y/b']],
  ['/**/**', ['/', '/a/b'], []],
  ['/**/*', ['/a', '/a/b'], ['/']],
  ['/a**', ['/a', '/ab'], ['/a/b', '/b']],
  ['', ['/', ''], ['/a']],
  ['/a.c', ['/a.c'], ['/abc']],
  ['/(a|b)', ['/(a|b)'], ['/a', '/b']],
  ['/[ab]', ['/[ab]'], ['/a']],
  ['/a?', ['/a?'], ['/a', '/ab']],
  ['/Überblick/日本*', ['/Überblick/日本語'], ['/Überblick/日']],
]

describe.each(cases)('takes %j', (glob, matched, unmatched) => {
  if (matched.length > 0) {
    test.each(matched)('for a match of %j', (path) => {
      expect(matchRoute(glob, path)).toBe(true)
    })
  }
  if (unmatched.length > 0) {
    test.each(unmatched)('for no match of %j', (path) => {
      expect(matchRoute(glob, path)).toBe(false)
    })
  }
})

/** The same question answered slowly and plainly, for short globs: every split of the path is tried. */
function matchSlowly(glob: readonly string[], path: readonly string[], wild = '**'): boolean {
  const [part, ...rest] = glob
  if (part === undefined) return path.length === 0
  if (part === wild) return path.some((_, i) => matchSlowly(rest, path.slice(i), wild)) || matchSlowly(rest, [], wild)
  const [item, ...items] = path
  if (item === undefined) return false
  return (wild === '*' ? part === item : matchSlowly([...part], [...item], '*')) && matchSlowly(rest, items, wild)
}

test('agrees with trying every split, on random globs and paths', () => {
  const segment = (unit: string[]) => fc.string({ unit: fc.constantFrom(...unit), minLength: 1, maxLength: 4 })
  const glob = fc.array(fc.oneof(fc.constant('**'), segment(['a', 'b', '*'])), { maxLength: 6 })
  const path = fc.array(segment(['a', 'b']), { maxLength: 6 })
  fc.assert(
    fc.property(glob, path, (glob, path) => {
      expect(matchRoute(`/${glob.join('/')}`, `/${path.join('/')}`)).toBe(matchSlowly(glob, path))
    }),
    { numRuns: 2000 },
  )
})

// Each of these takes longer than the age of the world where every split is tried.
describe('answers hostile globs at once', () => {
  test.each<[string, string, string]>([
    ['many ** and a last segment that is not there', `${'/**'.repeat(100)}/x`, '/a'.repeat(1000)],
    ['many ** with segments between', `${'/**/a'.repeat(100)}/x`, '/a'.repeat(1000)],
    ['many * in one segment', `/${'*a'.repeat(100)}x`, `/${'a'.repeat(2000)}`],
    ['both', `${'/**/*a*a*a*b'.repeat(20)}/x`, '/aaaaaaaaaaaaaaaa'.repeat(100)],
    ['nothing but stars', `/${'*'.repeat(2000)}/x`, `/${'a'.repeat(2000)}`],
  ])('of %s', (_, glob, path) => {
    expect(matchRoute(glob, path)).toBe(false)
  })
})
