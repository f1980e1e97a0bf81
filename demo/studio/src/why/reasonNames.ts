import type { ReasonName } from '@plimsoll/sdk'

/** Each reason in a few words, for pictures and tables; the sentences are in `sentences.ts`. */
const NAMES: { readonly [reason in ReasonName]: string } = {
  disabled: 'Switched off',
  schedule: 'Outside its schedule',
  audience: 'Not its audience',
  plan_unknown: 'Plan not known',
  no_next_plan: 'No plan to offer',
  already_has: 'Has it already',
  not_matched: 'Has not happened',
  figures: 'Figures not known',
  copy: 'A value in its words not known',
  no_place: 'No place in the page',
  holdout: 'Held out',
  frequency: 'Shown often enough',
  quiet: 'Quiet after refusals',
  snoozed: 'Put off',
  cap_session: 'Enough in this session',
  cap_interval: 'Too soon after another',
  cap_group: 'Enough of its group',
  health: 'Unhappy account',
  age: 'Account too young',
  flag: 'Account is marked',
  opted_out: 'User stopped these',
  consent: 'No consent',
  paused: 'Paused by the product',
  storage: 'Browser keeps nothing',
  hidden: 'Nobody is looking',
  typing: 'User is typing',
  dialog: 'A dialog is open',
  outranked: 'Another one won',
  on_screen: 'Another one on screen',
}

export const sayReasonShort = (reason: ReasonName): string => NAMES[reason]
