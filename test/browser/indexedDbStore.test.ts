import { afterEach, describe, expect, test, vi } from 'vitest'
import { cdp } from 'vitest/browser'
import { indexedDbStore } from '../../packages/sdk/src/browser/indexedDbStore.ts'
import type { LedgerStore, Stored } from '../../packages/sdk/src/ports.ts'

let opened: { store: LedgerStore; name: string }[] = []

/** A store in a database of its own, or another connection to one. */
function storeNamed(name: string = crypto.randomUUID()): { store: LedgerStore; name: string } {
  const made = { store: indexedDbStore(name), name }
  opened.push(made)
  return made
}

const request = <T>(asked: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })

const openRaw = (name: string, version?: number): Promise<IDBDatabase> => {
  const asked = indexedDB.open(name, version)
  asked.onupgradeneeded = () => {
    if (!asked.result.objectStoreNames.contains('ledger')) asked.result.createObjectStore('ledger')
  }
  return request(asked)
}

const reject = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('resolved')
    },
    (error: Error) => error,
  )

/** One more under a cap, as a reservation does it; `true` if there was room. */
const takeOne = (cap: number) => (stored: readonly Stored[]) => {
  const count = (stored[0]?.value as number | undefined) ?? 0
  return count < cap ? { values: [count + 1], result: true } : { values: [undefined], result: false }
}

