import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { page, unheld, writePage } from '../../.ci/promises.mjs'
import { faults } from '../faults.mjs'
import { promises } from '../promises.mjs'

test('every promise and every fault is held by tests that are there', () => {
  expect(unheld(promises, faults)).toEqual([])
  expect(faults.filter(([, , ...tests]) => !tests.length)).toEqual([])
})

test('a promise and a fault whose test is gone, or is one that npm test does not run, are named', () => {
  const read = (file: string): string => {
    if (file === 'gone.test.ts') throw new Error('no such file')
    return "test('holds', () => {})"
  }
  const some = {
    Some: {
      kept: ['a.test.ts', 'holds'],
      broken: ['a.test.ts', 'old'],
      lost: ['gone.test.ts', 'holds'],
      seldom: ['a.long.test.ts', 'holds'],
    },
  }
  const listed = [['fault', 'holds', ['a.test.ts', 'holds'], ['a.test.ts', 'gone']]] as const
  expect(unheld(some as unknown as typeof promises, listed, read)).toEqual([
    'broken (a.test.ts: old)',
    'lost (gone.test.ts: holds)',
    'seldom (a.long.test.ts: holds)',
    'fault (a.test.ts: gone)',
  ])
})

test('the page says what npm run promises writes', () => {
  expect(readFileSync(page, 'utf8')).toBe(writePage(promises, faults))
})
