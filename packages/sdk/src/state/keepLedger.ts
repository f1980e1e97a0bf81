import { type Ledger, newLedger } from '../core/ledger.ts'
import { mergeLedgers } from '../core/mergeLedgers.ts'
import { applyEntry, type Entry } from '../core/outcome.ts'
import { type ParsedLedger, parseLedger, pruneLedger } from '../core/parseLedger.ts'
import type { Journal, LedgerStore, Stored } from '../ports.ts'

const DEADLINE_MS = 1000
/** While storage fails, it is tried again this often. */
export const RETRY_MS = 5000

/** Where the anonymous record stands. */
export const ANONYMOUS = 'anonymous'

/** Keeps the ledger of one user at a time: a copy to decide by, and the record in the store that it was read from. */
export interface LedgerKeeper {
  /** The copy last read or written. Empty while storage fails. */
  readonly ledger: () => Ledger
  /** Whether the record could be read and written last. */
  readonly works: () => boolean
  /** Reads the record again, with what the journal still holds. */
  load(): Promise<void>
  /**
   * Reads, changes and writes in one transaction; `undefined` where storage fails, or another user has come.
   *
   * @param isOver Whether the user of this record may have left.
   */
  update<T>(
    change: (ledger: Ledger, now: number) => { ledger: Ledger; result: T },
    isOver?: boolean,
  ): Promise<T | undefined>
  /**
   * Writes an outcome down without reading: journal first, then the store, which a page that goes away leaves to the
   * next. Resolves once it is committed, or has failed.
   */
  append(entry: Entry): Promise<void>
  /** Turns to another user's record; the anonymous one is moved into it, never the reverse. */
  turnTo(key: string, account: string): Promise<void>
  /** Removes this user's record, the anonymous one, and these keys besides. */
  forget(more: readonly string[]): Promise<void>
}

const SPOILED = 'A ledger could not be read: it was set aside, and nothing more shows in this session.'

/** What is left of an anonymous record that was moved: other tabs that still go by it see that it was not forgotten. */
const MOVED = false

/** As a record that must be left alone begins. */
const LATER = { v: 2 }

/** What a store of the host's answers, where it is what it was given: `null`, nothing, or what has a `mark` of ours. */
function trusted<T>(answer: T, mark: unknown): T {
  if (answer && mark === undefined) throw new TypeError('The store answers with what it was not given.')
  return answer
}

/** Writes a record again as it was read. */
const same = (ledger: Ledger) => ({ ledger, result: undefined })

