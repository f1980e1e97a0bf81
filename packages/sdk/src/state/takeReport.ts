import { fetchText } from '../browser/fetchText.ts'
import { emptyContext, identify, idOf, reportUsage, withoutLimits } from '../core/context.ts'
import { hash64 } from '../core/hash.ts'
import type { Engine } from './engine.ts'
import { ANONYMOUS } from './keepLedger.ts'
import { copyPlain, readContext, readMoment } from './readSignals.ts'

/** Takes in what hosts, context sources and other tabs say of user, account and usage. */
export function createReports(engine: Engine) {
  const { $context, keeper, talk, error, now } = engine
  let identifiedAt = Number.NEGATIVE_INFINITY
  /** When another user or account came, and when the plan last changed: what was asked before is of the old one. */
  let switchedAt = Number.NEGATIVE_INFINITY
  let planAt = Number.NEGATIVE_INFINITY
  let isObjectRead = false

  /**
   * @param at The time of asking, epoch milliseconds: of two reports the later one holds.
   * @param from Who says it. What another tab says it has told the others already.
   */
  const take = (report: unknown, at: number, from: 'identify' | 'usage' | 'context' | 'Another tab'): void => {
    const { user, account, usage, faults } = readContext(report, at)
    for (const fault of faults) error(`${from}: ${fault}.`)
    /** Whether something later is known. What the clock was ahead of, before it was set back, is not later. */
    const isBefore = (knownAt: number): boolean => at < knownAt && knownAt <= now()
    if (isBefore(switchedAt)) return
    let context = $context.get()
    const { plan } = context.account
    if ((user || account) && !isBefore(identifiedAt)) {
      identifiedAt = at
      context = identify(context, { user, account })
      context = { ...context, identifiedAt: at, createdAt: readMoment(context.account.createdAt) }
      if (context.account.plan !== plan) planAt = at
    }
    engine.setContext(usage ? reportUsage(context, isBefore(planAt) ? withoutLimits(usage) : usage, now()) : context)
    turnToLedger()
    if (from !== 'Another tab' && !faults.length)
      talk.say({ type: 'context', account: engine.accountKey, report: copyPlain(report), at })
    engine.turn()
  }

  /** Turns to the ledger of whoever is here now; what was open for another closes. */
  const turnToLedger = (): void => {
    const { user, account } = $context.get()
    const { userKey, accountKey } = engine
    const nextUser = idOf(user) ? `u${hash64(idOf(user))}` : ANONYMOUS
    const nextAccount = idOf(account) ? hash64(idOf(account)) : ''
    const isOther = userKey !== ANONYMOUS && nextUser !== userKey
    if (isOther || (accountKey && nextAccount !== accountKey)) {
      leave()
      switchedAt = identifiedAt
    }
    engine.accountKey = nextAccount
    if (nextUser === userKey) return
    engine.userKey = nextUser
    engine.loading = engine.loading.then(async () => {
      // Who leaves ends theirs in every tab, and nobody else's: another tab may have turned to the next user long ago.
      if (isOther) {
        await endSession()
        talk.say({ type: 'over' }, userKey)
      }
      await keeper.turnTo(nextUser, nextAccount)
    })
  }

  const leave = (): void => {
    engine.stage?.clear()
    engine.dropTracked()
    engine.hooks?.clear()
  }

  const endSession = () => keeper.update(({ session: _, ...ledger }) => ({ ledger, result: undefined }), true)

  return {
    take,

    /** Reads the context source. What comes after the deadline is taken in when it comes. */
    async readSource(deadlineMs: number): Promise<void> {
      const source = engine.settings?.context
      // An object says what it says once; only a URL or a function has news.
      if (source === undefined || isObjectRead) return
      isObjectRead = typeof source === 'object'
      const at = now()
      const reading = (async () => {
        if (typeof source === 'string') return JSON.parse(await fetchText(source, { cache: 'no-store' })) as unknown
        return typeof source === 'function' ? await source() : source
      })().then(
        (report) => {
          if (!engine.isDestroyed) take(report, at, 'context')
        },
        (cause) => error('The context source could not be read.', cause),
      )
      await Promise.race([reading, new Promise((late) => setTimeout(late, deadlineMs))])
    },

    /** The user logged out. Whatever the host says next is of the next user, said in the same turn too. */
    async reset(): Promise<void> {
      leave()
      engine.setContext({ ...emptyContext, path: $context.get().path })
      identifiedAt = switchedAt = engine.activeAt = now()
      turnToLedger()
      engine.loading = engine.loading.then(endSession)
      engine.turn()
      await engine.loading
    },
  }
}
