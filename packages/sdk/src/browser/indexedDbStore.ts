import { promisifyRequest } from 'idb-keyval'
import type { LedgerStore, Stored } from '../ports.ts'

const STORE = 'ledger'
const DEADLINE_MS = 1000

/** What was appended to a key stands under `key\n…`, so that one range holds it. */
const appendedTo = (key: string) => IDBKeyRange.bound(`${key}\n`, `${key}\v`, true, true)

const remove = (store: IDBObjectStore, key: string) => {
  store.delete(key)
  store.delete(appendedTo(key))
}

/**
 * Keeps ledgers in one IndexedDB database, in one object store. Opens nothing until the first call, then keeps one
 * connection.
 *
 * It opens by itself rather than by idb-keyval's `createStore`, whose connection is out of reach until a transaction
 * is made: in a host's own database of that name it could not be closed, and would block the host's upgrades.
 *
 * Every call ends within a second, opening included. One that rejects with `TimeoutError` while committing may still
 * have written. A database of a higher version is left alone: calls reject with `VersionError`.
 *
 * No transaction asks for `strict` durability: it guards against a power cut only, and, being slower, loses more of what
 * was written right before a browser was killed. What outlives a death is a write without a read, with `commit()`, and
 * the journal beside it.
 *
 * A database that the browser calls damaged is not deleted: no error tells lasting damage from what passes, and what is
 * lost is what users have refused. Calls reject, and the next one tries again.
 *
 * @param name Of the database. Keys may hold anything but line breaks.
 */
export function indexedDbStore(name = 'plimsoll'): LedgerStore {
  let db: IDBDatabase | undefined
  let opening: Promise<IDBDatabase> | undefined
  let closed = false
  let stamp = 0

  const drop = (connection = db) => {
    connection?.close()
    if (db === connection) db = undefined
  }

  const open = async () => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    const opened = await promisifyRequest(request)
    opened.onclose = opened.onversionchange = () => drop(opened)
    // One that comes after its deadline is as good as any.
    if (db) opened.close()
    db ??= opened
    return db
  }

  const connect = () => {
    if (db) return db
    opening ??= open().finally(() => {
      opening = undefined
    })
    return opening
  }

  /** Reads `keys` and does `work` with them, all in one transaction; answers once it is committed. */
  const call = <T>(
    mode: IDBTransactionMode,
    keys: readonly string[],
    work: (store: IDBObjectStore, stored: readonly Stored[]) => T,
  ) =>
    new Promise<T>((resolve, reject) => {
      let used: IDBDatabase | undefined
      let tx: IDBTransaction | undefined
      // Connections are lost in many ways and by many names: whatever failed is tried once more, on a new one.
      let tries = 2

      const settle = <V>(how: (value: V) => void, value: V) => {
        tries = 0
        clearTimeout(timer)
        if (closed) drop()
        how(value)
      }

      const fail = (error: unknown) => {
        const failed = tx
        tx = undefined
        try {
          failed?.abort()
        } catch {
          // It has ended already.
        }
        drop(used)
        opening = undefined
        tries--
        if (tries > 0) attempt()
        else if (!tries) settle(reject, error ?? new DOMException('IndexedDB gave up', 'AbortError'))
      }

      const attempt = async () => {
        try {
          used = await connect()
          if (!tries) return closed && drop()
          const mine = used.transaction(STORE, mode)
          tx = mine
          let answer: T
          mine.oncomplete = () => settle(resolve, answer)
          // The transaction's own error: a full disk shows nowhere else. It is null where the browser gave up by itself.
          mine.onabort = () => tx === mine && fail(mine.error)

          const store = mine.objectStore(STORE)
          const requests = keys.map((key) => [store.get(key), store.getAll(appendedTo(key))] as const)
          const finish = () => {
            try {
              answer = work(
                store,
                requests.map(([value, appended]) => ({ value: value.result, appended: appended.result })),
              )
              mine.commit?.()
            } catch (error) {
              // Thrown from a request's handler it would reach the host's `window.onerror`.
              fail(error)
            }
          }
          // The requests of one transaction succeed in order: when the last one has, all have.
          const last = requests.at(-1)
          if (last) last[1].onsuccess = finish
          else finish()
        } catch (error) {
          fail(error)
        }
      }

      closed = false
      const timer = setTimeout(() => {
        tries = 1
        fail(new DOMException(`IndexedDB took over ${DEADLINE_MS} ms`, 'TimeoutError'))
      }, DEADLINE_MS)
      attempt()
    })

  return {
    read: (keys) => call('readonly', keys, (_, stored) => stored),

    update: (keys, change) =>
      call('readwrite', keys, (store, stored) => {
        const { values, result } = change(stored)
        keys.forEach((key, i) => {
          const value = values[i]
          if (value === undefined) return
          remove(store, key)
          if (value !== null) store.put(value, key)
        })
        return result
      }),

    append: (key, entry) =>
      call('readwrite', [], (store) => {
        stamp = Math.max(stamp + 1, Date.now())
        store.put(entry, `${key}\n${stamp}${Math.random()}`)
      }),

    async clear(keys) {
      // Nothing is made only to be emptied, for a visitor who has refused that anything be stored.
      const all = db ? undefined : await indexedDB.databases?.().catch(() => undefined)
      if (all?.every((other) => other.name !== name)) return
      await call('readwrite', [], (store) => {
        if (keys) for (const key of keys) remove(store, key)
        else store.clear()
      })
    },

    close() {
      closed = true
      drop()
    },
  }
}
