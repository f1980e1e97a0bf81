const UNITS: { readonly [unit: string]: number } = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 }
const MAX_DURATION = 3650 * 864e5

/** Reads `"30m"`, `"24h"` or `"30d"` as milliseconds; `undefined` for anything else, and over 3,650 days. */
export function parseDuration(text: unknown): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smhdw])$/.exec(String(text)) ?? []
  const length = Number(count) * UNITS[unit!]!
  return length <= MAX_DURATION ? length : undefined
}

/**
 * Reads ISO 8601: a day stays the text that it is (the visitor's own), a day with a time becomes epoch milliseconds.
 * `undefined` for anything else, 30 February included. A time without a zone is the visitor's.
 */
export function parseMoment(text: unknown): number | string | undefined {
  const [whole, day, time] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)?)?$/.exec(String(text)) ?? []
  const at = Date.parse(`${day}T00:00Z`)
  // Engines read 30 February as 2 March.
  if (!whole || Number.isNaN(at) || !new Date(at).toISOString().startsWith(day!)) return undefined
  if (!time) return whole
  const moment = Date.parse(whole)
  return Number.isNaN(moment) ? undefined : moment
}

/** Whether no visitor anywhere could have `from` before `until` ends. */
export function isOver(from: number | string, until: number | string): boolean {
  if (typeof from === typeof until) return from > until
  // Days begin up to 14 hours before, and end up to 12 hours after, those of UTC.
  const start = typeof from === 'number' ? from : Date.parse(from) - 14 * 36e5
  const end = typeof until === 'number' ? until : Date.parse(until) + 36 * 36e5
  return start > end
}
