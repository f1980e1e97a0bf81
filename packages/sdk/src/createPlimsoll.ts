import { atom } from 'nanostores'
import { browserClock } from './browser/clock.ts'
import { fetchText } from './browser/fetchText.ts'
import { isHostDialogOpen, watchHostDialogs } from './browser/hostDialog.ts'
import { indexedDbStore } from './browser/indexedDbStore.ts'
import { journal as openJournal } from './browser/journal.ts'
import { isPageVisible, watchPageLife } from './browser/pageLife.ts'
import { openTabs, type TabMessage, type Tabs } from './browser/tabs.ts'
import { watchActivity } from './browser/watchActivity.ts'
import { watchElements } from './browser/watchElements.ts'
import { watchRoutes } from './browser/watchRoutes.ts'
import type { CheckedConfig } from './config/types.ts'
import { answerGuard, needOf } from './core/answerGuard.ts'
import { type Context, emptyContext, idOf, identify, reportUsage } from './core/context.ts'
import { type DecideInput, decide, judgeWith } from './core/decide.ts'
import { hash64 } from './core/hash.ts'
import { SESSION_MS } from './core/ledger.ts'
import { matchSearch } from './core/matchSearch.ts'
import { nameAccount } from './core/mergeLedgers.ts'
import { nextChangeAt } from './core/nextChangeAt.ts'
import { observe } from './core/observe.ts'
import type { GuardRequest } from './core/prompt.ts'
import { previewMatch } from './core/previewMatch.ts'
import { prepareRules, type Rule, type Rules } from './core/rules.ts'
import { keepSession, liveSession } from './core/session.ts'
import { kindOf, slotOf, toPrompt } from './core/toPrompt.ts'
import { configKey, loadConfig } from './loadConfig.ts'
import type { Explanation, InitOptions, Plimsoll } from './plimsoll.ts'
import type { LedgerStore, Renderer } from './ports.ts'
import { createBlocks } from './state/blocks.ts'
import { type Engine, type ShownDecision, toIso } from './state/engine.ts'
import { createEvents, errorDetail } from './state/events.ts'
import { ANONYMOUS, keepLedger } from './state/keepLedger.ts'
import { memoryStore } from './state/memoryStore.ts'
import { copyPlain, readContext, readMoment } from './state/readSignals.ts'
import { createStage } from './state/stage.ts'
import { tell } from './state/tell.ts'

/** The context source is read at most this often when the tab becomes visible. */
const SOURCE_MS = 60_000
const FILE_MS = 15 * 60_000
/** How long a search counts as being near a feature. */
const SEARCH_MS = 10_000
/** How long another tab has to say that it is there. */
const ANSWER_MS = 300
/** How long a call waits for the file and the ledger. */
const READY_MS = 3000
const ALL_TYPES = ['limit_approaching', 'feature_discovery', 'team_growth', 'usage_milestone']

