/** One entry of the journal. */
export interface JournalEntry {
  /** The key of the ledger it belongs to. */
  readonly key: string
  /** Its own; the ledger folds it in once, however often it is replayed. */
  readonly id: string
  /** When it was written, epoch milliseconds. */
  readonly at: number
  readonly entry: unknown
}

export interface Journal {
  /** Writes an entry down before it returns, where the browser lets it. */
  add(key: string, id: string, entry: unknown): void
  remove(id: string): void
  /** Oldest first. */
  entries(): readonly JournalEntry[]
  /** Removes the entries of one key; without a key, all of them. */
  clear(key?: string): void
}

const MAX_ENTRIES = 50

/**
 * Keeps answers, and what comes of a prompt as its page goes away, in localStorage until the ledger has them: it outlives
 * a crashed or closed tab, which IndexedDB may not, as IndexedDB outlives a killed browser.
 *
 * Each entry has an item of its own (`plimsoll:<id>`), so that tabs never overwrite each other; over 50, the oldest
 * go. Nothing is touched until a call; where storage is refused, nothing is kept. Items under that name which are not
 * ours are left alone.
 */
export function journal(name = 'plimsoll'): Journal {
  const prefix = `${name}:`

  const attempt = <T>(touch: (storage: Storage) => T): T | undefined => {
    try {
      return touch(localStorage)
    } catch {
      // Refused, absent or full: the ledger alone keeps it then.
      return undefined
    }
  }

  const remove = (id: string) => attempt((storage) => storage.removeItem(prefix + id))

  const entries = () =>
    (attempt(Object.keys) ?? [])
      .flatMap(
        (item): JournalEntry[] =>
          attempt((storage) => {
            const [key, at, entry] = item.startsWith(prefix) ? JSON.parse(storage.getItem(item) as string) : []
            return typeof key === 'string' ? [{ key, id: item.slice(prefix.length), at, entry }] : []
          }) ?? [],
      )
      .sort((a, b) => a.at - b.at)

  return {
    add(key, id, entry) {
      attempt((storage) => storage.setItem(prefix + id, JSON.stringify([key, Date.now(), entry])))
      for (const old of entries().slice(0, -MAX_ENTRIES)) remove(old.id)
    },
    remove,
    entries,
    clear(key) {
      for (const old of entries()) if (key === undefined || old.key === key) remove(old.id)
    },
  }
}
