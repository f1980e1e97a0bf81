import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { page, unheld, writePage } from '../../.ci/promises.mjs'
import { promises } from '../promises.mjs'

test('every promise is held by a test that is there', () => {
  expect(unheld(promises)).toEqual([])
})

test('a promise whose test is gone is named', () => {
  const read = (file: string): string => {
    if (file === 'gone.test.ts') throw new Error('no such file')
    return "test('holds', () => {})"
  }
  const some = { Some: { kept: ['a.test.ts', 'holds'], broken: ['a.test.ts', 'old'], lost: ['gone.test.ts', 'holds'] } }
  expect(unheld(some as unknown as typeof promises, read)).toEqual([
    'broken (a.test.ts: old)',
    'lost (gone.test.ts: holds)',
  ])
})

test('the page says what npm run promises writes', () => {
  expect(readFileSync(page, 'utf8')).toBe(writePage(promises))
})
