import { createLife, READY_MS } from './life.ts'
import type { InitOptions, Plimsoll } from './plimsoll.ts'
import { isBrowser } from './state/engine.ts'

const OPTIONAL_TEXT = 'string or undefined'

/**
 * Makes one instance. With options it starts at once; without, `init` starts it.
 *
 * Nothing is opened, watched or stored before it starts, and two instances do not know each other.
 */
export function createPlimsoll(options?: InitOptions): Plimsoll {
  const life = createLife()
  const { engine, reports } = life
  const { keeper, talk, events, error, now } = engine
  const desk = () => import('./desk.ts')

  /**
   * Makes a call that never throws and always settles.
   *
   * @param kinds Of each argument, the `typeof`s that it may have; `null` is as good as none.
   */
  const call =
    <A extends readonly unknown[], R>(
      name: string,
      fallback: R,
      work: (...args: A) => R | Promise<R>,
      ...kinds: readonly string[]
    ) =>
    async (...args: A): Promise<R> => {
      try {
        if (engine.isDestroyed) {
          if (name === 'init') error('init: this instance was destroyed, and is not begun again.')
          return fallback
        }
        const wrong = kinds.findIndex((kind, i) => !kind.includes(typeof (args[i] ?? undefined)))
        if (wrong < 0) return await work(...args)
        error(`${name}: found ${typeof (args[wrong] ?? undefined)}, expected ${kinds[wrong]}.`)
        return fallback
      } catch (cause) {
        error(`${name} failed.`, cause)
        return fallback
      }
    }

  const isType = (name: string, type: unknown): boolean => {
    const is =
      type === undefined || /^(limit_approaching|feature_discovery|team_growth|usage_milestone)$/.test(`${type}`)
    if (!is) error(`${name}: found ${type}, expected the type of a trigger.`)
    return is
  }

  const plimsoll: Plimsoll = {
    $decision: engine.$decision,
    $context: engine.$context,
    on: (type, fn) => {
      const [found, kind] = typeof type === 'string' ? [typeof fn, 'function'] : [typeof type, 'string']
      if (found === kind) return events.on(type, fn)
      error(`on: found ${found}, expected ${kind}.`)
      return () => {}
    },
    off: call('off', undefined, events.off, 'string', 'function'),
    init: call('init', undefined, life.start, 'object'),
    identify: call('identify', undefined, (who) => reports.take(who, now(), 'identify')),
    usage: call('usage', undefined, (usage) => reports.take({ usage: usage ?? null }, now(), 'usage')),
    track: call('track', undefined, async (event, props) => {
      if (typeof event !== 'string' || !event)
        return error(`track: found ${typeof event}, expected the name of an event.`)
      life.track(event)
      engine.turn()
      if (event !== 'search' && event !== 'feature_attempt') return
      await life.untilReady()
      const made = await engine.openHooks()
      if (event === 'search') made?.search(`${props?.query ?? ''}`)
      else made?.attempt(`${props?.feature ?? ''}`)
    }),
    page: call(
      'page',
      undefined,
      (path) => {
        if (!isBrowser) engine.activeAt = now()
        const { $context } = engine
        engine.setContext({ ...$context.get(), path: path ?? (isBrowser ? location.pathname : '/') })
        engine.turn()
      },
      OPTIONAL_TEXT,
    ),
    guard: call(
      'guard',
      { allowed: true, reason: 'unavailable' },
      async (action, request) => {
        const late = new Promise<undefined>((done) => setTimeout(done, READY_MS))
        await life.untilReady()
        const made = await Promise.race([engine.openHooks(), late])
        return made ? made.guard(action, request ?? {}, late) : { allowed: true, reason: 'unavailable' }
      },
      'string',
      'object or undefined',
    ),
    explain: call(
      'explain',
      [],
      async (triggerId) => {
        await life.untilReady()
        await engine.loading
        if (engine.isStale) await keeper.load()
        return (await desk()).explain(engine, triggerId)
      },
      OPTIONAL_TEXT,
    ),
    preview: call(
      'preview',
      undefined,
      async (triggerId, context) => {
        await life.untilReady()
        const [{ preview }, stage] = await Promise.all([desk(), engine.openStage()])
        if (stage) preview(engine, stage, triggerId, context)
      },
      'string',
    ),
    consent: call('consent', undefined, (given) => (given ? life.consent() : life.withdraw()), 'boolean'),
    optOut: call('optOut', undefined, async (type) => {
      if (!isType('optOut', type)) return
      await life.decided(async () => {
        await keeper.append({ t: 'optedOut', types: [type ?? 'all'], at: now() })
        talk.say({ type: 'ledger' })
        engine.turn()
      })
    }),
    optIn: call('optIn', undefined, async (type) => {
      if (isType('optIn', type)) await life.decided(async () => (await desk()).optIn(engine, type))
    }),
    forget: call('forget', undefined, () => life.withdraw(true)),
    pause: call(
      'pause',
      undefined,
      (reason = '') => {
        engine.pauses.add(reason)
        engine.stage?.review()
      },
      OPTIONAL_TEXT,
    ),
    resume: call(
      'resume',
      undefined,
      (reason = '') => {
        engine.pauses.delete(reason)
        engine.turn()
      },
      OPTIONAL_TEXT,
    ),
    close: call(
      'close',
      undefined,
      (triggerId) => engine.stage?.report(triggerId, { type: 'cancelled' }),
      OPTIONAL_TEXT,
    ),
    dismiss: call(
      'dismiss',
      undefined,
      (triggerId) => engine.stage?.report(triggerId, { type: 'dismissed', by: 'host' }),
      OPTIONAL_TEXT,
    ),
    report: call(
      'report',
      undefined,
      (triggerId, outcome) => {
        if (!/^(shown|clicked|dismissed|snoozed)$/.test(outcome)) {
          return error(`report: found ${outcome}, expected shown, clicked, dismissed or snoozed.`)
        }
        engine.stage?.report(triggerId, { type: outcome, by: 'host', action: 'primary' })
      },
      'string',
      'string',
    ),
    reset: call('reset', undefined, reports.reset),
    destroy: call('destroy', undefined, life.destroy),
  }

  if (options) void plimsoll.init(options)
  return plimsoll
}
