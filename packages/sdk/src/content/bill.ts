import type { Prompt } from '../core/prompt.ts'
import type { BillContent } from './content.ts'
import { capitalise, own } from './text.ts'
import { formatOf, type Words } from './words.ts'

const DAY = 86_400_000

/**
 * Writes what seats to add cost: each month, and today for the rest of the cycle.
 *
 * A seat costs what its place among all seats costs: with 10 seats, tiers of 20 up to 12 and 15 beyond, three more cost
 * 20 + 20 + 15. Due today is that × whole days left ÷ days in the cycle, rounded to the currency's smallest unit.
 *
 * @returns `undefined` unless the seat price and a cycle that runs now are known: never a figure without its reason.
 */
export function writeBill(
  { figures: { limit }, current, account, at }: Prompt,
  { say, number }: Words,
  { min, max, needed }: Pick<BillContent, 'min' | 'max' | 'needed'>,
): BillContent | undefined {
  const { price, seatTiers } = current ?? {}
  const cycle = own(account, 'cycle')
  const start = Date.parse(String(own(cycle, 'start')))
  const end = Date.parse(String(own(cycle, 'end')))
  if (!price || !seatTiers || typeof limit !== 'number' || !(start < end && at < end)) return undefined

  const { currency, per } = price
  const money = { style: 'currency', currency } as const
  const prices = Array.from(
    { length: needed },
    (_, i) => seatTiers.find(({ upTo = Number.POSITIVE_INFINITY }) => limit + i < upTo)?.amount ?? Number.NaN,
  )
  const sum = prices.reduce((all, one) => all + one)
  if (Number.isNaN(sum)) return undefined

  const days = Math.max(1, Math.round((end - start) / DAY))
  const left = Math.min(days, Math.ceil((end - at) / DAY))
  const unit = 10 ** (formatOf('en', money).resolvedOptions().maximumFractionDigits ?? 2)
  // Six places are exact, whatever a product of decimals leaves behind them: 1.005 is not to become 1.00.
  const due = Math.round(Number(((sum * left * unit) / days).toFixed(6))) / unit
  const from = number(Math.min(...prices), money)
  const to = number(Math.max(...prices), money)
  return {
    min,
    max,
    needed,
    label: capitalise(say('bill.label')),
    fewer: say('bill.fewer', { n: 1 }),
    more: say('bill.more', { n: 1 }),
    change: say('bill.change', { now: limit, later: limit + needed }),
    each: {
      label: say(`bill.${per}`),
      why: say(from === to ? 'bill.each' : 'bill.range', { from, to, n: 1 }),
      amount: number(sum, { ...money, signDisplay: 'always' }),
    },
    due: { label: say('bill.due'), why: say('bill.days', { left, days }), amount: number(due, money) },
  }
}
