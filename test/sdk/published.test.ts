import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { lint } from '../../packages/sdk/src/lint/lint.ts'
import { readPublished, writePublished } from '../../packages/sdk/src/published.ts'
import { change } from '../config/cases.ts'

const source = change({}) as object
const config = parseConfig(source).config as CheckedConfig
const published = writePublished(source, config)

test('carries what checking made of the file', () => {
  expect(readPublished(published)).toEqual(config)
})

test('is for the validator the file that it was made of', () => {
  expect(parseConfig(published)).toEqual({ config, errors: [] })
  expect(parseConfig(JSON.parse(published))).toEqual({ config, errors: [] })
})

test('is the same text once it was read as JSON, as a bundler hands it over', () => {
  const odd = change({ 'resources.10': 'ten', 'resources.2': 'two' }) as object
  const text = writePublished(odd, parseConfig(odd).config as CheckedConfig)
  expect(readPublished(JSON.stringify(JSON.parse(text)))).toEqual(parseConfig(odd).config)
})

test('published again is the same', () => {
  expect(writePublished(JSON.parse(published), config)).toBe(published)
})

test('may have any line end behind it', () => {
  for (const end of ['\n', '\r\n', '\n\n']) expect(readPublished(published + end)).toEqual(config)
})

describe('is passed over', () => {
  test('where any letter of it was changed, and what it says is what its readable part says', () => {
    fc.assert(
      fc.property(fc.nat(published.length - 1), fc.constantFrom('', ' ', '1', 'x', '"'), (at, put) => {
        const changed = published.slice(0, at) + put + published.slice(at + 1)
        fc.pre(changed !== published)
        expect(readPublished(changed)).toBeUndefined()
      }),
      { numRuns: 300, seed: 5 },
    )
    const changed = published.replace('"product":"Acme"', '"product":"Ajax"')
    expect(parseConfig(changed).config).toEqual(config)
  })

  test.each([
    ['another version', published.replace('"format":1', '"format":2')],
    ['a file that was formatted', JSON.stringify(JSON.parse(published), null, 2)],
    ['a file as it is written by hand', JSON.stringify(source)],
    ['no text', ''],
    ['its beginning', published.slice(0, 40)],
  ])('as %s', (_, text) => {
    expect(readPublished(text)).toBeUndefined()
  })
})

test('is said by lint to be stale once it was changed by hand', () => {
  const told = (text: string) => lint(text, { now: 0 }).findings.filter(({ path }) => path[0] === 'published')
  expect(told(published)).toEqual([])
  expect(told(published.replace(/"Acme"/g, '"Ajax"'))).toMatchObject([
    { severity: 'advice', code: 'published-stale', path: ['published'], line: 1, column: 2 },
  ])
})
