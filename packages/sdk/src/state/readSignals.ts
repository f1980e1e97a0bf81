import { bare, type Usage } from '../core/context.ts'
import type { Traits } from '../core/prompt.ts'

/** What `identify`, `usage` and a context source say, read with suspicion. */
export interface ContextReport {
  readonly user?: Traits
  readonly account?: Traits
  readonly usage?: { readonly [resource: string]: Usage }
  /** One sentence for each thing that could not be read. */
  readonly faults: readonly string[]
}

const MAX_VALUES = 2000
const MAX_DEPTH = 8
const MAX_TEXT = 10_000

/** Copies what is plain data, own and bounded; what is not is left out. Throws where a getter or a bound says no. */
export function copyPlain(value: unknown, budget = { left: MAX_VALUES }, depth = 0): unknown {
  if (--budget.left < 0 || depth > MAX_DEPTH) throw new RangeError(`over ${MAX_VALUES} values or ${MAX_DEPTH} levels`)
  if (typeof value === 'string') return value.slice(0, MAX_TEXT)
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value
  if (value instanceof Date) return Number.isNaN(+value) ? undefined : value.toISOString()
  if (typeof value !== 'object') return
  if (Array.isArray(value)) return value.map((item) => copyPlain(item, budget, depth + 1) ?? null)
  const copy: { [key: string]: unknown } = {}
  for (const [key, item] of Object.entries(value)) {
    if (key === '__proto__') continue
    const copied = copyPlain(item, budget, depth + 1)
    if (copied !== undefined) copy[key] = copied
  }
  return copy
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const say = (value: unknown): string =>
  typeof value === 'string'
    ? JSON.stringify(value.slice(0, 40))
    : // Written out, a list that is deep enough throws.
      Array.isArray(value)
      ? 'list'
      : isRecord(value)
        ? 'object'
        : String(value).slice(0, 40)

/** A moment as hosts write it, ISO 8601, in epoch milliseconds; `undefined` where it is none. */
export function readMoment(value: unknown): number | undefined {
  const at = typeof value === 'string' && /^\d{4}-/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** Reads a report of usage. A resource that cannot be read costs only itself. */
function readUsageReport(given: unknown, askedAt: number, faults: string[]): { [resource: string]: Usage } {
  const reports = bare<Usage>()
  if (!isRecord(given)) {
    faults.push(`usage: found ${say(given)}, expected an object such as { projects: { used: 82, limit: 100 } }`)
    return reports
  }
  const amount = (value: unknown): value is number =>
    typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY
  for (const [resource, report] of Object.entries(given)) {
    const fault = (key: string, found: unknown, expected: string): void => {
      faults.push(`usage.${resource.slice(0, 40)}${key}: found ${say(found)}, expected ${expected}`)
    }
    if (!isRecord(report)) {
      fault('', report, 'an object such as { used: 82, limit: 100 }')
      continue
    }
    const { used, limit, pending = 0, resetsAt, asOf } = report
    if (!amount(used)) fault('.used', used, 'a number, 0 or more')
    else if (limit !== undefined && limit !== null && !amount(limit))
      fault('.limit', limit, 'a number, 0 or more, or null')
    else if (!amount(pending)) fault('.pending', pending, 'a number, 0 or more')
    else if (resetsAt !== undefined && readMoment(resetsAt) === undefined)
      fault('.resetsAt', resetsAt, 'a moment in ISO 8601')
    else if (asOf !== undefined && readMoment(asOf) === undefined) fault('.asOf', asOf, 'a moment in ISO 8601')
    else {
      reports[resource] = {
        used,
        pending,
        askedAt,
        limit,
        resetsAt: readMoment(resetsAt),
        resetsIso: resetsAt as string | undefined,
        // A figure cannot be of later than it is told: a slip of the year would silence all that come after.
        asOf: asOf === undefined ? asOf : Math.min(readMoment(asOf) as number, askedAt),
      }
    }
  }
  return reports
}

/** Reads what a host, or its context endpoint, says of user, account and usage. */
export function readContext(given: unknown, askedAt: number): ContextReport {
  const faults: string[] = []
  if (!isRecord(given)) return { faults: [`found ${say(given)}, expected an object with user, account or usage`] }

  let copy: { [key: string]: unknown }
  try {
    copy = copyPlain(given) as { [key: string]: unknown }
  } catch (error) {
    return { faults: [`could not be read: ${(error as Error)?.message}`] }
  }
  const traits = (name: 'user' | 'account'): { user?: Traits; account?: Traits } => {
    const found = copy[name] ?? given[name]
    if (found === undefined || found === null) return {}
    const { createdAt } = found as Traits
    if (name === 'account' && createdAt && readMoment(createdAt) === undefined) {
      faults.push(`account.createdAt: found ${say(createdAt)}, expected a moment in ISO 8601`)
    }
    if (isRecord(found) && isId(found.id)) return { [name]: found }
    faults.push(
      `${name}: found ${say(isRecord(found) ? found.id : found)}, expected an id as text of 1 to 1,000 characters`,
    )
    return {}
  }
  return {
    ...traits('user'),
    ...traits('account'),
    ...(given.usage !== undefined && { usage: readUsageReport(given.usage, askedAt, faults) }),
    faults,
  }
}

/** A number past 2 ** 53 has lost digits, as JSON is read: it would name several people. */
function isId(id: unknown): boolean {
  return (
    id === undefined ||
    (typeof id === 'number' && Math.abs(id) < 2 ** 53) ||
    (typeof id === 'string' && id.length > 0 && id.length <= 1000)
  )
}
