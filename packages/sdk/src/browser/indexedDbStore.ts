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

/** Whether the connection was lost, so that the same call may work on a new one. An aborted transaction wrote nothing. */
const isLost = (error: unknown) =>
  /^(Abort|InvalidState|TransactionInactive|Unknown)/.test((error as Error | null)?.name ?? 'Unknown')

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
 * @param name Of the database. Keys may hold anything but line breaks.
 */
export function indexedDbStore(name = 'plimsoll'): LedgerStore {
  let db: IDBDatabase | undefined
  let opening: Promise<IDBDatabase> | undefined
  let active = 0
  let closed = false
  let stamp = 0

  const drop = (connection: IDBDatabase | undefined) => {
    connection?.close()
    if (db === connection) db = opening = undefined
  }

  const settle = () => {
    if (closed && !active) drop(db)
  }

  const open = async () => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    const opened = await promisifyRequest(request)
    opened.onclose = opened.onversionchange = () => drop(opened)
    // One that comes after its deadline is as good as any, unless another came first.
    if (db) opened.close()
    db ??= opened
    const connection = db
    settle()
    return connection
  }

  const connect = async () => {
    if (db) return db
    opening ??= open()
    const mine = opening
    try {
      return await mine
    } finally {
      if (opening === mine) opening = undefined
    }
  }

  /** Reads `keys` and does `work` with them, all in one transaction; answers once it is committed. */
  const call = async <T>(
    mode: IDBTransactionMode,
    keys: readonly string[],
    work: (store: IDBObjectStore, stored: readonly Stored[]) => T,
  ): Promise<T> => {
    let used: IDBDatabase | undefined
    let transaction: IDBTransaction | undefined
    let late: DOMException | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const abort = () => {
      try {
        transaction?.abort()
      } catch {
        // It has ended already.
      }
    }

    const attempt = async () => {
      used = await connect()
      if (late) throw late
      const tx = used.transaction(STORE, mode)
      transaction = tx
      return new Promise<T>((resolve, reject) => {
        let answer: T
        tx.oncomplete = () => resolve(answer)
        // The transaction's own error: a full disk shows nowhere else. It is null where the browser gave up by itself.
        tx.onabort = () => reject(tx.error ?? new DOMException('IndexedDB gave up', 'AbortError'))

        const store = tx.objectStore(STORE)
        const requests = keys.map((key) => [store.get(key), store.getAll(appendedTo(key))] as const)
        const finish = () => {
          try {
            answer = work(
              store,
              requests.map(([value, appended]) => ({ value: value.result, appended: appended.result })),
            )
            tx.commit?.()
          } catch (error) {
            // Thrown from a request's handler it would reach the host's `window.onerror`.
            reject(error)
            abort()
          }
        }
        // The requests of one transaction succeed in order: when the last one has, all have.
        const last = requests.at(-1)
        if (last) last[1].onsuccess = finish
        else finish()
      })
    }

    closed = false
    active++
    try {
      return await Promise.race([
        new Promise<never>((_, reject) => {
          timer = setTimeout(() => {
            late = new DOMException(`IndexedDB took over ${DEADLINE_MS} ms`, 'TimeoutError')
            reject(late)
            abort()
            drop(used)
          }, DEADLINE_MS)
        }),
        attempt().catch((error: unknown) => {
          if (late || !isLost(error)) throw error
          drop(used)
          return attempt()
        }),
      ])
    } catch (error) {
      throw error ?? new DOMException('IndexedDB failed', 'UnknownError')
    } finally {
      clearTimeout(timer)
      active--
      settle()
    }
  }

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

    clear: (keys) =>
      call('readwrite', [], (store) => {
        if (keys) for (const key of keys) remove(store, key)
        else store.clear()
      }),

    close() {
      closed = true
      settle()
    },
  }
}