/** Holds the write lock until stopped, as a transaction of another tab does that never ends. */
async function holdWriteLock(name: string): Promise<() => Promise<void>> {
  const db = await openRaw(name)
  const store = db.transaction('ledger', 'readwrite').objectStore('ledger')
  let held = true
  const again = () => {
    if (held) store.get('x').onsuccess = again
  }
  again()
  return async () => {
    held = false
    db.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

afterEach(async () => {
  vi.restoreAllMocks()
  for (const { store } of opened) store.close?.()
  await Promise.all([...new Set(opened.map(({ name }) => name))].map((name) => request(indexedDB.deleteDatabase(name))))
  opened = []
})

describe('reading and writing', () => {
  test('opens nothing until the first call', async () => {
    const open = vi.spyOn(IDBFactory.prototype, 'open')
    const { store } = storeNamed()
    expect(open).not.toHaveBeenCalled()
    await store.read(['a'])
    await store.read(['a'])
    expect(open).toHaveBeenCalledTimes(1)
  })

  test('reads nothing where nothing was written', async () => {
    expect(await storeNamed().store.read(['a', 'b'])).toEqual([
      { value: undefined, appended: [] },
      { value: undefined, appended: [] },
    ])
  })

  test('reads no keys as no answers', async () => {
    expect(await storeNamed().store.read([])).toEqual([])
  })

  test('reads what another connection wrote, key by key', async () => {
    const { store, name } = storeNamed()
    await store.update(['a', 'b'], () => ({ values: [{ shown: 2 }, 'B'], result: undefined }))
    expect(await storeNamed(name).store.read(['b', 'c', 'a'])).toEqual([
      { value: 'B', appended: [] },
      { value: undefined, appended: [] },
      { value: { shown: 2 }, appended: [] },
    ])
  })

  test('answers an update with its result', async () => {
    expect(await storeNamed().store.update(['a'], () => ({ values: [1], result: 'done' }))).toBe('done')
  })

  test('leaves a key as it was where the change says undefined', async () => {
    const { store } = storeNamed()
    await store.update(['a'], () => ({ values: [1], result: undefined }))
    await store.append('a', 'x')
    await store.update(['a', 'b'], () => ({ values: [undefined, 2], result: undefined }))
    expect(await store.read(['a', 'b'])).toEqual([
      { value: 1, appended: ['x'] },
      { value: 2, appended: [] },
    ])
  })

  test('removes a key and what was appended to it where the change says null', async () => {
    const { store } = storeNamed()
    await store.update(['a'], () => ({ values: [1], result: undefined }))
    await store.append('a', 'x')
    await store.update(['a'], () => ({ values: [null], result: undefined }))
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  })

  test('keeps appended entries in their order, apart from other keys, until they are folded in', async () => {
    const { store, name } = storeNamed()
    for (const entry of ['one', 'two', 'three']) await store.append('a', entry)
    await store.append('ab', 'of another key')
    const other = storeNamed(name).store
    expect(await other.read(['a'])).toEqual([{ value: undefined, appended: ['one', 'two', 'three'] }])

    await other.update(['a'], ([stored]) => ({ values: [stored?.appended.length], result: undefined }))
    expect(await store.read(['a', 'ab'])).toEqual([
      { value: 3, appended: [] },
      { value: undefined, appended: ['of another key'] },
    ])
  })

  test('keeps the order of entries appended without waiting, all of them', async () => {
    const { store } = storeNamed()
    const entries = Array.from({ length: 50 }, (_, i) => i)
    await Promise.all(entries.map((entry) => store.append('a', entry)))
    expect((await store.read(['a']))[0]?.appended).toEqual(entries)
  })

  test('appends without reading, and commits at once', async () => {
    const { store } = storeNamed()
    await store.append('a', 0)
    const reads = [vi.spyOn(IDBObjectStore.prototype, 'get'), vi.spyOn(IDBObjectStore.prototype, 'getAll')]
    const commit = vi.spyOn(IDBTransaction.prototype, 'commit')
    const done = store.append('a', 1)
    await done
    expect(reads.map((spy) => spy.mock.calls.length)).toEqual([0, 0])
    expect(commit).toHaveBeenCalledTimes(1)
  })

  test('clears some keys with what was appended to them, and leaves the others', async () => {
    const { store } = storeNamed()
    await store.update(['a', 'b'], () => ({ values: [1, 2], result: undefined }))
    await store.append('a', 'x')
    await store.append('b', 'y')
    await store.clear(['a'])
    expect(await store.read(['a', 'b'])).toEqual([
      { value: undefined, appended: [] },
      { value: 2, appended: ['y'] },
    ])
  })

  test('clears everything where no keys are named', async () => {
    const { store } = storeNamed()
    await store.update(['a', 'b'], () => ({ values: [1, 2], result: undefined }))
    await store.append('c', 'x')
    await store.clear()
    expect(await store.read(['a', 'b', 'c'])).toEqual(Array(3).fill({ value: undefined, appended: [] }))
  })
})

describe('several connections', () => {
  test('grants exactly the cap to four connections that ask 40 times each', async () => {
    const { name } = storeNamed()
    const granted = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { store } = storeNamed(name)
        let mine = 0
        for (let i = 0; i < 40; i++) if (await store.update(['count'], takeOne(3))) mine++
        return mine
      }),
    )
    expect(granted.reduce((sum, mine) => sum + mine)).toBe(3)
  })

  test('loses no increment of 160 made by four connections at once', async () => {
    const { name, store } = storeNamed()
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        const other = storeNamed(name).store
        for (let i = 0; i < 40; i++) await other.update(['count'], takeOne(1000))
      }),
    )
    expect(await store.read(['count'])).toEqual([{ value: 160, appended: [] }])
  })

  test('keeps one connection of those that calls made at once have opened', async () => {
    const open = vi.spyOn(IDBFactory.prototype, 'open')
    const close = vi.spyOn(IDBDatabase.prototype, 'close')
    const { store } = storeNamed()
    await Promise.all([store.read(['a']), store.append('a', 1), store.update(['a'], takeOne(1))])
    expect(open.mock.calls.length - close.mock.calls.length).toBe(1)
    await store.read(['a'])
    expect(open.mock.calls.length - close.mock.calls.length).toBe(1)
  })
})

