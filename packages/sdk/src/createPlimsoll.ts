import { atom, type WritableAtom } from 'nanostores'
import { browserClock } from './browser/clock.ts'
import { indexedDbStore } from './browser/indexedDbStore.ts'
import { journal } from './browser/journal.ts'
import { watchPageLife } from './browser/pageLife.ts'
import type { TabMessage } from './browser/tabs.ts'
import { watchActivity } from './browser/watchActivity.ts'
import { watchRoutes } from './browser/watchRoutes.ts'
import { type Context, emptyContext } from './core/context.ts'
import { prepareRules } from './core/rules.ts'
import { keepSession, liveSession } from './core/session.ts'
import type { Hooks } from './hooks.ts'
import { configKey, loadConfig } from './loadConfig.ts'
import type { InitOptions, Plimsoll } from './plimsoll.ts'
import { createDecider } from './state/decideNow.ts'
import { type Engine, isBrowser, newId, type ShownDecision, toIso } from './state/engine.ts'
import { createEvents, errorDetail } from './state/events.ts'
import { ANONYMOUS, keepLedger } from './state/keepLedger.ts'
import { memoryStore } from './state/memoryStore.ts'
import { createStage, type Standing } from './state/stage.ts'
import { createReports } from './state/takeReport.ts'
import { createTalk } from './state/talk.ts'

/** The context source is read at most this often when the tab becomes visible, and the file this often. */
const SOURCE_MS = 60_000
const FILE_MS = 15 * 60_000
/** How long a call waits for the file and the ledger. */
const READY_MS = 3000

const OPTIONAL_TEXT = 'string or undefined'

/** When the visitor's day begins, or the one `plus` days after it. */
function dayAt(day: string, plus: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + plus).getTime()
}

/**
 * Makes one instance. With options it starts at once; without, `init` starts it.
 *
 * Nothing is opened, watched or stored before it starts, and two instances do not know each other.
 */
