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
import { configKey, loadConfig } from './loadConfig.ts'
import type { InitOptions } from './plimsoll.ts'
import { createDecider } from './state/decideNow.ts'
import { type Engine, isBrowser, newId, type ShownDecision, toIso } from './state/engine.ts'
import { createEvents, errorDetail } from './state/events.ts'
import { ANONYMOUS, keepLedger } from './state/keepLedger.ts'
import { memoryStore } from './state/memoryStore.ts'
import { createReports } from './state/takeReport.ts'
import { createTalk } from './state/talk.ts'

/** The context source is read at most this often when the tab becomes visible, and the file this often. */
const SOURCE_MS = 60_000
const FILE_MS = 15 * 60_000
/** Code that could not be had is asked for again this often at most. */
const CODE_MS = 30_000
/** What only the hooks answer. */
const MARKED = '[data-plimsoll-guard],[data-plimsoll-feature],[data-plimsoll-search]'
/** How long a call waits for the file and the ledger. */
export const READY_MS = 3000

/** When the visitor's day begins, or the one `plus` days after it. */
function dayAt(day: string, plus: number): number {
  // At noon, for some days begin later than at midnight.
  return new Date(`${day}T12:00`).setHours(24 * plus, 0, 0, 0)
}

/** One instance's life: from `init`, through the page's comings and goings, to `destroy`. */
export function createLife() {
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

  /**
   * Fetches code when it is first needed, and not for an instance that has ended. Where it cannot be had that is told
   * once, and it is asked for again, but not at every signal.
   */
  const lazily = <T>(load: () => Promise<T>, without: string): (() => Promise<T | undefined>) => {
    let loading: Promise<T | undefined> | undefined
    let failedAt = Number.NEGATIVE_INFINITY
    const attempt = async (): Promise<T | undefined> => {
      let code: T | undefined
      try {
        code = await load()
      } catch (cause) {
        if (failedAt < 0 && !engine.isDestroyed) error(without, cause)
      }
      if (!code) {
        loading = undefined
        failedAt = now()
      }
      return engine.isDestroyed ? undefined : code
    }
    return async () => {
      const isResting = now() - failedAt < CODE_MS && now() >= failedAt
      if (!isResting && !engine.isDestroyed) loading ??= attempt()
      return engine.isDestroyed ? undefined : loading
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
    openStage: lazily(async () => {
      const { createStage } = await import('./state/stage.ts')
      engine.stage ??= createStage(engine)
      return engine.stage
    }, 'The code for prompts could not be loaded: nothing shows, and actions go on unguarded.'),
    openHooks: lazily(async () => {
      const [{ createHooks }, stage] = await Promise.all([import('./hooks.ts'), engine.openStage()])
      if (engine.isDestroyed || !stage) return
      engine.hooks ??= createHooks(engine, stage)
      return engine.hooks
    }, 'The code for guards and marked elements could not be loaded: actions go on unguarded.'),
    stage: undefined,
    hooks: undefined,
    settings: undefined,
    store: memoryStore(),
    renderer: undefined,
    rules: undefined,
    isOpen: false,
    isStale: false,
    isDestroyed: false,
    isLeaving: false,
    awaitsHooks: false,
    // A load begins a session where none is alive, and keeps none going.
    activeAt: Number.NEGATIVE_INFINITY,
    userKey: ANONYMOUS,
    accountKey: '',
    loading: Promise.resolve(),
    pauses: new Set(),
    warm: new Set(),
    anchors: new Map(),
    typingUntil: () => 0,
  } as Omit<Engine, 'keeper' | 'talk'> as Engine

  /** What another tab of this user says. */
  const hear = (message: TabMessage): void => {
    switch (message.type) {
      case 'active':
        engine.activeAt = Math.max(engine.activeAt, Number(message.at) || 0)
        return
      case 'answered':
        for (const standing of engine.stage?.stack() ?? []) {
          if (standing.ask === 'block' || standing.prompt.triggerId !== message.triggerId) continue
          engine.stage?.take(standing, { type: 'lost' })
        }
        return engine.reload()
      case 'over':
        // What the user did before begins no other session.
        engine.activeAt = 0
        return engine.reload()
      case 'ledger':
        return engine.reload()
      case 'context':
        if (message.account === engine.accountKey && typeof message.at === 'number') {
          reports.take(message.report, Math.min(message.at, now()), 'Another tab')
        }
        return
      case 'forget':
        return void forget()
    }
  }

  const keeper = keepLedger(
    () => engine.store,
    journal(),
    now,
    newId,
    error,
    () => engine.isOpen && !engine.isDestroyed,
    () => engine.isLeaving,
    () => engine.userKey,
    () => end(),
  )
  const talk = createTalk(tab, () => engine.userKey, hear)
  Object.assign(engine, { keeper, talk })
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

  /** Stores nothing more, and shows nothing but blocks, until the next load. */
  const end = (): void => {
    isForgotten ||= engine.isOpen
    engine.isOpen = false
    for (const standing of engine.stage?.stack() ?? []) if (standing.ask !== 'block') engine.stage?.remove(standing)
  }

  /** Clears this user's record. Nothing is read meanwhile: who consents right after begins anew. */
  const forget = async (): Promise<void> => {
    end()
    const clearing = keeper
      .forget(engine.settings ? [configKey(engine.settings.config)] : [])
      .catch((cause) => error('forget failed.', cause))
    engine.loading = Promise.all([engine.loading, clearing])
    await clearing
  }

  const readFile = async (): Promise<void> => {
    const { settings } = engine
    if (!settings) return
    fileAt = now()
    // The file is stored too: whether the user wished to be forgotten meanwhile is known first.
    if (engine.isStale) await keeper.load()
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

  /** Tells, once, that a file is in force, and fetches what the page's marked elements need. */
  const begin = (): void => {
    if (engine.isDestroyed || !engine.rules || !isReady) return
    if (!hasBegun) events.emit('ready', { at: toIso(now()) })
    hasBegun = true
    // A form of the host's may be named `querySelector`.
    if (isBrowser && document.documentElement.querySelector(MARKED)) void engine.openHooks()
    else {
      // Nothing is marked yet: a prompt's code comes first.
      engine.awaitsHooks = true
      engine.turn()
    }
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
          engine.isLeaving = true
          engine.stage?.clear()
          engine.hooks?.clear()
          // The user may log out meanwhile, unheard here: what they did before begins no session when it is back.
          engine.activeAt = 0
        } else if (life === 'hidden') keep()
        else {
          engine.isLeaving = false
          engine.reload()
          begin()
          if (isDue(sourceAt, SOURCE_MS)) void engine.readSource(READY_MS)
          if (isDue(fileAt, FILE_MS)) void readFile()
        }
      }),
    )
  }

  return {
    engine,
    reports,
    track: decider.track,

    async start(given: InitOptions): Promise<void> {
      if (engine.settings) return error('init was called again: the first call holds.')
      if (!given.config || !/^(string|object)$/.test(typeof given.config)) {
        return error('init: expected { config }, its URL or the object itself.')
      }
      engine.settings = given
      engine.renderer = given.render
      engine.store = given.store ?? (isBrowser ? indexedDbStore() : memoryStore())
      if (isBrowser) watch()
      if (consented ?? given.consent === undefined) open()
      else if (consented === false) void forget()
      await Promise.all([readFile(), engine.readSource(READY_MS), engine.loading])
      isReady = true
      ready()
      begin()
    },

    /** Waits for the file and the ledger, for a while. */
    async untilReady(): Promise<void> {
      if (!isReady) await Promise.race([whenReady, new Promise((late) => setTimeout(late, READY_MS))])
    },

    /** Does what the user has decided, now or once it can be written down. */
    async decided(what: () => unknown): Promise<void> {
      const make = () => engine.loading.then(what)
      if (engine.isOpen) await make()
      else if (!isForgotten)
        early.push(() => make().catch((cause) => error('What was decided before could not be written down.', cause)))
    },

    consent(): void {
      if (engine.settings) open()
      else consented = true
    },

    /**
     * Withdraws consent, in every tab. What was never given stays to be given.
     *
     * @param isForGood Whether none that is given later counts, until the next load.
     */
    async withdraw(isForGood = false): Promise<void> {
      isForgotten ||= isForGood
      if (!engine.settings) consented = false
      else {
        talk.say({ type: 'forget' })
        await forget()
      }
    },

    destroy(): void {
      engine.stage?.clear()
      engine.hooks?.clear()
      engine.hooks?.stop()
      engine.isDestroyed = true
      decider.stop()
      for (const stop of stops) stop()
      talk.close()
      engine.store.close?.()
      events.clear()
      engine.setDecision({ prompt: null })
      // A host's own may throw.
      engine.renderer?.destroy?.()
    },
  }
}
