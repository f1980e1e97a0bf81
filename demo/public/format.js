/** Figures as people read them. Money is cents, moments are ISO 8601 or epoch milliseconds. */

const locale = 'en-US'
const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
const whole = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 0 })
const numbers = new Intl.NumberFormat(locale)
// billing dates are midnights in UTC, and stay that day everywhere
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export const money = (cents) => dollars.format(cents / 100)
/** A price: without cents where it has none. */
export const price = (cents) => (cents % 100 ? dollars : whole).format(cents / 100)
export const number = (value) => numbers.format(value)
export const day = (moment) => days.format(new Date(moment))
export const count = (value, one, other = `${one}s`) => `${number(value)} ${value === 1 ? one : other}`

export function since(moment, now = Date.now()) {
  const minutes = Math.round((now - moment) / 60_000)
  if (minutes < 1) return 'Just now'
  if (minutes < 60) return ago.format(-minutes, 'minute')
  if (minutes < 1440) return ago.format(-Math.round(minutes / 60), 'hour')
  const text = ago.format(-Math.round(minutes / 1440), 'day')
  return text[0].toUpperCase() + text.slice(1)
}
