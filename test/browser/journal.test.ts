import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { journal } from '../../packages/sdk/src/browser/journal.ts'

beforeEach(() => localStorage.clear())
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('touches nothing until it is called', () => {
  const spies = (['getItem', 'setItem', 'removeItem', 'key'] as const).map((method) =>
    vi.spyOn(Storage.prototype, method),
  )
  journal('plimsoll')
  expect(spies.map((spy) => spy.mock.calls.length)).toEqual([0, 0, 0, 0])
})

test('has an entry in storage before it returns, under a key of its own', () => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  journal('plimsoll').add('u1', 'id1', { type: 'dismissed' })
  expect({ ...localStorage }).toEqual({ 'plimsoll:id1': '["u1",1800000000000,{"type":"dismissed"}]' })
})

test('reads the entries of every tab, oldest first', () => {
  vi.useFakeTimers({ now: 1000 })
  const mine = journal('plimsoll')
  mine.add('u1', 'z', { n: 1 })
  vi.setSystemTime(2000)
  journal('plimsoll').add('u2', 'a', { n: 2 })
  expect(mine.entries()).toEqual([
    { key: 'u1', id: 'z', at: 1000, entry: { n: 1 } },
    { key: 'u2', id: 'a', at: 2000, entry: { n: 2 } },
  ])
})

test('removes one entry, and clears those of one key, or all', () => {
  const mine = journal('plimsoll')
  for (const id of ['a', 'b', 'c']) mine.add('u1', id, 0)
  mine.add('u2', 'd', 0)
  mine.remove('a')
  expect(new Set(mine.entries().map(({ id }) => id))).toEqual(new Set(['b', 'c', 'd']))
  mine.clear('u1')
  expect(mine.entries().map(({ id }) => id)).toEqual(['d'])
  mine.clear()
  expect({ ...localStorage }).toEqual({})
})

test('keeps 50 entries, and drops the oldest', () => {
  vi.useFakeTimers({ now: 1000 })
  const mine = journal('plimsoll')
  for (let i = 1; i <= 53; i++) {
    vi.setSystemTime(1000 + i)
    mine.add('u1', String(i), 0)
  }
  expect(mine.entries().map(({ id }) => Number(id))).toEqual(Array.from({ length: 50 }, (_, i) => i + 4))
})

test('ignores and spares what other scripts put there', () => {
  const junk = {
    theme: 'dark',
    'plimsoll:': 'x',
    'plimsoll:text': 'dark',
    'plimsoll:open': '{"key":',
    'plimsoll:null': 'null',
    'plimsoll:object': '{"key":"u1","at":1}',
    'plimsoll:number': '7',
    'plimsoll:wrong': '[1,"soon",{}]',
    'plimsoller:a': '["u1",1,{}]',
  }
  Object.assign(localStorage, junk)
  const mine = journal('plimsoll')
  mine.add('u1', 'a', 1)
  expect(mine.entries()).toMatchObject([{ key: 'u1', id: 'a', entry: 1 }])
  mine.clear()
  expect({ ...localStorage }).toEqual(junk)
})

test('keeps nothing, and throws nothing, where storage is refused', () => {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('Access is denied', 'SecurityError')
  })
  const mine = journal('plimsoll')
  mine.add('u1', 'a', 1)
  mine.remove('a')
  mine.clear()
  expect(mine.entries()).toEqual([])
})

test('keeps what it has, and throws nothing, where storage is full or an entry cannot be written', () => {
  const mine = journal('plimsoll')
  mine.add('u1', 'a', 1)
  const cyclic: unknown[] = []
  cyclic.push(cyclic)
  mine.add('u1', 'b', cyclic)
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  mine.add('u1', 'c', 1)
  expect(mine.entries().map(({ id }) => id)).toEqual(['a'])
})
