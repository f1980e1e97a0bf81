import { own } from './ledger.ts'
import type { Facts } from './match.ts'
import type { Figures, Traits } from './prompt.ts'
import type { Rules } from './rules.ts'

/** Whether a placeholder's value is known: a prompt whose words cannot all be filled in is withheld. */
export function isKnown(name: string, figures: Figures, { context, plan }: Facts, { config }: Rules): boolean {
  const [head, ...rest] = name.split('.')
  const key = rest.join('.')
  const next = config.plans.find(({ id }) => id === figures.plan)
  switch (head) {
    case 'user':
    case 'account':
      return isText(
        rest.reduce((at: unknown, part) => (Object(at) === at ? own(at as Traits, part) : undefined), context[head]),
      )
    case 'plan':
      if (key === 'price') return !!next?.price
      return !!next && (key !== 'limit' || own(next.limits, figures.resource ?? '') !== undefined)
    case 'current':
      return !!plan
    case 'product':
      return !!config.product
    case 'used':
    case 'limit':
    case 'remaining':
    case 'percent':
    case 'resetsAt':
    case 'milestone':
      return figures[head] !== undefined
    default:
      return true
  }
}

function isText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value))
}