export function createPlimsoll(options?: InitOptions): Plimsoll {
  const clock = browserClock()
  const { now } = clock
  const events = createEvents()
  const tab = newId()
  const stops: (() => void)[] = []
  let sourceAt = 0
  let fileAt = 0
  /** What was said of consent before `init`. */
  let consented: boolean | undefined
  let isForgotten = false
  /** What the user decided before anything could be stored: it is written down once it can. */
  const early: (() => unknown)[] = []
  let isReady = false
  let hasBegun = false
  let ready = (): void => {}
  const whenReady = new Promise<void>((resolve) => {
    ready = resolve
  })
  let checkRoute = (): void => {}
  let hooks: Promise<Hooks | undefined> | undefined
  let hasHooks = false

  const error: Engine['error'] = (message, cause, errors) => {
    events.emit('error', errorDetail(message, cause, errors))
  }

  /** A listener of the host's that throws stops nothing of ours. */
  const set = <T>(store: WritableAtom<T>, value: T): void => {
    try {
      store.set(value)
    } catch (cause) {
      error('A listener of $decision or $context threw.', cause)
    }
  }

  const engine = {
    $context: atom<Context>({ ...emptyContext, path: isBrowser ? location.pathname : '/' }),
    $decision: atom<ShownDecision>({ prompt: null }),
    events,
    tab,
    now,
    error,
    turn: () => decider.turn(),
    setContext: (context) => set(engine.$context, context),
    setDecision: (decision) => set(engine.$decision, decision),
    dropTracked: () => decider.drop(),
    reload() {
      engine.isStale = true
      engine.turn()
    },
    readSource(deadlineMs) {
      sourceAt = now()
      return reports.readSource(deadlineMs)
    },
    hasHooks: () => hasHooks,
    hooks() {
      hooks ??= import('./hooks.ts').then(
        ({ createHooks }) => {
          if (engine.isDestroyed) return
          hasHooks = true
          const made = createHooks(engine)
          stops.push(made.stop)
          return made
        },
        (cause) => {
          // It may be there when it is asked for again.
          hooks = undefined
          error('The code for guards and marked elements could not be loaded: actions go on unguarded.', cause)
          return undefined
        },
      )
      return hooks
    },
    settings: undefined,
    store: memoryStore(),
    renderer: undefined,
    rules: undefined,
    isOpen: false,
    isStale: false,
    isDestroyed: false,
    // A load begins a session where none is alive, and keeps none going.
    activeAt: Number.NEGATIVE_INFINITY,
    userKey: ANONYMOUS,
    accountKey: '',
    loading: Promise.resolve(),
    pauses: new Set(),
    anchors: new Map(),
    typingUntil: () => 0,
  } as Omit<Engine, 'keeper' | 'stage' | 'talk'> as Engine

  /** What another tab of this user says. */
  const hear = (message: TabMessage): void => {
    switch (message.type) {
      case 'active':
        if (Number.isFinite(message.at))
          engine.activeAt = Math.max(engine.activeAt, Math.min(message.at as number, now()))
        return
      case 'answered':
        for (const standing of engine.stage.stack()) {
          if (standing.ask === 'block' || standing.prompt.triggerId !== message.triggerId) continue
          engine.stage.take(standing, { type: 'lost' })
        }
        return engine.reload()
      case 'ledger':
        return engine.reload()
      case 'context':
        if (message.account === engine.accountKey && typeof message.at === 'number') {
          reports.take(message.report, Math.min(message.at, now()), true)
        }
        return
      case 'forget':
        return void call('forget', undefined, forget)()
    }
  }

  const keeper = keepLedger(
    () => engine.store,
    journal(),
    now,
    newId,
    error,
    () => engine.isOpen && !engine.isDestroyed,
    () => engine.userKey,
  )
  const talk = createTalk(tab, () => engine.userKey, hear)
  Object.assign(engine, { keeper, talk })
  const stage = createStage(engine)
  Object.assign(engine, { stage })
  const decider = createDecider(engine, clock, () => checkRoute())
  const reports = createReports(engine)

  const keep = (): void => {
    void keeper.update((ledger) => ({
      ledger: keepSession(ledger, engine.activeAt, now(), newId()),
      result: undefined,
    }))
  }

  /** Opens what consent allows. */
  const open = (): void => {
    if (engine.isOpen || isForgotten) return
    engine.isOpen = true
    talk.open()
    engine.loading = engine.loading.then(() => keeper.load())
    for (const decided of early.splice(0)) decided()
    engine.turn()
  }

  /** Clears this user's record, and shows nothing but blocks until the next load. */
  const forget = async (): Promise<void> => {
    isForgotten ||= engine.isOpen
    engine.isOpen = false
    for (const standing of stage.stack()) if (standing.ask !== 'block') stage.remove(standing)
    await keeper.forget(engine.settings ? [configKey(engine.settings.config)] : [])
  }

  const readFile = async (): Promise<void> => {
    const { settings } = engine
    if (!settings) return
    fileAt = now()
    await loadConfig(
      settings.config,
      () => (engine.isOpen && !engine.isDestroyed ? engine.store : undefined),
      (config) => {
        engine.rules = prepareRules(config, dayAt)
        engine.turn()
      },
      (message, errors, cause) => error(message, cause, errors),
      () => !!engine.rules,
    )
    begin()
  }

  /** Tells, once, that a file is in force; from then on the page's marked elements count. */
  const begin = (): void => {
    if (engine.isDestroyed || !engine.rules || !isReady) return
    if (!hasBegun) events.emit('ready', { at: toIso(now()) })
    hasBegun = true
    void engine.hooks()
  }

  const start = async (given: InitOptions): Promise<void> => {
    if (engine.settings) return error('init was called again: the first call holds.')
    if (!given.config || !/^(string|object)$/.test(typeof given.config)) {
      return error('init: expected { config }, its URL or the object itself.')
    }
    engine.settings = given
    engine.renderer = given.render
    engine.store = given.store ?? (isBrowser ? indexedDbStore() : memoryStore())
    if (isBrowser) watch()
    if (consented ?? given.consent === undefined) open()
    else if (consented === false) void call('forget', undefined, forget)()
    await Promise.all([readFile(), engine.readSource(READY_MS), engine.loading])
    isReady = true
    ready()
    begin()
  }

  const watch = (): void => {
    const routes = watchRoutes((path) => {
      engine.setContext({ ...engine.$context.get(), path })
      engine.turn()
    })
    checkRoute = routes.check
    const activity = watchActivity((at) => {
      const wasAway = !liveSession(keeper.ledger(), engine.activeAt, now())
      engine.activeAt = Math.max(engine.activeAt, at)
      talk.say({ type: 'active', at })
      if (wasAway) engine.turn()
      else keep()
    }, now)
    engine.typingUntil = activity.typingUntil
    const isDue = (at: number, everyMs: number): boolean => now() - at >= everyMs || now() < at
    stops.push(
      routes.stop,
      activity.stop,
      watchPageLife((life) => {
        if (life === 'leaving') {
          stage.clear()
          void hooks?.then((made) => made?.clear())
        } else if (life === 'hidden') keep()
        else {
          engine.reload()
          begin()
          if (isDue(sourceAt, SOURCE_MS)) void engine.readSource(READY_MS)
          if (isDue(fileAt, FILE_MS)) void readFile()
        }
      }),
    )
  }

  const standingOf = (triggerId: string | undefined): Standing | undefined =>
    stage.stack().findLast(({ prompt, held }) => !held && (triggerId === undefined || prompt.triggerId === triggerId))

  const untilReady = async (): Promise<void> => {
    if (!isReady) await Promise.race([whenReady, new Promise((late) => setTimeout(late, READY_MS))])
  }

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
        if (engine.isDestroyed) return fallback
        const wrong = kinds.findIndex((kind, i) => !kind.includes(typeof (args[i] ?? undefined)))
        if (wrong < 0) return await work(...args)
        error(`${name}: found ${typeof (args[wrong] ?? undefined)}, expected ${kinds[wrong]}.`)
        return fallback
      } catch (cause) {
        error(`${name} failed.`, cause)
        return fallback
      }
    }

  const desk = () => import('./desk.ts')

  const isType = (name: string, type: unknown): boolean => {
    const is =
      type === undefined || /^(limit_approaching|feature_discovery|team_growth|usage_milestone)$/.test(`${type}`)
    if (!is) error(`${name}: found ${type}, expected the type of a trigger.`)
    return is
  }

  /** Withdraws consent, in every tab. What was never given stays to be given. */
  const withdraw = async (): Promise<void> => {
    if (!engine.settings) consented = false
    else {
      talk.say({ type: 'forget' })
      await forget()
    }
  }

  const plimsoll: Plimsoll = {
    $decision: engine.$decision,
    $context: engine.$context,
    on: (type, fn) => {
      if (typeof fn === 'function') return events.on(type, fn)
      error(`on: found ${typeof fn}, expected function.`)
      return () => {}
    },
    off: call('off', undefined, events.off, 'string', 'function'),
    init: call('init', undefined, start, 'object'),
    identify: call('identify', undefined, (who) => reports.take(who, now())),
    usage: call('usage', undefined, (usage) => reports.take({ usage: usage ?? null }, now())),
    track: call('track', undefined, async (event, props) => {
      if (typeof event !== 'string' || !event)
        return error(`track: found ${typeof event}, expected the name of an event.`)
      decider.track(event)
      engine.turn()
      if (event !== 'search' && event !== 'feature_attempt') return
      await untilReady()
      const made = await engine.hooks()
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
        await untilReady()
        const made = await Promise.race([engine.hooks(), late])
        return made ? made.guard(action, request ?? {}, late) : { allowed: true, reason: 'unavailable' }
      },
      'string',
      'object or undefined',
    ),
    explain: call(
      'explain',
      [],
      async (triggerId) => {
        await untilReady()
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
        await untilReady()
        ;(await desk()).preview(engine, triggerId, context)
      },
      'string',
    ),
    consent: call(
      'consent',
      undefined,
      async (given) => {
        if (!given) return withdraw()
        if (engine.settings) open()
        else consented = true
      },
      'boolean',
    ),
    optOut: call('optOut', undefined, async (type) => {
      if (!isType('optOut', type)) return
      if (!engine.isOpen) return void early.push(() => plimsoll.optOut(type))
      await engine.loading
      await keeper.append({ t: 'optedOut', types: [type ?? 'all'], at: now() })
      talk.say({ type: 'ledger' })
      engine.turn()
    }),
    optIn: call('optIn', undefined, async (type) => {
      if (!isType('optIn', type)) return
      if (!engine.isOpen) return void early.push(() => plimsoll.optIn(type))
      await engine.loading
      await (await desk()).optIn(engine, type)
    }),
    forget: call('forget', undefined, async () => {
      isForgotten = true
      await withdraw()
    }),
    pause: call(
      'pause',
      undefined,
      (reason = '') => {
        engine.pauses.add(reason)
        stage.review()
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
      (triggerId) => {
        const standing = standingOf(triggerId)
        if (standing) stage.take(standing, { type: 'cancelled' })
      },
      OPTIONAL_TEXT,
    ),
    dismiss: call(
      'dismiss',
      undefined,
      (triggerId) => {
        const standing = standingOf(triggerId)
        if (standing) stage.take(standing, { type: 'dismissed', by: 'host' })
      },
      OPTIONAL_TEXT,
    ),
    report: call(
      'report',
      undefined,
      (triggerId, outcome) => {
        if (!/^(shown|clicked|dismissed|snoozed)$/.test(outcome)) {
          return error(`report: found ${outcome}, expected shown, clicked, dismissed or snoozed.`)
        }
        const standing = standingOf(triggerId)
        if (!standing) return
        if (outcome === 'shown' || outcome === 'snoozed') stage.take(standing, { type: outcome })
        else if (outcome === 'dismissed') stage.take(standing, { type: outcome, by: 'host' })
        else {
          stage.take(standing, { type: outcome, action: 'primary' })
          stage.remove(standing)
        }
      },
      'string',
      'string',
    ),
    reset: call('reset', undefined, reports.reset),
    destroy: call('destroy', undefined, () => {
      stage.clear()
      void hooks?.then((made) => made?.clear())
      engine.isDestroyed = true
      decider.stop()
      for (const stop of stops) stop()
      talk.close()
      engine.renderer?.destroy?.()
      engine.store.close?.()
      events.clear()
      engine.setDecision({ prompt: null })
    }),
  }

  if (options) void plimsoll.init(options)
  return plimsoll
}
