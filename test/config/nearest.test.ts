import { expect, test } from 'vitest'
import { nearest } from '../../packages/sdk/src/config/nearest.ts'

const names = ['title', 'body', 'frequency', 'session', 'usage_milestone', 'team_growth']

test.each([
  ['tittle', 'title'],
  ['titl', 'title'],
  ['tilte', 'title'],
  ['Title', 'title'],
  ['sesion', 'session'],
  ['freqeuncy', 'frequency'],
  ['milestone', 'usage_milestone'],
  ['team', 'team_growth'],
  ['team_groth', 'team_growth'],
  ['colour', undefined],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('takes %s for %s', (word, expected) => {
  expect(nearest(word, names)).toBe(expected)
})

test('prefers the fewer slips, then the earlier', () => {
  expect(nearest('bate', ['date', 'bake', 'bat'])).toBe('date')
  expect(nearest('seats', ['seat', 'seats'])).toBe('seats')
})

test('looks at a thousand names and no further', () => {
  const many = Array.from({ length: 2000 }, (_, i) => `name${i}`)
  expect(nearest('name1999x', many)).not.toBe('name1999')
  expect(nearest('namee999', many)).toBe('name999')
})