/** A short name that no other tab or reservation has. */
function newId(): string {
  return Math.random().toString(36).slice(2, 10)
}

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
  const isBrowser = typeof document !== 'undefined'
  const tab = newId()
  const clock = browserClock()
  const { now } = clock
  const events = createEvents()
  const $context = atom<Context>({ ...emptyContext, path: isBrowser ? location.pathname : '/' })
  const $decision = atom<ShownDecision>({ prompt: null })
  const pauses = new Set<string>()
  const anchors = new Map<string, Element>()
  const tracked = new Map<string, number>()
  const stops: (() => void)[] = []
  let settings: InitOptions | undefined
  let renderer: Renderer | undefined
  let rules: Rules | undefined
  let tabs: Tabs | undefined
  let consented = true
  let forgotten = false
  let isDestroyed = false
  let activeAt = now()
  let typingUntil = (): number => 0
  let checkRoute = (): void => {}
  let userKey = ANONYMOUS
  let accountKey = ''
  let identifiedAt = Number.NEGATIVE_INFINITY
  let loading: Promise<unknown> = Promise.resolve()
  let lastNow = 0
  let lastQuery: { query: string; at: number } | undefined
  let sourceAt = Number.NEGATIVE_INFINITY
  let fileAt = Number.NEGATIVE_INFINITY
  let stopTimer = (): void => {}
  let stopDialogs: (() => void) | undefined
  let isReady = false
  let ready = (): void => {}
  const whenReady = new Promise<void>((resolve) => {
    ready = resolve
  })

  const error = (message: string, cause?: unknown, errors?: readonly unknown[]): void => {
    events.emit('error', errorDetail(message, cause, errors))
  }

  // Stays closed until `init`, so that nothing is opened before it.
  let store: LedgerStore = memoryStore()
  const keeper = keepLedger(
    { read: (keys) => store.read(keys), update: (keys, change) => store.update(keys, change), append: (key, entry) => store.append(key, entry), clear: (keys) => store.clear(keys) },
    openJournal(),
    now,
    newId,
    error,
    () => consented && !forgotten && !isDestroyed && !!settings,
  )

  const input = (): DecideInput | undefined =>
    rules && {
      rules,
      context: $context.get(),
      ledger: keeper.ledger(),
      accountKey,
      now: now(),
      page: {
        tab,
        visible: !isBrowser || isPageVisible(),
        typingUntilAt: typingUntil(),
        dialog: isHostDialogOpen(),
        paused: pauses.size > 0,
        consent: consented && !forgotten,
        storage: keeper.works(),
        activeAt,
        hashBy: settings?.hashBy ?? 'account',
        hasPlace,
      },
    }

  const hasPlace = ({ trigger }: Rule): boolean =>
    !stage.isUndrawable(trigger.id) &&
    (renderer?.hasPlace?.(kindOf(trigger), slotOf(trigger), 'feature' in trigger ? trigger.feature : undefined) ?? true)

  // ── Tabs ──────────────────────────────────────────────────────────────────

  const answers = new Map<string, (visible: boolean) => void>()

  const post: Engine['post'] = (message) => tabs?.post({ ...message, user: userKey })

  const ask = (other: string): Promise<{ alive: boolean; visible: boolean }> =>
    new Promise((resolve) => {
      if (!tabs?.supported) return resolve({ alive: true, visible: true })
      const timer = setTimeout(() => {
        answers.delete(other)
        resolve({ alive: false, visible: false })
      }, ANSWER_MS)
      answers.set(other, (visible) => {
        clearTimeout(timer)
        answers.delete(other)
        resolve({ alive: true, visible })
      })
      post({ type: 'who', tab: other })
    })

  const hear = (message: TabMessage): void => {
    const { type } = message
    if (type === 'who' && message.tab === tab) return post({ type: 'here', tab, visible: isPageVisible() })
    if (type === 'here') return answers.get(`${message.tab}`)?.(message.visible === true)
    if (message.user !== userKey) return
    switch (type) {
      case 'active':
        if (typeof message.at === 'number') activeAt = Math.max(activeAt, Math.min(message.at, now()))
        return
      case 'answered':
        for (const standing of stage.stack()) {
          if (standing.ask !== 'block' && standing.prompt.triggerId === message.triggerId) {
            standing.answered = true
            stage.remove(standing)
          }
        }
        return reload()
      case 'ledger':
        return reload()
      case 'context':
        if (message.account === accountKey && typeof message.at === 'number') take(message.report, message.at, true)
        return
      case 'forget':
        return void leave()
    }
  }

  const engine: Engine = {
    $context,
    $decision,
    keeper,
    events,
    tab,
    now,
    newId,
    input,
    renderer: () => renderer,
    manner: {},
    anchorOf: ({ trigger }) => ('feature' in trigger ? anchors.get(trigger.feature) : undefined),
    post,
    isAlive: (other) => ask(other).then(({ alive }) => alive),
    isVisibleElsewhere: (other) => ask(other).then(({ visible }) => visible),
    turn: () => turn(),
    error,
  }
  const stage = createStage(engine)
  const blocks = createBlocks(engine, stage, () => readSource(1500))

  // ── Deciding ──────────────────────────────────────────────────────────────

  let isDue = false
  let isRunning = false

  /** Signals of one turn compete in one decision: it is made when the turn is over. */
  const turn = (): void => {
    if (isDue || isDestroyed) return
    isDue = true
    setTimeout(run)
  }

  const run = async (): Promise<void> => {
    if (isRunning) return
    isDue = false
    isRunning = true
    try {
      await step()
    } catch (cause) {
      error('A decision failed: nothing shows for it.', cause)
    }
    isRunning = false
    if (isDue) setTimeout(run)
  }

  const reload = (): void => {
    loading = loading.then(() => keeper.load())
    turn()
  }

  const step = async (): Promise<void> => {
    await loading
    if (!rules || isDestroyed) return
    checkRoute()
    // A clock that was set back: what the copy holds must be read again, as now.
    if (now() < lastNow || !keeper.works()) await keeper.load()
    lastNow = now()
    await observeNow()
    stage.review()
    blocks.review()

    const current = input()
    if (!current) return
    const decision = decide(current)
    await stage.show(decision)
    if (isDestroyed) return
    await tellWithheld(decision.verdicts)
    await blocks.resume()
    wait(decision.verdicts)
  }

  /** Takes what is newly known into the ledger, and tells of rises. */
  const observeNow = async (): Promise<void> => {
    if (!rules || !keeper.works()) return
    const known = { rules, context: $context.get(), accountKey }
    const happened: { [event: string]: number } = {}
    for (const [event, times] of tracked) if (rules.byMetric.has(event)) happened[event] = times
    const id = newId()
    const look = (ledger: Parameters<typeof keepSession>[0], at: number) => {
      const kept = nameAccount(keepSession(ledger, activeAt, at, id), accountKey)
      return observe(kept, { ...known, now: at }, liveSession(kept, activeAt, at)?.id, happened)
    }
    tracked.clear()
    if (look(keeper.ledger(), now()).ledger === keeper.ledger()) return

    const done = await keeper.update((ledger, at) => {
      const observed = look(ledger, at)
      return { ledger: observed.ledger, result: { ...observed, before: ledger } }
    })
    if (!done) {
      for (const event of Object.keys(happened)) tracked.set(event, (tracked.get(event) ?? 0) + (happened[event] ?? 0))
      return
    }
    for (const rise of done.rises) convert(rise)
    if (done.rises.length) post({ type: 'ledger' })
  }

  const convert = (rise: ReturnType<typeof observe>['rises'][number]): void => {
    const { exposures = [] } = keeper.ledger().accounts[accountKey] ?? {}
    const last = (['clicked', 'shown', 'held_out'] as const)
      .map((outcome) => exposures.findLast((exposure) => exposure.outcome === outcome))
      .find((exposure) => exposure)
    if (!last) return
    const { triggerId, triggerType, variant } = last
    events.emit('conversion', {
      triggerId,
      triggerType,
      ...(variant !== undefined && { variant }),
      sessionId: keeper.ledger().session?.id ?? '',
      at: toIso(now()),
      figures: rise.of === 'limit' ? { resource: rise.resource, limit: rise.to } : { plan: rise.to },
      rise: rise.of,
      from: rise.from,
      to: rise.to,
      exposures: exposures.map((exposure) => ({ ...exposure, at: toIso(exposure.at) })),
    })
  }

  /** Tells of each matched trigger that a rule keeps back: once per reason and session, in one tab. */
  const tellWithheld = async (verdicts: ReturnType<typeof decide>['verdicts']): Promise<void> => {
    const own = ['disabled', 'schedule', 'audience', 'plan_unknown', 'no_next_plan', 'already_has', 'not_matched', 'figures']
    const held = verdicts.filter(({ reasons: [first] }) => first && !own.includes(first.reason))
    const keyOf = ({ triggerId, reasons }: (typeof held)[number]): string => `${triggerId}|${reasons[0]?.reason}`
    const told = keeper.ledger().session?.told ?? []
    if (!keeper.works() || held.every((verdict) => told.includes(keyOf(verdict)))) return
    const fresh = await keeper.update((ledger) => tell(ledger, held.map(keyOf)))
    for (const verdict of held) {
      if (!fresh?.includes(keyOf(verdict))) continue
      const { triggerId, triggerType, figures, reasons } = verdict
      const reason = (reasons[0] as (typeof reasons)[number]).reason
      const sessionId = keeper.ledger().session?.id ?? ''
      events.emit('withheld', { triggerId, triggerType, sessionId, at: toIso(now()), figures, reason })
    }
  }

  /** Sets the one timer, to the next moment at which time alone may change something. */
  const wait = (verdicts: ReturnType<typeof decide>['verdicts']): void => {
    stopTimer()
    const stands = stage.stack().some(({ claim }) => claim)
    const { session } = keeper.ledger()
    const sessionEnd = stands && session ? Math.max(session.activeAt, activeAt) + SESSION_MS : undefined
    const change = nextChangeAt(verdicts, $context.get(), now())
    const next = Math.min(change ?? Number.POSITIVE_INFINITY, sessionEnd ?? Number.POSITIVE_INFINITY)
    if (next < Number.POSITIVE_INFINITY) stopTimer = clock.at(next, turn)

    const needsDialogs = stage.stack().length > 0 || verdicts.some(({ reasons }) => reasons.some(({ reason }) => reason === 'dialog'))
    if (!needsDialogs) {
      stopDialogs?.()
      stopDialogs = undefined
    } else if (isBrowser) stopDialogs ??= watchHostDialogs(turn)
  }

  // ── Signals ───────────────────────────────────────────────────────────────

  /** Takes in what a host, a source or another tab says of user, account and usage. */
  const take = (report: unknown, at: number, isShared = false): void => {
    const { user, account, usage, faults } = readContext(report, at)
    for (const fault of faults) error(`identify or usage: ${fault}.`)
    let context = $context.get()
    if ((user || account) && at >= identifiedAt) {
      identifiedAt = at
      context = identify(context, { ...(user && { user }), ...(account && { account }) })
      const { createdAt: _, ...rest } = context
      const createdAt = readMoment(context.account.createdAt)
      context = { ...rest, ...(createdAt !== undefined && { createdAt }) }
    }
    if (usage) context = reportUsage(context, usage)
    $context.set(context)
    turnToLedger()
    if (!isShared && !faults.length) post({ type: 'context', account: accountKey, report: copyPlain(report), at })
    turn()
  }

  /** Turns to the ledger of whoever is here now. */
  const turnToLedger = (): void => {
    const { user, account } = $context.get()
    const nextUser = idOf(user) ? `u${hash64(idOf(user))}` : ANONYMOUS
    const nextAccount = idOf(account) ? hash64(idOf(account)) : ''
    const isOther = userKey !== ANONYMOUS && nextUser !== userKey
    if (isOther || (accountKey && nextAccount !== accountKey)) {
      stage.clear()
      blocks.clear()
    }
    accountKey = nextAccount
    if (nextUser === userKey) return
    userKey = nextUser
    const to = accountKey
    loading = loading.then(async () => {
      await keeper.turnTo(nextUser, to)
      // Another user begins a session of their own.
      if (isOther) await endSession()
    })
  }

  const endSession = () =>
    keeper.update(({ session: _, ...ledger }) => ({ ledger, result: undefined }))

  /** Reads the context source, within a deadline. */
  const readSource = async (deadlineMs: number): Promise<void> => {
    const source = settings?.context
    if (source === undefined) return
    const at = (sourceAt = now())
    try {
      const reading = (async () =>
        typeof source === 'string' ? JSON.parse(await fetchText(source, { cache: 'no-store' })) : typeof source === 'function' ? await source() : source)()
      const late = new Promise<undefined>((done) => setTimeout(done, deadlineMs))
      const take1 = reading.then((report) => !isDestroyed && take(report, at))
      await Promise.race([take1, late])
      take1.catch(() => {})
    } catch (cause) {
      error('The context source could not be read.', cause)
    }
  }

  const readFile = async (): Promise<void> => {
    if (!settings) return
    fileAt = now()
    await loadConfig(
      settings.config,
      consented && !forgotten ? store : undefined,
      useConfig,
      (message, errors, cause) => error(message, cause, errors),
    )
  }

  const useConfig = (config: CheckedConfig): void => {
    if (isDestroyed) return
    rules = prepareRules(config, dayAt)
    if (lastQuery) search(lastQuery.query, lastQuery.at)
    turn()
  }

  const near = (feature: string, untilAt: number | undefined): void => {
    const context = $context.get()
    const next = Object.assign(Object.create(null), context.near) as { [feature: string]: { untilAt: number } }
    if (untilAt === undefined) delete next[feature]
    else next[feature] = { untilAt }
    $context.set({ ...context, near: next })
    turn()
  }

  const search = (query: string, at = now()): void => {
    lastQuery = { query, at }
    for (const [feature, keywords] of rules?.keywords ?? []) {
      if (at + SEARCH_MS > now() && matchSearch(query, keywords)) near(feature, at + SEARCH_MS)
    }
  }

  /** Answers a click on a locked control: every time, and counted for nothing. */
  const attempt = (feature: string, anchor?: Element): void => {
    if (anchor) anchors.set(feature, anchor)
    void keeper.append({ t: 'attempt', feature, at: now() })
    const current = input()
    if (!current || stage.stack().some(({ ask }) => ask === 'block')) return
    const judge = judgeWith(current)
    for (const rule of current.rules.byFeature.get(feature) ?? []) {
      const { candidate } = judge(rule, 'asked', false, { figures: {}, counter: { account: null, key: feature } })
      if (!candidate) continue
      if (stage.stack().some(({ prompt }) => prompt.triggerId === rule.trigger.id)) return
      const prompt = toPrompt(candidate, current, { asked: true, preview: false, ...engine.manner })
      for (const standing of stage.stack()) if (standing.ask === 'asked') stage.remove(standing)
      stage.put({ rule, match: candidate.match, ask: 'asked', prompt, ...(anchor && { anchor }) })
      return
    }
  }

  // ── Life ──────────────────────────────────────────────────────────────────

  const active = (at: number): void => {
    const wasAway = !liveSession(keeper.ledger(), activeAt, now())
    activeAt = Math.max(activeAt, at)
    post({ type: 'active', at })
    if (wasAway) return turn()
    void keeper.update((ledger) => ({ ledger: keepSession(ledger, activeAt, now(), newId()), result: undefined }))
  }

  /** Opens what consent allows. */
  const open = (): void => {
    tabs ??= openTabs('plimsoll', hear)
    loading = loading.then(() => keeper.load())
    turn()
  }

  const leave = async (): Promise<void> => {
    forgotten = true
    for (const standing of [...stage.stack()]) if (standing.ask !== 'block') stage.remove(standing)
    await keeper.forget(settings ? [configKey(settings.config)] : [])
  }

  const start = async (given: InitOptions): Promise<void> => {
    if (settings) return error('init was called again: the first call holds.')
    settings = given
    consented = given.consent !== 'required'
    renderer = given.render
    Object.assign(engine.manner, {
      ...(given.locale !== undefined && { locale: given.locale }),
      ...(given.linkOrigins && { linkOrigins: given.linkOrigins }),
    })
    store = given.store ?? (isBrowser ? indexedDbStore() : memoryStore())
    activeAt = now()
    if (isBrowser) watch()
    if (consented) open()
    await Promise.all([readFile(), readSource(READY_MS), loading])
    isReady = true
    ready()
    if (rules) events.emit('ready', { at: toIso(now()) })
  }

  const watch = (): void => {
    const routes = watchRoutes((path) => {
      $context.set({ ...$context.get(), path })
      turn()
    })
    checkRoute = routes.check
    const activity = watchActivity(active, now)
    typingUntil = activity.typingUntil
    stops.push(
      routes.stop,
      activity.stop,
      watchElements({
        onNear(feature, element) {
          anchors.set(feature, element)
          near(feature, Number.POSITIVE_INFINITY)
        },
        onAway: (feature) => near(feature, undefined),
        onAttempt(feature, element) {
          if (!element.hasAttribute('data-plimsoll-guard')) attempt(feature, element)
        },
        onSearch: (query) => search(query),
        onGuard(action, request) {
          const need = needOf(action, request)
          const current = input()
          if (need && current && answerGuard(need, current).allowed) return true
          return plimsoll.guard(action, request).then(({ allowed }) => allowed)
        },
        onError: (message) => error(message),
      }),
      watchPageLife((life) => {
        if (life === 'leaving') {
          blocks.clear()
          stage.clear()
        } else if (life === 'hidden') {
          void keeper.update((ledger) => ({ ledger: keepSession(ledger, activeAt, now(), newId()), result: undefined }))
        } else {
          reload()
          if (now() - sourceAt > SOURCE_MS || now() < sourceAt) void readSource(READY_MS)
          if (now() - fileAt > FILE_MS || now() < fileAt) void readFile()
        }
      }),
    )
  }

  // ── Calls ─────────────────────────────────────────────────────────────────

  const standingOf = (triggerId: string | undefined) =>
    stage.stack().findLast(({ prompt }) => triggerId === undefined || prompt.triggerId === triggerId)

  const untilReady = (): Promise<unknown> =>
    isReady ? Promise.resolve() : Promise.race([whenReady, new Promise((done) => setTimeout(done, READY_MS))])

  /** Makes a call that never throws and always settles. */
  const call =
    <A extends readonly unknown[], R>(name: string, fallback: R, work: (...args: A) => R | Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return isDestroyed ? fallback : await work(...args)
      } catch (cause) {
        error(`${name} failed.`, cause)
        return fallback
      }
    }

  const plimsoll: Plimsoll = {
    $decision,
    $context,
    on: events.on,
    off: events.off,
    init: call('init', undefined, start),
    identify: call('identify', undefined, (who) => take(who, now())),
    usage: call('usage', undefined, (usage) => take({ usage }, now())),
    track: call('track', undefined, (event, props) => {
      if (typeof event !== 'string' || !event) return error(`track: found ${typeof event}, expected the name of an event.`)
      if (event === 'search') search(`${props?.query ?? ''}`)
      if (event === 'feature_attempt') attempt(`${props?.feature ?? ''}`)
      if (tracked.size < 1000 || tracked.has(event)) tracked.set(event, (tracked.get(event) ?? 0) + 1)
      turn()
    }),
    page: call('page', undefined, (path) => {
      if (!isBrowser) activeAt = now()
      $context.set({ ...$context.get(), path: typeof path === 'string' ? path : isBrowser ? location.pathname : '/' })
      turn()
    }),
    guard: call('guard', { allowed: true, reason: 'unavailable' }, async (action, request) => {
      await untilReady()
      const guarded = (request ?? {}) as GuardRequest
      const result = await blocks.guard(action, guarded)
      return result
    }),
    explain: call('explain', [], async (triggerId) => {
      await untilReady()
      await loading
      const current = input()
      if (!current) return []
      const { show, verdicts } = decide(current, current.rules.all.values(), true)
      return verdicts
        .filter((verdict) => triggerId === undefined || verdict.triggerId === triggerId)
        .map(({ triggerId: id, triggerType, reasons }): Explanation => ({
          triggerId: id,
          triggerType,
          wouldShow: show?.rule.trigger.id === id && !show.held,
          reasons: reasons.map(({ reason, untilAt, figures = {} }) => ({
            reason,
            ...(untilAt !== undefined && { untilAt: toIso(untilAt) }),
            figures,
          })),
        }))
    }),
    preview: call('preview', undefined, async (triggerId, context) => {
      await untilReady()
      showPreview(triggerId, context)
    }),
    consent: call('consent', undefined, async (given) => {
      if (given) {
        const was = consented && !forgotten
        consented = true
        forgotten = false
        if (!was && settings) open()
        return
      }
      consented = false
      post({ type: 'forget' })
      await leave()
    }),
    optOut: call('optOut', undefined, async (type) => {
      await loading
      await keeper.append({ t: 'optedOut', types: [type ?? 'all'], at: now() })
      post({ type: 'ledger' })
      turn()
    }),
    optIn: call('optIn', undefined, async (type) => {
      await loading
      await keeper.update((ledger) => {
        const out = ledger.optOuts.includes('all') ? ALL_TYPES : ledger.optOuts
        return { ledger: { ...ledger, optOuts: type === undefined ? [] : out.filter((other) => other !== type) }, result: undefined }
      })
      post({ type: 'ledger' })
      turn()
    }),
    forget: call('forget', undefined, async () => {
      post({ type: 'forget' })
      await leave()
    }),
    pause: call('pause', undefined, (reason = '') => {
      pauses.add(reason)
      stage.review()
    }),
    resume: call('resume', undefined, (reason = '') => {
      pauses.delete(reason)
      turn()
    }),
    close: call('close', undefined, (triggerId) => {
      const standing = standingOf(triggerId)
      if (standing) stage.take(standing, { type: 'cancelled' })
    }),
    dismiss: call('dismiss', undefined, (triggerId) => {
      const standing = standingOf(triggerId)
      if (standing) stage.take(standing, { type: 'dismissed', by: 'host' })
    }),
    report: call('report', undefined, (triggerId, outcome) => {
      const standing = standingOf(triggerId)
      if (!standing) return
      if (outcome === 'shown' || outcome === 'snoozed') stage.take(standing, { type: outcome })
      else if (outcome === 'dismissed') stage.take(standing, { type: outcome, by: 'host' })
      else if (outcome === 'clicked') {
        stage.take(standing, { type: outcome, action: 'primary' })
        stage.remove(standing)
      } else error(`report: found ${outcome}, expected shown, clicked, dismissed or snoozed.`)
    }),
    reset: call('reset', undefined, async () => {
      stage.clear()
      blocks.clear()
      await loading
      await endSession()
      const { path } = $context.get()
      $context.set({ ...emptyContext, path })
      identifiedAt = Number.NEGATIVE_INFINITY
      userKey = ANONYMOUS
      accountKey = ''
      activeAt = now()
      loading = keeper.turnTo(ANONYMOUS, '').then(endSession)
      turn()
    }),
    destroy: call('destroy', undefined, async () => {
      stage.clear()
      blocks.clear()
      isDestroyed = true
      stopTimer()
      stopDialogs?.()
      for (const stop of stops) stop()
      tabs?.close()
      renderer?.destroy?.()
      store.close?.()
      events.clear()
      $decision.set({ prompt: null })
    }),
  }

  /** Shows a trigger's widget as it would look, with the figures at hand, else with a sample. */
  const showPreview = (triggerId: string, context: unknown): void => {
    const known = input()
    const rule = known?.rules.all.get(triggerId)
    if (!known || !rule) return error(`preview: there is no trigger ${triggerId}.`)
    const { user, account, usage } = readContext(context ?? {}, now())
    const given = identify(known.context, { ...(user && { user }), ...(account && { account }) })
    const current = { ...known, context: usage ? reportUsage(given, usage) : given }
    const match = previewMatch(rule, current)
    const prompt = toPrompt({ rule, match, variant: -1, held: false }, current, { asked: false, preview: true, ...engine.manner })
    for (const standing of stage.stack()) if (standing.prompt.preview) stage.remove(standing)
    stage.put({ rule, match, ask: 'asked', prompt })
  }

  if (options) void plimsoll.init(options)
  return plimsoll
}
