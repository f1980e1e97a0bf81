import type { LedgerStore, Stored } from '../ports.ts'

/** Keeps ledgers in memory: for servers and tests, where there is no browser to keep them in. */
export function memoryStore(): LedgerStore {
  const values = new Map<string, unknown>()
  const entries = new Map<string, unknown[]>()
  const read = (keys: readonly string[]): Stored[] =>
    keys.map((key) => structuredClone({ value: values.get(key), appended: entries.get(key) ?? [] }))
  const drop = (key: string): void => {
    values.delete(key)
    entries.delete(key)
  }
  return {
    read: async (keys) => read(keys),
    async update(keys, change) {
      const { values: next, result } = change(read(keys))
      keys.forEach((key, i) => {
        if (next[i] === undefined) return
        drop(key)
        if (next[i] !== null) values.set(key, structuredClone(next[i]))
      })
      return result
    },
    async append(key, entry) {
      entries.set(key, [...(entries.get(key) ?? []), structuredClone(entry)])
    },
    async clear(keys = [...values.keys(), ...entries.keys()]) {
      keys.forEach(drop)
    },
  }
}
