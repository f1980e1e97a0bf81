/**
 * What the contract says of the file below, kept as a bookkeeper would who has never seen the engine: what was shown
 * and refused and when, and from that, at any moment, what may show and what keeps the rest back.
 */

const MINUTE = 60_000
const DAY = 86_400_000
const SESSION = 30 * MINUTE

/** Limits, seats, a milestone and two features; caps of every kind. */
export const config = {
  version: 1,
  product: 'Acme',
  plans: [
    { id: 'starter', name: 'Starter', limits: { disk: 100, mail: 100, jobs: 100, seats: 10 }, features: [] },
    {
      id: 'pro',
      name: 'Pro',
      limits: { disk: 1000, mail: 1000, jobs: 1000, seats: 50 },
      features: ['sso', 'audit'],
    },
  ],
  resources: { disk: 'GB', mail: 'mails', jobs: 'jobs', seats: 'seats' },
  features: { sso: { name: 'SSO', benefit: 'is simple' }, audit: { name: 'Audit', benefit: 'is safe' } },
  links: { upgrade: '/up', seats: '/seats' },
  caps: { perSession: 3, minInterval: '2m', groups: { g: { max: 3, per: '7d' } } },
  triggers: [
    { id: 'disk', type: 'limit_approaching', resource: 'disk', suppress: { dismissals: 1, quiet: '3d' }, group: 'g' },
    { id: 'mail', type: 'limit_approaching', resource: 'mail', group: 'g' },
    { id: 'jobs', type: 'limit_approaching', resource: 'jobs', frequency: { max: 2, per: '7d' }, snooze: '2d' },
    { id: 'team', type: 'team_growth' },
    { id: 'exports', type: 'usage_milestone', metric: 'exported', milestones: [3, 6, 9], surface: 'toast' },
    { id: 'sso', type: 'feature_discovery', feature: 'sso', near: { route: '/security' } },
    { id: 'audit', type: 'feature_discovery', feature: 'audit', near: { route: '/audit' }, group: 'g' },
  ],
}

/** The one that wins first in front. */
const RANKED = ['sso', 'audit', 'disk', 'mail', 'jobs', 'team', 'exports'] as const
export type Name = (typeof RANKED)[number]
const QUIET: { readonly [name: string]: { readonly refusals: number; readonly ms: number } } = {
  disk: { refusals: 1, ms: 3 * DAY },
  mail: { refusals: 3, ms: 30 * DAY },
  jobs: { refusals: 3, ms: 30 * DAY },
}
const ROUTES: { readonly [name: string]: string } = { sso: '/security', audit: '/audit' }
const GROUP: readonly string[] = ['disk', 'mail', 'audit']
const TYPES: { readonly [name: string]: string } = {
  disk: 'limit_approaching',
  mail: 'limit_approaching',
  jobs: 'limit_approaching',
  team: 'team_growth',
  exports: 'usage_milestone',
  sso: 'feature_discovery',
  audit: 'feature_discovery',
}

interface Book {
  /** Impressions and refusals since armed. */
  n: number
  refused: number[]
  /** Every impression, whatever was armed since. */
  times: number[]
  openedAt?: number
  shownIn: number
  snoozedIn: number
  snoozedAt?: number
  floor?: number
}

/** A moment, and how near to it the books do not tell. */
const DOUBT = 45 * MINUTE

export type Books = ReturnType<typeof keepBooks>

