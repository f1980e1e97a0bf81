import { type Ledger, SESSION_MS, type Session, withLedger, withSession } from './ledger.ts'

/**
 * The live session: the one whose user was active within thirty minutes, in any tab.
 *
 * @param activeAt The latest activity that this tab knows of. One that came after the session had ended revives nothing.
 */
export function liveSession({ session }: Ledger, activeAt: number, now: number): Session | undefined {
  if (!session) return
  const endAt = session.activeAt + SESSION_MS
  return now < (activeAt < endAt ? Math.max(endAt, activeAt + SESSION_MS) : endAt) ? session : undefined
}

/**
 * Takes note of the user's own activity: keeps the live session going, or begins one.
 *
 * @param activeAt The latest activity that this tab knows of. One older than the session's length begins nothing.
 * @param newId The id of a session that begins here.
 */
export function keepSession(ledger: Ledger, activeAt: number, now: number, newId: string): Ledger {
  const session = liveSession(ledger, activeAt, now)
  const at = Math.min(activeAt, now)
  if (session) return at > session.activeAt ? withSession(ledger, session, { activeAt: at }) : ledger
  if (now >= at + SESSION_MS) return ledger
  // What stood on screen when the last session ended stands no more.
  return withLedger(ledger, {
    place: undefined,
    session: { id: newId, startAt: now, activeAt: at, prompts: 0, shown: {}, features: 0, told: [] },
  })
}
