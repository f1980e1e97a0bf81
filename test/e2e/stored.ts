/** What a page finds of ours in its browser, and pages made by hand. */

import type { Page } from 'playwright-core'
import type { HostOptions } from './host.ts'

/** A page of either driver. */
interface Reader {
  evaluate<T>(read: () => Promise<T>): Promise<T>
}

export interface Found {
  /** Names of databases. */
  readonly databases: string[]
  /** Every record of our database, by key. */
  readonly records: { readonly [key: string]: any }
  /** Items of localStorage and sessionStorage. */
  readonly items: { readonly [key: string]: string }
}

/** Reads everything that the page's origin has stored, as any script of the origin could. */
export function found(page: Reader): Promise<Found> {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const records: { [key: string]: unknown } = {}
    if (databases.includes('plimsoll')) {
      const request = indexedDB.open('plimsoll')
      await new Promise((done, fail) => {
        request.onsuccess = done
        request.onerror = fail
      })
      const db = request.result
      const store = db.transaction('ledger').objectStore('ledger')
      const [keys, values] = [store.getAllKeys(), store.getAll()]
      await new Promise((done) => {
        values.transaction!.oncomplete = done
      })
      keys.result.forEach((key, i) => {
        records[String(key)] = values.result[i]
      })
      db.close()
    }
    return { databases, records, items: { ...localStorage, ...sessionStorage } }
  })
}

/** Writes records into our database, as any script of the origin could; `undefined` removes one. */
export function write(page: Page, records: { readonly [key: string]: unknown }, version?: number): Promise<void> {
  return page.evaluate(
    async ([given, at]) => {
      const request = indexedDB.open('plimsoll', at)
      request.onupgradeneeded = () => {
        if (!request.result.objectStoreNames.contains('ledger')) request.result.createObjectStore('ledger')
      }
      await new Promise((done, fail) => {
        request.onsuccess = done
        request.onerror = fail
      })
      const db = request.result
      const tx = db.transaction('ledger', 'readwrite')
      for (const [key, value] of Object.entries(given)) {
        if (value === undefined) tx.objectStore('ledger').delete(key)
        else tx.objectStore('ledger').put(value, key)
      }
      await new Promise((done) => {
        tx.oncomplete = done
      })
      db.close()
    },
    [records, version] as const,
  )
}

/** Holds a transaction of our database open, as a frozen tab may: who else wants to write waits, until it is freed. */
export function hold(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const request = indexedDB.open('plimsoll')
    await new Promise((done) => {
      request.onsuccess = done
    })
    const store = request.result.transaction('ledger', 'readwrite').objectStore('ledger')
    await new Promise<void>((held) => {
      const again = () => {
        held()
        if (!(window as any).free) store.get('x').onsuccess = again
      }
      again()
    })
  })
}

export function letGo(page: Page): Promise<void> {
  return page.evaluate(() => {
    ;(window as any).free = true
  })
}

export const stub = '<script src="/plimsoll/plimsoll-stub.js"></script>'
export const hostScript = '<script src="/host.js"></script>'
export const tag = '<script async src="/plimsoll/plimsoll.js" data-plimsoll data-config="/triggers.json"></script>'

/** A page of the host's own markup instead of the usual one. */
export function markup(head: string, body = ''): NonNullable<HostOptions['routes']>[string] {
  return () => ({
    type: 'text/html',
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${head}</head><body>${body}</body></html>`,
  })
}

/** A page of the same origin without any script. */
export const plain = { '/plain': markup('') }

export const missing = () => ({ status: 404, type: 'text/plain', body: 'none' })

/** Never answers. */
export const hangs = () => new Promise<never>(() => {})