describe('a change that fails', () => {
  test('rejects with what the change threw, writes nothing, and lets nothing escape', async () => {
    const escaped = vi.fn()
    window.addEventListener('error', escaped)
    const { store } = storeNamed()
    const error = await reject(
      store.update(['a'], () => {
        throw new RangeError('mine')
      }),
    )
    expect(error).toEqual(new RangeError('mine'))
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
    window.removeEventListener('error', escaped)
    expect(escaped).not.toHaveBeenCalled()
  })

  test('rejects what cannot be cloned, and writes none of its other values', async () => {
    const { store } = storeNamed()
    const error = await reject(store.update(['a', 'b'], () => ({ values: [1, () => {}], result: undefined })))
    expect(error.name).toBe('DataCloneError')
    expect((await reject(store.append('a', () => {}))).name).toBe('DataCloneError')
    expect(await store.read(['a', 'b'])).toEqual(Array(2).fill({ value: undefined, appended: [] }))
  })

  test('rejects a change that answers later', async () => {
    const { store } = storeNamed()
    const later = (async () => ({ values: [1], result: 1 })) as never
    expect((await reject(store.update(['a'], later))).name).toBe('TypeError')
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  })
})

describe('other users of the database', () => {
  test('does not block deletion of the database, and works afterwards', async () => {
    const { store, name } = storeNamed()
    await store.update(['a'], () => ({ values: [1], result: undefined }))
    const deletion = indexedDB.deleteDatabase(name)
    const blocked = vi.fn()
    deletion.onblocked = blocked
    await request(deletion)
    expect(blocked).not.toHaveBeenCalled()

    await store.append('a', 'after')
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: ['after'] }])
  })

  test('lets a newer version in, then refuses it and deletes nothing', async () => {
    const { store, name } = storeNamed()
    await store.update(['a'], () => ({ values: [1], result: undefined }))
    const newer = await openRaw(name, 5)
    for (const call of [store.read(['a']), store.append('a', 1), store.clear()]) {
      expect((await reject(call)).name).toBe('VersionError')
    }
    expect(await request(newer.transaction('ledger').objectStore('ledger').get('a'))).toBe(1)
    newer.close()
  })

  test('refuses a database of that name that is not ours, and does not stand in its way', async () => {
    const { store, name } = storeNamed()
    ;(await request(indexedDB.open(name, 1))).close()
    expect((await reject(store.read(['a']))).name).toBe('NotFoundError')
    const upgrade = indexedDB.open(name, 2)
    const blocked = vi.fn()
    upgrade.onblocked = blocked
    ;(await request(upgrade)).close()
    expect(blocked).not.toHaveBeenCalled()
  })

  test('rejects within a second while another connection holds the lock, writes nothing late, and works afterwards', async () => {
    const { store, name } = storeNamed()
    await store.read(['a'])
    const letGo = await holdWriteLock(name)
    const from = performance.now()
    const error = await reject(store.update(['a'], () => ({ values: ['late'], result: undefined })))
    expect(error.name).toBe('TimeoutError')
    expect(performance.now() - from).toBeGreaterThan(990)
    expect(performance.now() - from).toBeLessThan(1990)
    await letGo()
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  })
})

