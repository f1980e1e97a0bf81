import type { Traits } from './prompt.ts'

/** One report of a resource. Moments are epoch milliseconds. */
export interface Usage {
  readonly used: number
  /** Promised but not yet taken; counts as used everywhere. */
  readonly pending: number
  /** `null`: unlimited. Absent: the plan's holds. */
  readonly limit?: number | null | undefined
  /** From then on the report is unknown. */
  readonly resetsAt?: number | undefined
  /** The same as the host wrote it. */
  readonly resetsIso?: string | undefined
  /** When the figure held, where the host said so. */
  readonly asOf?: number | undefined
  /** When the host was asked, or spoke. */
  readonly askedAt: number
}

/** All that is known when deciding, but for the ledger, the page and the clock. */
export interface Context {
  readonly user: Traits
  readonly account: Traits
  /** Own keys only; the object has no prototype. */
  readonly usage: { readonly [resource: string]: Usage }
  /** `account.createdAt` as a moment, where it is one. */
  readonly createdAt?: number | undefined
  /** When the host was asked, or spoke, of user and account last; absent is now. */
  readonly identifiedAt?: number
  readonly path: string
  /** Features whose control is pointed at or focused now, or searched for within ten seconds. */
  readonly near: { readonly [feature: string]: Near }
}

export interface Near {
  /** Until when it counts: for ever while pointed at or focused, ten seconds after a search. */
  readonly untilAt: number
}

/** A record with own keys only. What `Object.create(null)` makes takes ten times as long to copy and to walk. */
export function bare<T>(): { [key: string]: T } {
  return Object.setPrototypeOf({}, null)
}

export const emptyContext: Context = {
  user: {},
  account: {},
  usage: bare(),
  path: '/',
  near: bare(),
}

/** The id of a user or account as text; numbers are ids too. Empty: not known. */
export function idOf(traits: Traits): string {
  const { id } = traits
  return typeof id === 'string' ? id : typeof id === 'number' ? `${id}` : ''
}

/** Merges traits one level deep: a later value replaces an earlier one, `null` removes it. */
export function mergeTraits(old: Traits, given: Traits): Traits {
  const merged: { [trait: string]: unknown } = {}
  for (const [key, value] of [...Object.entries(old), ...Object.entries(given)]) {
    if (key === '__proto__') continue
    if (value === null) delete merged[key]
    else merged[key] = value
  }
  return merged
}

/** Takes in what `identify` said. Another id drops all that was known of the old; another plan its reported limits. */
export function identify(
  context: Context,
  given: { readonly user?: Traits | undefined; readonly account?: Traits | undefined },
): Context {
  let { user, account, usage } = context
  const left = (old: Traits, next?: Traits): boolean =>
    !!next && !!idOf(old) && !!idOf(next) && idOf(next) !== idOf(old)
  if (left(user, given.user)) {
    user = account = {}
    usage = emptyContext.usage
  } else if (left(account, given.account)) {
    account = {}
    usage = emptyContext.usage
  }
  const before = account.plan
  if (given.user) user = mergeTraits(user, given.user)
  if (given.account) account = mergeTraits(account, given.account)
  if (account.plan !== before && before !== undefined) {
    usage = withoutLimits(usage)
  }
  return { ...context, user, account, usage }
}

/**
 * Takes in reports; of two for one resource the later `asOf` wins, else the later time of asking.
 *
 * @param now What was asked later than that, by a clock that was set back since, wins over nothing.
 */
export function reportUsage(
  context: Context,
  given: { readonly [resource: string]: Usage },
  now = Number.POSITIVE_INFINITY,
): Context {
  const usage = Object.assign(bare<Usage>(), context.usage)
  for (const resource of Object.keys(given)) {
    const next = given[resource] as Usage
    const old = usage[resource]
    if (!old || old.askedAt > now || !isOlder(next, old)) usage[resource] = next
  }
  return { ...context, usage }
}

function isOlder(a: Usage, b: Usage): boolean {
  return a.asOf !== undefined && b.asOf !== undefined && a.asOf !== b.asOf ? a.asOf < b.asOf : a.askedAt < b.askedAt
}

/** Reports as they are but for their limits, which were another plan's. */
export function withoutLimits(usage: Context['usage']): Context['usage'] {
  const left = bare<Usage>()
  for (const [resource, report] of Object.entries(usage)) left[resource] = { ...report, limit: undefined }
  return left
}