export function keepBooks() {
  const books = new Map<string, Book>()
  const usage = new Map<string, { used: number; limit: number }>()
  const optOuts = new Set<string>()
  let path = '/'
  let session = 0
  let activeAt = Number.NEGATIVE_INFINITY
  let prompts = 0
  let groupTimes: number[] = []
  let lastAt = Number.NEGATIVE_INFINITY
  let exported: number | undefined
  let passed: { session: number; values: number[] } | undefined
  const celebrated = new Set<number>()

  /** Milestones are counted by value, everything else by trigger. */
  const bookOf = (name: string): Book => {
    const key = name === 'exports' ? `exports=${passed?.values.at(-1)}` : name
    const book = books.get(key) ?? { n: 0, refused: [], times: [], shownIn: -1, snoozedIn: -1 }
    books.set(key, book)
    return book
  }

  const isLive = (now: number): boolean => now < activeAt + SESSION
  const percent = (resource: string): number => {
    const { used = 0, limit = 100 } = usage.get(resource) ?? {}
    return Math.floor((used * 100) / limit)
  }

  const matches = (name: string, now: number): boolean => {
    if (name === 'exports') return isLive(now) && passed?.session === session && passed.values.length > 0
    if (ROUTES[name]) return path === ROUTES[name]
    return percent(name === 'team' ? 'seats' : name) >= 80
  }

  /** Whether `now` is under `until`; near it, nobody knows. */
  const before = (now: number, until: number, doubt = DOUBT): boolean | undefined =>
    Math.abs(now - until) < doubt ? undefined : now < until

  /** When quiet days opened, if they did. */
  const quietFrom = (name: string): number | undefined => {
    const rule = QUIET[name]
    const { refused, openedAt } = bookOf(name)
    if (!rule) return
    const at = refused.length >= rule.refusals ? (refused.at(-1) as number) : undefined
    return at === undefined ? openedAt : Math.max(at, openedAt ?? at)
  }

  /** What keeps a trigger back that matches: each reason with yes, no, or nobody knows. */
  function rules(name: string, now: number): { readonly [reason: string]: boolean | undefined } {
    const { n, times, shownIn, snoozedIn, snoozedAt, floor } = bookOf(name)
    const from = quietFrom(name)
    const quiet = from === undefined ? false : before(now, from + (QUIET[name]?.ms ?? 0))
    const isOver = from !== undefined && quiet === false
    const inSession = isLive(now) && shownIn === session
    const recent = (all: readonly number[]) => all.filter((at) => now < at + 7 * DAY)
    const doubtful = (all: readonly number[]) => all.some((at) => before(now, at + 7 * DAY) === undefined)
    const used = usage.get('seats')?.used ?? 0
    const frequency =
      name === 'jobs'
        ? doubtful(times)
          ? undefined
          : recent(times).length >= 2
        : name === 'disk' || name === 'mail'
          ? inSession || (quiet === undefined && n >= 3 ? undefined : n >= 3 && !isOver)
          : name === 'team'
            ? inSession
            : n >= 1
    return {
      frequency,
      quiet: name === 'team' ? floor !== undefined && used <= floor : quiet,
      snoozed:
        name === 'jobs' && snoozedAt !== undefined
          ? before(now, snoozedAt + 2 * DAY)
          : isLive(now) && snoozedIn === session,
      cap_session: isLive(now) && prompts >= 3,
      cap_interval: before(now, lastAt + 2 * MINUTE, 3000),
      cap_group: GROUP.includes(name) && (doubtful(groupTimes) ? undefined : recent(groupTimes).length >= 3),
      opted_out: optOuts.has(TYPES[name] as string),
    }
  }

  /** Counts begin again once quiet days are over; that is written down as a prompt is shown anew. */
  function rearm(name: string, now: number): void {
    const book = bookOf(name)
    const from = quietFrom(name)
    if (from === undefined || now < from + (QUIET[name]?.ms ?? 0)) return
    delete book.openedAt
    book.refused = []
    book.n = 0
  }

  return {
    rules,
    matches,
    isLive,
    prompts: (now: number) => (isLive(now) ? prompts : 0),

    /** Who shows now where nothing stands: a name, nobody, or nobody knows. */
    winner(now: number): Name | undefined | 'unknown' {
      if (!isLive(now)) return
      for (const name of RANKED) {
        if (!matches(name, now)) continue
        const reasons = Object.values(rules(name, now))
        if (reasons.includes(true)) continue
        return reasons.includes(undefined) ? 'unknown' : name
      }
      return
    },

    shown(name: string, now: number): void {
      rearm(name, now)
      const book = bookOf(name)
      book.n++
      book.times.push(now)
      book.shownIn = session
      if (GROUP.includes(name)) groupTimes.push(now)
      prompts++
      lastAt = now
      if (QUIET[name] && name !== 'jobs' && book.n >= 3) book.openedAt = now
      if (name === 'exports') {
        for (const value of passed?.values ?? []) celebrated.add(value)
        passed = undefined
      }
    },

    answered(type: 'dismissed' | 'snoozed' | 'clicked' | 'stopped', name: string, now: number): void {
      const book = bookOf(name)
      lastAt = now
      if (type !== 'clicked') {
        book.refused.push(now)
        if (name === 'team') book.floor = usage.get('seats')?.used ?? 0
      }
      if (type === 'snoozed') {
        book.snoozedIn = session
        book.snoozedAt = now
      }
      if (type === 'stopped') optOuts.add(TYPES[name] as string)
      if (QUIET[name] && name !== 'jobs' && book.n >= 3) book.openedAt = now
    },

    /** A prompt left the screen unanswered. */
    left(name: string, now: number): void {
      const book = bookOf(name)
      if (book.openedAt !== undefined && book.n >= 3) book.openedAt = Math.max(book.openedAt, now)
    },

    active(now: number): void {
      if (!isLive(now)) {
        session++
        prompts = 0
      }
      activeAt = now
    },

    /** A page has loaded: it begins a session where none is alive, and keeps none going. */
    loaded(now: number): void {
      if (!isLive(now)) this.active(now)
    },

    report(resource: string, used: number, limit: number): void {
      const old = usage.get(resource)
      usage.set(resource, { used, limit })
      const book = bookOf(resource === 'seats' ? 'team' : resource)
      if (resource === 'seats' && book.floor !== undefined) book.floor = Math.min(book.floor, used)
      // A limit that rises makes the question new.
      if (QUIET[resource] && old && limit > old.limit) books.delete(resource)
    },
    usage: () => Object.fromEntries(usage),

    route(next: string): void {
      path = next
    },
    path: () => path,

    /** The first figure ever seen is the start; what happens while nobody is there is not celebrated. */
    track(times: number, now: number): void {
      const from = exported
      exported = (exported ?? 0) + times
      if (from === undefined || !isLive(now)) return
      const values = [3, 6, 9].filter((at) => from < at && at <= (exported as number) && !celebrated.has(at))
      if (!values.length) return
      const kept = passed?.session === session ? passed.values : []
      for (const value of passed?.session === session ? [] : (passed?.values ?? [])) celebrated.add(value)
      passed = { session, values: [...kept, ...values] }
    },

    optOut: (type: string) => void optOuts.add(type),
    optIn: (type: string) => void optOuts.delete(type),

    /** What lies after now is read as now. */
    setClock(now: number): void {
      const cap = (at: number): number => Math.min(at, now)
      activeAt = cap(activeAt)
      lastAt = cap(lastAt)
      groupTimes = groupTimes.map(cap)
      for (const book of books.values()) {
        book.times = book.times.map(cap)
        book.refused = book.refused.map(cap)
        if (book.openedAt !== undefined) book.openedAt = cap(book.openedAt)
        if (book.snoozedAt !== undefined) book.snoozedAt = cap(book.snoozedAt)
      }
    },
  }
}
