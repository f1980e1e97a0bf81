import type { Prompt } from '../core/prompt.ts'
import { writeBill } from './bill.ts'
import type { BillContent, SeatsContent } from './content.ts'
import type { Words } from './words.ts'

type Part = SeatsContent['parts'][number]

/** Most seats that the stepper adds at once. */
const MOST = 999

/** How many seats may be added, and how many are: the stepper's number, by default what is missing. */
export function steps({ figures, block }: Prompt, asked?: number): Pick<BillContent, 'min' | 'max' | 'needed'> {
  const { needed: missing = 1 } = figures
  const min = block ? missing : 1
  const max = Math.max(MOST, min)
  return { min, max, needed: Math.min(max, Math.max(min, Math.trunc(asked ?? missing) || min)) }
}

/** The bill, where the primary buys seats, and prices are known. */
export function billOf(prompt: Prompt, words: Words, step: ReturnType<typeof steps>): BillContent | undefined {
  return buysSeats(prompt) ? writeBill(prompt, words, step) : undefined
}

/** Whether the primary leads to where seats are bought. */
export function buysSeats({ buyer, config, trigger }: Prompt): boolean {
  const { href = config.links.seats, action = 'seats' } = trigger.cta?.primary ?? {}
  return buyer && action === 'seats' && !!href
}

/** The parts that are there; before the mark never more of them than the limit. */
export function partsOf(words: Words, limit: number, all: readonly (readonly [Part['is'], number, string])[]): Part[] {
  let room = limit
  return all.flatMap(([is, n, name]) => {
    const count = is === 'over' ? n : Math.min(n, room)
    room -= count
    return n > 0 ? [{ is, count, label: words.say(name, { n }) }] : []
  })
}
