import { type Ledger, SESSION_MS, type Session } from './ledger.ts'

/** The live session: the one whose user was active within thirty minutes, in any tab. */
export function liveSession(ledger: Ledger, activeAt: number, now: number): Session | undefined {
  const { session } = ledger
  return session && now < Math.max(session.activeAt, activeAt) + SESSION_MS ? session : undefined
}

/**
 * Takes note of the user's own activity: keeps the live session going, or begins one.
 *
 * @param activeAt The latest activity that this tab knows of. One older than the session's length begins nothing.
 * @param newId The id of a session that begins here.
 */
export function keepSession(ledger: Ledger, activeAt: number, now: number, newId: string): Ledger {
  const session = liveSession(ledger, activeAt, now)
  if (session) {
    return activeAt > session.activeAt ? { ...ledger, session: { ...session, activeAt: Math.min(activeAt, now) } } : ledger
  }
  if (now >= activeAt + SESSION_MS) return ledger
  return {
    ...ledger,
    session: { id: newId, startAt: now, activeAt: Math.min(activeAt, now), prompts: 0, shown: {}, features: 0, told: [] },
  }
}
