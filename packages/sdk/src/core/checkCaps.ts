import type { CheckedConfig, CheckedTrigger } from '../config/types.ts'
import { checkWindow } from './checkWindow.ts'
import { type Ledger, own, type Session } from './ledger.ts'
import { type Reason, withheld } from './verdict.ts'

/** Checks the bounds that hold over every trigger: prompts a session, time between two, and the group's. */
export function checkCaps(
  { group }: CheckedTrigger,
  { caps }: CheckedConfig,
  ledger: Ledger,
  session: Session | undefined,
  now: number,
): Reason[] {
  const reasons: Reason[] = []
  const prompts = session?.prompts ?? 0
  if (prompts >= caps.perSession) reasons.push(withheld('cap_session', { shown: prompts, max: caps.perSession }))

  if (ledger.lastAt !== undefined) {
    const untilAt = Math.min(ledger.lastAt, now) + caps.minIntervalMs
    if (now < untilAt) reasons.push(withheld('cap_interval', undefined, untilAt))
  }

  const cap = group === undefined ? undefined : own(caps.groups, group)
  const full =
    cap && checkWindow('cap_group', own(ledger.groups, group as string) ?? [], cap.max, cap.perMs, now, { group })
  if (full) reasons.push(full)
  return reasons
}
