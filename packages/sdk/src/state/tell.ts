import type { Ledger } from '../core/ledger.ts'

/** A session remembers so many things told; what comes after is not told. */
export const MAX_TOLD = 300

/**
 * Notes what is told once a session; the result is what was not told yet. Without a session nothing is told.
 *
 * @param of The session it was found in: what a tab says that slept through the next one's beginning is of no interest.
 */
export function tell(
  ledger: Ledger,
  of: string | undefined,
  keys: readonly string[],
): { ledger: Ledger; result: readonly string[] } {
  const { session } = ledger
  if (!session || session.id !== of || session.told.length >= MAX_TOLD) return { ledger, result: [] }
  const result = [...new Set(keys)].filter((key) => !session.told.includes(key))
  return { ledger: { ...ledger, session: { ...session, told: [...session.told, ...result] } }, result }
}