describe('a browser that fails', () => {
  test('rejects where opening throws at once, and recovers by itself', async () => {
    const { store } = storeNamed()
    const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('site data is blocked', 'SecurityError')
    })
    expect((await reject(store.read(['a']))).name).toBe('SecurityError')
    expect((await reject(store.append('a', 1))).name).toBe('SecurityError')
    open.mockRestore()
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  })

  test('rejects where there is no IndexedDB', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const { store } = storeNamed()
    expect((await reject(store.read(['a']))).name).toBe('TypeError')
    vi.unstubAllGlobals()
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  })

  test('rejects with an error where the browser gives none', async () => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      const asked = { error: null } as unknown as IDBOpenDBRequest
      setTimeout(() => asked.onerror?.(new Event('error')))
      return asked
    })
    expect(await reject(storeNamed().store.read(['a']))).toMatchObject({
      name: 'AbortError',
      message: 'IndexedDB gave up',
    })
  })

  test('rejects within a second where opening never ends, and asks anew at the next call', async () => {
    const { store } = storeNamed()
    const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => ({}) as IDBOpenDBRequest)
    const from = performance.now()
    const errors = await Promise.all([reject(store.read(['a'])), reject(store.append('a', 1))])
    expect(errors.map(({ name }) => name)).toEqual(['TimeoutError', 'TimeoutError'])
    expect(performance.now() - from).toBeLessThan(1990)
    open.mockRestore()
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
  })

  test('takes a connection that opens after the deadline, and does nothing of the call that was refused', async () => {
    const { store, name } = storeNamed()
    const real = IDBFactory.prototype.open
    const open = vi.spyOn(IDBFactory.prototype, 'open').mockImplementationOnce(function (this: IDBFactory, ...args) {
      const slow = {} as { -readonly [key in keyof IDBOpenDBRequest]: IDBOpenDBRequest[key] }
      const asked = real.apply(this, args)
      asked.onupgradeneeded = (event) => {
        slow.result = asked.result
        slow.onupgradeneeded?.call(asked, event)
      }
      asked.onsuccess = (event) => {
        setTimeout(() => {
          slow.result = asked.result
          slow.onsuccess?.call(asked, event)
        }, 1200)
      }
      return slow
    })
    expect((await reject(store.append('a', 'late'))).name).toBe('TimeoutError')
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [] }])
    expect(open).toHaveBeenCalledTimes(1)
    await request(indexedDB.deleteDatabase(name))
  })

  test('opens again, once, where the connection is closing', async () => {
    const { store } = storeNamed()
    await store.append('a', 1)
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError')
    })
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [1] }])
    expect(transaction).toHaveBeenCalledTimes(2)
    transaction.mockImplementation(() => {
      throw new DOMException('Connection to Indexed Database server lost.', 'UnknownError')
    })
    expect((await reject(store.append('a', 2))).message).toBe('Connection to Indexed Database server lost.')
    expect(transaction).toHaveBeenCalledTimes(4)
    transaction.mockRestore()
    await store.append('a', 3)
    expect((await store.read(['a']))[0]?.appended).toEqual([1, 3])
  })

  test('works after the browser has cleared the site under it', async () => {
    const { store } = storeNamed()
    await store.append('a', 1)
    await cdp().send('Storage.clearDataForOrigin', { origin: location.origin, storageTypes: 'indexeddb' })
    await store.append('a', 2)
    expect((await store.read(['a']))[0]?.appended).toEqual([2])
  })

  test('rejects with the error of the transaction where the disk is full, and works once there is room', async () => {
    const { store } = storeNamed()
    const { origin } = location
    await store.read(['a'])
    // Chromium asks for the room left once and remembers it for a while, but not over a clearing.
    await cdp().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })
    try {
      expect((await reject(store.append('a', 'x'.repeat(1_000_000)))).name).toBe('QuotaExceededError')
    } finally {
      await cdp().send('Storage.overrideQuotaForOrigin', { origin })
    }
    await cdp().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' })
    await store.append('a', 'small')
    expect((await store.read(['a']))[0]?.appended).toEqual(['small'])
  })
})

describe('closing', () => {
  test('lets go of the connection, finishes what was begun, and opens again when called', async () => {
    const close = vi.spyOn(IDBDatabase.prototype, 'close')
    const { store } = storeNamed()
    const begun = store.append('a', 1)
    store.close?.()
    await begun
    expect(close).toHaveBeenCalledTimes(1)
    expect(await store.read(['a'])).toEqual([{ value: undefined, appended: [1] }])
    expect(close).toHaveBeenCalledTimes(1)
    store.close?.()
    expect(close).toHaveBeenCalledTimes(2)
  })
})
