import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { indexedDbStore } from '../../packages/sdk/src/browser/indexedDbStore.ts'

/** Connections in the order opened. */
let connections: IDBDatabase[]
let latest: IDBTransaction

beforeEach(() => {
  connections = []
  const factory = new IDBFactory()
  vi.stubGlobal('IDBKeyRange', IDBKeyRange)
  vi.stubGlobal('indexedDB', {
    open(name: string, version: number) {
      const asked = factory.open(name, version)
      asked.addEventListener('success', () => {
        const db = asked.result
        connections.push(db)
        db.transaction = (...args) => {
          latest = Object.getPrototypeOf(db).transaction.apply(db, args)
          return latest
        }
      })
      return asked
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

const forceClose = () => forceCloseDatabase(connections.at(-1) as never)

/** What a browser does that loses its storage process: transactions abort without an error, the connection closes. */
const loseConnection = () => {
  latest.abort()
  forceClose()
}

test('opens again after the browser has closed the connection', async () => {
  const store = indexedDbStore()
  await store.append('a', 1)
  forceClose()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await store.append('a', 2)
  expect((await store.read(['a']))[0]?.appended).toEqual([1, 2])
  expect(connections).toHaveLength(2)
})

test('loses no write whose connection the browser closes under it', async () => {
  const store = indexedDbStore()
  await store.append('a', 1)
  let changes = 0
  const done = store.update(['a'], ([stored]) => {
    changes++
    if (changes === 1) loseConnection()
    return { values: [stored?.appended.length], result: 'done' }
  })
  expect(await done).toBe('done')
  expect(changes).toBe(2)
  expect(await store.read(['a'])).toEqual([{ value: 1, appended: [] }])
  expect(connections).toHaveLength(2)
})

test('gives up after one more try', async () => {
  const store = indexedDbStore()
  let changes = 0
  const done = store.update(['a'], () => {
    changes++
    loseConnection()
    return { values: [1], result: 'done' }
  })
  await expect(done).rejects.toMatchObject({ name: expect.stringMatching(/^(TransactionInactive|Abort)Error$/) })
  expect(changes).toBe(2)
})

test('rejects with an error where a transaction aborts without one', async () => {
  const store = indexedDbStore()
  await store.read(['a'])
  const abortNext = () => {
    const db = connections[0] as IDBDatabase
    const { transaction } = db
    db.transaction = (...args) => {
      const tx = transaction.apply(db, args)
      queueMicrotask(() => tx.abort())
      return tx
    }
  }
  abortNext()
  expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  expect(connections).toHaveLength(2)
})
