/** Files to begin with, each without fault and without advice. */

import perSeat from '../../examples/per-seat-tool.json?raw'
import storage from '../../examples/storage-product.json?raw'
import twoPlans from '../../examples/two-plan-starter.json?raw'
import usagePriced from '../../examples/usage-priced-api.json?raw'

export interface Example {
  readonly name: string
  readonly about: string
  readonly text: string
}

export const examples: readonly Example[] = [
  {
    name: 'Two-plan starter',
    about:
      'A free plan and a paid one: a limit, a locked feature and a few milestones. The smallest file that is whole.',
    text: twoPlans,
  },
  {
    name: 'Per-seat tool',
    about: 'A team product that is priced by the seat: growing teams, blocked invites with a bill, single sign-on.',
    text: perSeat,
  },
  {
    name: 'Usage-priced API',
    about:
      'Calls that are counted by the month: a ladder of marks, a new period that begins again, webhooks to discover.',
    text: usagePriced,
  },
  {
    name: 'Storage product',
    about:
      'Gigabytes that fill up: a banner in the file list, version history to discover, words for buyers and members.',
    text: storage,
  },
]
