/** The built script tag, read as text: what a host's page would fetch, and in which order. */

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const dist = 'packages/widgets/dist/'
const read = (file: string): string => readFileSync(dist + file, 'utf8')
const kinds = ['banner', 'explainer', 'modal', 'panel', 'plans', 'toast', 'tooltip'].map(
  (kind) => `plimsoll-${kind}.js`,
)
const files = readdirSync(dist).filter((file) => /^plimsoll.*\.js$/.test(file))

/** The files that a file names, by how it imports them. */
function imports(file: string): { statically: string[]; lazily: string[] } {
  const names = (pattern: RegExp): string[] =>
    [...new Set([...read(file).matchAll(pattern)].map(([, name]) => name!))].sort()
  return {
    statically: names(/(?:\bfrom|\bimport)\s*["'`]([^"'`]+)["'`]/g),
    lazily: names(/\bimport\(\s*["'`]([^"'`]+)["'`]\s*\)/g),
  }
}

test('writes files of stable names, and no others', () => {
  expect([...files].sort()).toEqual(
    [
      'plimsoll.js',
      'plimsoll-stub.js',
      'plimsoll-validator.js',
      'plimsoll-frame.js',
      'plimsoll-dialog.js',
      'plimsoll-floating.js',
      ...kinds,
    ].sort(),
  )
})

test('fetches the validator and each kind of widget only when it is needed, by a literal name', () => {
  const lazily = [...kinds, 'plimsoll-frame.js', 'plimsoll-validator.js'].map((file) => `./${file}`).sort()
  expect(imports('plimsoll.js')).toEqual({ statically: [], lazily })
})

test('lets the validator stand alone', () => {
  expect(imports('plimsoll-validator.js')).toEqual({ statically: [], lazily: [] })
})

test('draws a first banner with the frame and the banner alone, fetched side by side', () => {
  expect(imports('plimsoll-banner.js').statically).toEqual(['./plimsoll-frame.js'])
  expect(imports('plimsoll-frame.js').statically).toEqual([])
  expect(read('plimsoll-frame.js')).toMatch(/export\{[^}]*\bopen\b/)
})

test.each(kinds)('lets %s share the frame, and never load the engine twice', (kind) => {
  const shared = ['./plimsoll-dialog.js', './plimsoll-frame.js']
  expect(shared).toEqual(expect.arrayContaining(imports(kind).statically))
  expect(imports('plimsoll-dialog.js').statically).toEqual(['./plimsoll-frame.js'])
})

test('fetches the placing of tooltips for browsers that need it, and nothing else behind the frame', () => {
  const behind = ['plimsoll-frame.js', 'plimsoll-dialog.js', ...kinds].flatMap((file) => imports(file).lazily)
  expect([...new Set(behind)].filter((name) => !kinds.includes(name.slice(2)))).toEqual(['./plimsoll-floating.js'])
  expect(imports('plimsoll-floating.js').statically).toEqual([])
})

test.each(files)('leaves no global, no process and no code from text in %s', (file) => {
  const code = read(file)
  expect(code).not.toMatch(
    /\b(nanostoresGlobal|__zod_global\w+)\b.*\bglobalThis\b|\bglobalThis\b.{0,40}(nanostores|zod)/,
  )
  expect(code).not.toMatch(/\bprocess\.env\b/)
  expect(code).not.toMatch(/\beval\(|\bnew Function\b|\bFunction\(/)
})

test.each(files)('is read alike in every encoding: %s is ASCII', (file) => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked
  expect(read(file)).toMatch(/^[\x00-\x7f]*$/)
})

test('is one expression in the page, which declares nothing', () => {
  expect(read('plimsoll.js')).toMatch(/^(["'`]use strict["'`];)?(\(function\(\)\{|\(\(\)=>\{|!function\(\)\{)/)
})