export function keepLedger(
  storeNow: () => LedgerStore,
  journal: Journal,
  now: () => number,
  newId: () => string,
  onError: (message: string, cause?: unknown) => void,
  isAllowed: () => boolean,
  isLeaving: () => boolean,
  userKeyNow: () => string,
  onGone: () => void,
): LedgerKeeper {
  let key = ANONYMOUS
  let ledger = newLedger(newId())
  let works = false
  let failedAt = Number.NEGATIVE_INFINITY
  let hasFailed = false
  /** Whether the record was there and is not: it is not begun again before the next load. */
  let isGone = false
  /** The account that the anonymous record is still to be moved under. */
  let merging: string | undefined
  /** Answers on their way to the store: what is read meanwhile does not know them yet. */
  const inFlight = new Set<Entry>()

  /** It throws where a page has every object inherit a `done` or a `claim`. */
  const take = (known: Ledger, entry: Entry): Ledger => {
    try {
      return applyEntry(known, entry)
    } catch {
      return known
    }
  }

  const use = (next: Ledger): void => {
    works = true
    hasFailed = false
    ledger = [...inFlight].reduce(take, next)
  }

  /** Calls the store with a deadline. */
  const safely = async <T>(work: () => Promise<T>): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('no answer within 1 s')), DEADLINE_MS)
    })
    try {
      return await Promise.race([work(), late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Calls the store. One failure is told once, and the store is left alone for a while. */
  const call = async <T>(work: () => Promise<T>, urgent = false): Promise<T | undefined> => {
    // A page may be kept for the way back with its transaction open, and no other could write meanwhile.
    if (!isAllowed() || isLeaving()) return
    if (!works && !urgent && now() - failedAt < RETRY_MS && now() >= failedAt) return
    try {
      return await safely(work)
    } catch (cause) {
      works = false
      failedAt = now()
      if (!hasFailed) {
        onError('The ledger cannot be read or written: nothing but blocks shows until it can.', cause)
      }
      hasFailed = true
      return
    }
  }

  /**
   * Reads what is stored. A record that was there and is gone is left alone, as one of a later version is: the browser
   * evicted it, and what was refused is unknown; or another tab forgot it while this one could not hear.
   *
   * @param own Whose it is, where the copy was read from it before it was asked for: what is answered late, or twice, may
   * be of before the record was begun.
   */
  const parse = (stored: Stored | undefined, own?: string): ParsedLedger => {
    isGone ||= own === key && stored?.value == null
    return parseLedger(isGone ? LATER : stored?.value || undefined, stored?.appended ?? [], now(), newId())
  }

  const keeper: LedgerKeeper = {
    ledger: () => ledger,
    works: () => works,
    async load() {
      const at = key
      await replay()
      if (merging !== undefined) return merge(at, merging)
      const own = ledger.session && at
      const parsed = await call(async () => parse((await storeNow().read([at]))[0], own))
      if (!parsed || at !== key) return
      if (parsed.newer) return fail()
      use(parsed.ledger)
      if (parsed.ahead) await keeper.update(same)
    },
    async update(change, isOver = false) {
      const at = key
      const own = ledger.session && at
      // Somebody else is here by now: their record is turned to first.
      const isOther = (): boolean => !isOver && at !== userKeyNow()
      const done = await call(async () => {
        const answer = await storeNow().update([at, `${at}.aside`], ([stored]) => {
          const { ledger: found, spoiled, newer } = parse(stored, own)
          if (newer) return { values: [], result: null }
          if (isOther()) return { values: [], result: undefined }
          const { ledger: changed, result } = change(found, now())
          const next = pruneLedger(changed, now())
          return { values: [next, spoiled ? stored?.value : undefined], result: { next, result, spoiled } }
        })
        return trusted(answer, answer?.next)
      })
      if (done === null) fail()
      if (!done) return
      if (at === key) use(done.next)
      if (done.spoiled) onError(SPOILED)
      return done.result
    },
    async append(entry) {
      if (!isAllowed()) return
      const at = key
      const id = newId()
      const isAnswer = !/^(attempt|left|told)$/.test(entry.t)
      if (isAnswer || isLeaving()) {
        journal.add(at, id, entry)
        inFlight.add(entry)
      }
      ledger = take(ledger, entry)
      const done = await call(
        () =>
          storeNow()
            .append(at, entry)
            .then(() => true),
        true,
      )
      inFlight.delete(entry)
      if (done) journal.remove(id)
      else works = false
    },
    async turnTo(next, account) {
      merging = next === ANONYMOUS ? undefined : key === ANONYMOUS || merging !== undefined ? account : undefined
      key = next
      ledger = newLedger(newId())
      await keeper.load()
    },
    async forget(more) {
      journal.clear(key)
      journal.clear(ANONYMOUS)
      ledger = newLedger(newId())
      works = false
      await safely(() => storeNow().clear([key, `${key}.aside`, ANONYMOUS, `${ANONYMOUS}.aside`, ...more]))
    },
  }

  /** Moves what was counted while nobody was known into the record of who came to be known. */
  async function merge(at: string, account: string): Promise<void> {
    const moved = await call(async () => {
      const answer = await storeNow().update([ANONYMOUS, at, `${at}.aside`], ([anonymous, known]) => {
        const from = parse(anonymous)
        const to = parse(known)
        if (to.newer || from.newer) return { values: [], result: null }
        const isNothing = !anonymous?.value && !anonymous?.appended.length
        const merged = isNothing ? to.ledger : mergeLedgers(to.ledger, from.ledger, account)
        // With nothing to move nothing is written: the next update sets aside and tells, as ever.
        const aside = to.spoiled ? known?.value : from.spoiled ? anonymous?.value : undefined
        return {
          values: isNothing ? [] : [MOVED, merged, aside],
          result: { merged, isSpoiled: !isNothing && (to.spoiled || from.spoiled), isAhead: isNothing && to.ahead },
        }
      })
      return trusted(answer, answer?.merged)
    })
    if (at !== key) return
    if (moved === null) fail()
    if (!moved) return
    merging = undefined
    use(moved.merged)
    if (moved.isSpoiled) onError(SPOILED)
    if (moved.isAhead) await keeper.update(same)
  }

  /** Hands the store what the journal kept through a crash, or from a page that went away. */
  async function replay(): Promise<void> {
    if (!isAllowed()) return
    for (const { key: at, id, entry } of journal.entries()) {
      if (
        await call(() =>
          storeNow()
            .append(at, entry)
            .then(() => true),
        )
      )
        journal.remove(id)
    }
  }

  function fail(): void {
    works = false
    failedAt = now()
    if (!hasFailed && isAllowed()) {
      onError(
        `The ledger was ${isGone ? 'forgotten or evicted: nothing but blocks shows until the next load' : 'written by a later version: nothing but blocks shows'}.`,
      )
    }
    hasFailed = true
    if (isGone) onGone()
  }

  return keeper
}
