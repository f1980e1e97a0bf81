import type { CheckedConfig, CheckedTrigger } from '../../packages/sdk/src/config/types.ts'
import type { Claim } from '../../packages/sdk/src/core/outcome.ts'
import { DAY, MINUTE } from './sample.ts'
import type { Happening } from './simulate.ts'

/** One question's account, kept apart from the ledger: what was shown and refused since armed, and quiet days. */
interface Book {
  shown: number
  refused: number
  openedAt?: number | undefined
  snoozedAt?: number | undefined
  /** When it was last shown, and every time. */
  shownAt: number
  times: readonly number[]
  /** The sessions in which it was snoozed, and shown. */
  snoozedIn?: number | undefined
  shownIn?: number | undefined
  /** Team growth: the least used figure since refused. */
  floor?: number | undefined
}

/**
 * Keeps its own books of a simulated world, by the contract's words and without the core, and says what was shown
 * against them.
 */
export function keepBooks(config: CheckedConfig) {
  const triggers = new Map(config.triggers.map((trigger) => [trigger.id, trigger]))
  const faults: string[] = []
  const books = new Map<string, Book>()
  const groups = new Map<string, number[]>()
  let featureTimes: number[] = []
  const optOuts = new Set<string>()
  let session = 0
  /** When the user was last active in the sessions before. */
  const ended = new Map<number | undefined, number>()
  let activeAt = Number.NEGATIVE_INFINITY
  let prompts = 0
  let features = 0
  let last: { readonly id: string; at: number } | undefined
  let usedBy = ''
  let used: { readonly [resource: string]: number } = {}

  const bookOf = ({ counter }: Claim): Book => {
    const name = `${counter.account}/${counter.key}`
    const book = books.get(name) ?? { shown: 0, refused: 0, shownAt: 0, times: [] }
    books.set(name, book)
    return book
  }
  const triggerOf = ({ triggerId }: Claim): CheckedTrigger => triggers.get(triggerId) as CheckedTrigger
  const quietMsOf = ({ suppress }: CheckedTrigger): number => (suppress && 'quietMs' in suppress ? suppress.quietMs : 0)

  /** Counts begin again when quiet days are over. */
  const rearm = (claim: Claim, now: number): void => {
    const book = bookOf(claim)
    const trigger = triggerOf(claim)
    if (book.openedAt === undefined || now < book.openedAt + quietMsOf(trigger)) return
    book.openedAt = undefined
    book.refused = 0
    if (trigger.type === 'limit_approaching') book.shown = 0
  }
  /** The last impression that the file allows has left the screen. */
  const spent = (claim: Claim, at: number): void => {
    const book = bookOf(claim)
    const { type, suppress, frequency } = triggerOf(claim)
    const most = Math.min(...frequency.filter(({ per }) => per === undefined).map(({ max }) => max))
    if (type === 'limit_approaching' && suppress && 'quietMs' in suppress && book.shown >= most) book.openedAt = at
  }

  const checks = {
    impression(claim: Claim, now: number): void {
      const book = bookOf(claim)
      const trigger = triggerOf(claim)
      const fault = (why: string): void => void faults.push(`${claim.triggerId} (${claim.counter.key}): ${why}`)

      if (++prompts > config.caps.perSession) fault(`prompt ${prompts} of session ${session}`)
      if (trigger.type === 'feature_discovery') {
        const { suppress } = trigger
        if (suppress && 'per' in suppress) {
          const { impressions, per } = suppress
          const before = per === 'session' ? features : featureTimes.filter((at) => at > now - per).length
          if (before >= impressions) fault(`feature prompt ${before + 1} of ${impressions} in ${per}`)
        }
        features++
        featureTimes.push(now)
      }
      if (trigger.group !== undefined) {
        const { max, perMs } = config.caps.groups[trigger.group]!
        const times = (groups.get(trigger.group) ?? []).filter((at) => at > now - perMs)
        if (times.length >= max) fault(`prompt ${times.length + 1} of its group's ${max}`)
        groups.set(trigger.group, [...times, now])
      }
      if (last && last.id !== claim.id && now < last.at + config.caps.minIntervalMs) fault('too soon after another')
      last = { id: claim.id, at: now }

      for (const { max, per } of trigger.frequency) {
        if (per === undefined && book.shown >= max) fault(`impression ${book.shown + 1} of ${max}`)
        if (per === 'session' && book.shownIn === session) fault('twice in one session')
        if (typeof per === 'number' && book.times.filter((at) => at > now - per).length >= max)
          fault(`over ${max} in ${per}`)
      }
      if (book.openedAt !== undefined && now < book.openedAt + quietMsOf(trigger)) fault('within quiet days')
      if (book.snoozedIn === session) fault('snoozed for the session')
      const { snooze } = trigger
      if (book.snoozedAt !== undefined && snooze !== 'session' && now < book.snoozedAt + snooze) fault('snoozed')
      const { suppress } = trigger
      if (
        suppress &&
        'untilRise' in suppress &&
        book.floor !== undefined &&
        used.seats !== undefined &&
        used.seats <= book.floor
      )
        fault('seats have not risen')
      if (optOuts.has(trigger.type)) fault('opted out')
      book.shown++
      book.shownIn = session
      book.shownAt = now
      book.times = [...book.times, now]
    },
    answered(type: 'clicked' | 'dismissed' | 'snoozed', claim: Claim, now: number): void {
      const book = bookOf(claim)
      const { suppress, snooze } = triggerOf(claim)
      last = { id: claim.id, at: now }
      if (type !== 'clicked') {
        book.refused++
        book.floor = used.seats
        if (suppress && 'dismissals' in suppress && book.refused >= suppress.dismissals) book.openedAt = now
      }
      if (type === 'snoozed' && snooze === 'session') book.snoozedIn = session
      if (type === 'snoozed' && snooze !== 'session') book.snoozedAt = now
      spent(claim, now)
    },
  }

  return {
    faults,
    /** Takes note of what the world tells. */
    hear(happening: Happening, now: number): void {
      switch (happening.type) {
        case 'reserved':
          return rearm(happening.claim, now)
        case 'impression':
          rearm(happening.claim, now)
          checks.impression(happening.claim, now)
          if (happening.held) spent(happening.claim, now)
          return
        case 'left': {
          // A machine that slept takes it away late: it was over with its session.
          const { shownIn } = bookOf(happening.claim)
          const wasActiveAt = shownIn === session ? activeAt : (ended.get(shownIn) ?? now)
          return spent(happening.claim, Math.min(now, wasActiveAt + 30 * MINUTE))
        }
        case 'crashed':
          return spent(happening.claim, bookOf(happening.claim).shownAt)
        case 'clicked':
        case 'dismissed':
        case 'snoozed':
          return checks.answered(happening.type, happening.claim, now)
      }
    },
    /** Something of an account rose: the question of its limit triggers is new. */
    rose(account: string, resource?: string): void {
      for (const trigger of config.triggers) {
        if (trigger.type !== 'limit_approaching' || (resource !== undefined && trigger.resource !== resource)) continue
        for (const key of books.keys()) {
          if (key === `${account}/t:${trigger.id}` || key.startsWith(`${account}/t:${trigger.id}@`)) books.delete(key)
        }
      }
    },
    /** A billing period was renewed: counts begin again, and open quiet days stay. */
    renewed(account: string, resource: string): void {
      for (const trigger of config.triggers) {
        if (trigger.type !== 'limit_approaching' || trigger.resource !== resource) continue
        for (const [key, book] of books) {
          if (key === `${account}/t:${trigger.id}` || key.startsWith(`${account}/t:${trigger.id}@`)) {
            book.shown = 0
            book.refused = 0
          }
        }
      }
    },
    /** What is in use now, of an account that was here before or has just come. */
    counts(figures: { readonly [resource: string]: number }, account: string): void {
      used = account === usedBy ? { ...used, ...figures } : figures
      usedBy = account
      for (const [key, book] of books) {
        if (key.startsWith(`${account}/t:team`) && book.floor !== undefined)
          book.floor = Math.min(book.floor, used.seats ?? book.floor)
      }
    },
    active(now: number): void {
      if (now >= Math.min(activeAt, now) + 30 * MINUTE) {
        ended.set(session++, Math.min(activeAt, now))
        prompts = 0
        features = 0
      }
      activeAt = now
    },
    optOut(type: string): void {
      optOuts.add(type)
    },
    /** The clock was set: what was believed before stays believed, and what lies after now is read as now. */
    setClock(before: number, now: number): void {
      if (now >= before) return
      activeAt = Math.min(activeAt, now)
      for (const [one, at] of ended) ended.set(one, Math.min(at, now))
      if (last) last.at = Math.min(last.at, now)
      const recent = (times: readonly number[], per: number) =>
        times.filter((at) => at > before - per).map((at) => Math.min(at, now))
      for (const [group, times] of groups) groups.set(group, recent(times, config.caps.groups[group]!.perMs))
      featureTimes = recent(featureTimes, 7 * DAY)
      for (const book of books.values()) {
        if (book.openedAt !== undefined) book.openedAt = Math.min(book.openedAt, now)
        if (book.snoozedAt !== undefined) book.snoozedAt = Math.min(book.snoozedAt, now)
        book.shownAt = Math.min(book.shownAt, now)
        book.times = recent(book.times, 7 * DAY)
      }
    },
  }
}
