import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { check } from '../../demo/studio/src/check.ts'
import { examples } from '../../demo/studio/src/file/examples.ts'

const folder = new URL('../../demo/studio/examples/', import.meta.url)

test('has every example in the gallery', () => {
  const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
  expect(examples.map(({ text }) => text).sort()).toEqual(texts.sort())
})

test.each(examples)('$name has neither a fault nor a piece of advice', ({ text }) => {
  expect(check(text, Date.UTC(2026, 10, 22)).findings).toEqual([])
})
