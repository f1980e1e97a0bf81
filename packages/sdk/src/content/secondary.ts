import type { CheckedTrigger, SecondaryAction } from '../config/types.ts'

/** What the second button does: what the file says, else a limit is put off, and everything else dismissed. */
export function secondaryOf({ cta, type }: CheckedTrigger): SecondaryAction {
  return cta?.secondary?.action ?? (type === 'limit_approaching' ? 'snooze' : 'dismiss')
}
