import type { TriggerType } from '../config/types.ts'
import type { Figures } from './prompt.ts'

/** Why a trigger does not show; in this order in `explain`. */
export type ReasonName =
  | 'disabled'
  | 'schedule'
  | 'audience'
  | 'plan_unknown'
  | 'no_next_plan'
  | 'already_has'
  | 'not_matched'
  | 'figures'
  | 'copy'
  | 'no_place'
  | 'holdout'
  | 'frequency'
  | 'quiet'
  | 'snoozed'
  | 'cap_session'
  | 'cap_interval'
  | 'cap_group'
  | 'health'
  | 'age'
  | 'flag'
  | 'opted_out'
  | 'consent'
  | 'paused'
  | 'storage'
  | 'hidden'
  | 'typing'
  | 'dialog'
  | 'outranked'
  | 'on_screen'

/** One reason with the figures it rests on. */
export interface Reason {
  readonly reason: ReasonName
  /** When time alone will change it, epoch milliseconds. Absent: time alone will not. */
  readonly untilAt?: number
  readonly figures?: { readonly [name: string]: unknown }
}

/** One trigger's answer. Eligible when there is no reason against it. */
export interface Verdict {
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly reasons: readonly Reason[]
  readonly figures: Figures
}

/** A no, with its figures and, where time alone will change it, when. */
export function withheld(reason: ReasonName, figures?: Reason['figures'], untilAt?: number): Reason {
  const found: { -readonly [key in keyof Reason]: Reason[key] } = { reason }
  if (untilAt !== undefined) found.untilAt = untilAt
  if (figures) found.figures = figures
  return found
}
