import type { Entry } from '../core/outcome.ts'
import type { Outcome } from '../core/prompt.ts'
import { answerOf, confirm } from '../core/reserve.ts'
import { type Engine, inputOf, toIso } from './engine.ts'
import type { TriggerDetail } from './events.ts'
import type { Standing } from './stage.ts'

/** A refused widget closes when its refusal is committed, or after this. */
const CLOSE_MS = 100

/**
 * Takes in what comes of prompts: tells the host, and writes it down.
 *
 * @param remove Takes a prompt away; nothing is written.
 * @param withdraw Takes a prompt away that nobody answered.
 */
export function createOutcomes(
  engine: Engine,
  remove: (standing: Standing) => void,
  withdraw: (standing: Standing) => void,
) {
  const { keeper, events, now } = engine

  /** What an event about a prompt says. */
  const detail = ({ prompt, claim }: Standing): TriggerDetail => ({
    triggerId: prompt.triggerId,
    triggerType: prompt.triggerType,
    ...(prompt.variant !== undefined && { variant: prompt.variant }),
    sessionId: claim?.session ?? keeper.ledger().session?.id ?? '',
    at: toIso(now()),
    figures: prompt.figures,
  })

  const write = (entry: Entry): Promise<void> => keeper.append(entry).then(() => engine.talk.say({ type: 'ledger' }))

  /** Writes the user's answer down, and closes once that is committed. */
  const answer = (standing: Standing, t: 'clicked' | 'dismissed' | 'snoozed', stays = false): void => {
    const { claim, answered, confirmed, prompt } = standing
    if (answered) return
    standing.answered = true
    engine.talk.say({ type: 'answered', triggerId: prompt.triggerId })
    let written: Promise<void> = Promise.resolve()
    if (claim) {
      written = write(answerOf(t, claim, prompt, now(), !!confirmed))
    } else if (t === 'clicked') {
      const { triggerId, triggerType, variant } = prompt
      written = write({
        t: 'followed',
        account: engine.accountKey,
        triggerId,
        triggerType,
        ...(variant !== undefined && { variant }),
        at: now(),
      })
    }
    standing.stays = stays
    if (stays) return
    void Promise.race([written, new Promise((done) => setTimeout(done, CLOSE_MS))]).then(() => {
      remove(standing)
      engine.turn()
    })
  }

  const seen = async (standing: Standing): Promise<void> => {
    const { claim, confirmed, answered } = standing
    if (!claim || confirmed || answered) return
    const counted = await keeper.update((ledger) => {
      const input = inputOf(engine)
      const result = input ? confirm({ ...input, ledger }, claim) : { ledger, counted: false }
      return { ledger: result.ledger, result: result.counted }
    })
    if (!counted) {
      if (!standing.answered) withdraw(standing)
    } else if (!standing.confirmed && !standing.answered) {
      standing.confirmed = true
      events.emit('impression', detail(standing))
      engine.talk.say({ type: 'ledger' })
    }
  }

  /** Answered sooner than it was seen for a second, it was seen all the same. */
  const tellSeen = (standing: Standing): void => {
    if (standing.claim && !standing.confirmed && !standing.answered) events.emit('impression', detail(standing))
  }

  /** Takes a refusal in; of what was answered already, only the closing. */
  const refuse = (standing: Standing, t: 'dismissed' | 'snoozed', by: string): void => {
    if (standing.answered) return remove(standing)
    if (standing.claim) {
      tellSeen(standing)
      events.emit('dismiss', { ...detail(standing), by })
      if (t === 'snoozed') events.emit('snooze', detail(standing))
    }
    answer(standing, t)
  }

  /** Requests told of in this tab, by session: the ledger may not have taken them yet, or may never. */
  const requested = new Set<string>()

  /** Tells of a request once a session: at once, for its link may lead away from the page. */
  const request = (standing: Standing): void => {
    const key = `${standing.prompt.triggerId}|request`
    const { session } = keeper.ledger()
    const here = `${session?.id}|${key}`
    if (session?.told.includes(key) || requested.has(here)) return
    requested.add(here)
    events.emit('request', detail(standing))
    if (session) void write({ t: 'told', session: session.id, key, at: now() })
  }

  /** A preview counts for nothing and leads nowhere: what opens in its place stays, everything else closes it. */
  const preview = (standing: Standing, { type, ...more }: Outcome): boolean => {
    const opens = type === 'clicked' && !('href' in more)
    if (type !== 'shown' && type !== 'requested' && !opens) withdraw(standing)
    return type !== 'clicked' || opens
  }

  /** Takes an outcome in. `false`: the host took the click over. */
  const take = (standing: Standing, outcome: Outcome): boolean => {
    const own = standing.onOutcome?.(outcome)
    if (own !== undefined) return own
    if (standing.prompt.preview) return preview(standing, outcome)
    switch (outcome.type) {
      case 'shown':
        void seen(standing)
        return true
      case 'clicked': {
        const { action, href } = outcome
        tellSeen(standing)
        const goes = events.emit('click', { ...detail(standing), action, ...(href !== undefined && { href }) })
        // The explainer and the plan comparison open in its place, and stay until they are closed.
        answer(standing, 'clicked', href === undefined)
        if (href !== undefined && standing.answered) setTimeout(() => remove(standing), CLOSE_MS)
        return goes
      }
      case 'dismissed':
      case 'snoozed':
        refuse(standing, outcome.type, outcome.type === 'snoozed' ? 'snooze' : outcome.by)
        return true
      case 'stopped':
        void write({ t: 'optedOut', types: [standing.prompt.triggerType], at: now() })
        refuse(standing, 'dismissed', 'stop')
        return true
      case 'requested':
        tellSeen(standing)
        request(standing)
        answer(standing, 'clicked', true)
        return true
      case 'cancelled':
      case 'lost':
        withdraw(standing)
        return true
    }
    return outcome satisfies never
  }

  return { detail, write, take }
}

export type Outcomes = ReturnType<typeof createOutcomes>
