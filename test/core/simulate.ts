import { type Context, emptyContext, identify, reportUsage, type Usage } from '../../packages/sdk/src/core/context.ts'
import { type Candidate, type DecideInput, decide, judgeWith } from '../../packages/sdk/src/core/decide.ts'
import { type Ledger, newLedger } from '../../packages/sdk/src/core/ledger.ts'
import { notice, type Rise } from '../../packages/sdk/src/core/observe.ts'
import { applyEntry, type Claim, type Entry } from '../../packages/sdk/src/core/outcome.ts'
import { parseLedger, pruneLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import type { Traits } from '../../packages/sdk/src/core/prompt.ts'
import { answerOf, confirm, keepsPlace, reserve } from '../../packages/sdk/src/core/reserve.ts'
import type { Rules } from '../../packages/sdk/src/core/rules.ts'
import { NOW, PAGE } from './sample.ts'

/** What happens in a world, for whoever keeps the books. */
export type Happening =
  | { readonly type: 'reserved' | 'impression'; readonly claim: Claim; readonly held: boolean }
  | { readonly type: 'clicked' | 'dismissed' | 'snoozed' | 'left' | 'crashed'; readonly claim: Claim }
  | { readonly type: 'rise'; readonly rise: Rise }

interface Standing {
  readonly candidate: Candidate
  readonly claim: Claim
  confirmed: boolean
}

interface Tab {
  name: string
  visible: boolean
  /** The tab's copy of the ledger. */
  cache: Ledger
  standing?: Standing | undefined
}

export type Report = Partial<Omit<Usage, 'askedAt'>> & { readonly used: number }

/** How an answer reaches the store: at once, twice (replayed from the journal), or only when the journal is replayed. */
export type Delivery = 'once' | 'twice' | 'late'

/**
 * One browser profile with several tabs, by the core alone and without chance: one stored record, as text, and a copy of
 * it in each tab; context is shared as soon as it is said. Every method but `advance` is one step of one tab.
 */
export function simulate(rules: Rules, tabCount = 1, tell: (happening: Happening) => void = () => {}) {
  let now = NOW
  let record: string | undefined
  let appended: string[] = []
  let journal: string[] = []
  let context: Context = emptyContext
  let accountKey = ''
  let activeAt = now
  let ids = 0
  const newId = (): string => `id${++ids}`
  const tabs: Tab[] = Array.from({ length: tabCount }, () => ({
    name: newId(),
    visible: true,
    cache: newLedger(newId()),
  }))
  const tabAt = (i: number): Tab => tabs[i % tabCount] as Tab

  const parse = (): Ledger => {
    const entries = appended.map((entry) => JSON.parse(entry))
    const parsed = parseLedger(record && JSON.parse(record), entries, now, newId())
    if (parsed.spoiled || parsed.newer) throw new Error(`The record could not be read: ${record}`)
    return parsed.ledger
  }
  const load = (tab: Tab): void => {
    appended.push(...journal)
    journal = []
    tab.cache = parse()
  }
  const update = <T>(tab: Tab, change: (ledger: Ledger) => { readonly ledger: Ledger; readonly result: T }): T => {
    const { ledger, result } = change(parse())
    record = JSON.stringify(pruneLedger(ledger, now))
    appended = []
    tab.cache = JSON.parse(record)
    return result
  }
  const append = (tab: Tab, entry: Entry, delivery: Delivery = 'once'): void => {
    const text = JSON.stringify(entry)
    if (delivery === 'late') journal.push(text)
    else appended.push(text)
    if (delivery === 'twice') journal.push(text)
    tab.cache = applyEntry(tab.cache, entry)
  }
  const inputOf = ({ name, visible, cache }: Tab, ledger = cache): DecideInput => ({
    rules,
    context,
    ledger,
    accountKey,
    page: { ...PAGE, tab: name, visible, activeAt },
    now,
  })

  /** Takes a prompt away that nobody answered. */
  const withdraw = (tab: Tab): void => {
    const { standing } = tab
    if (!standing) return
    tab.standing = undefined
    append(tab, { t: 'left', claim: standing.claim, at: now, counted: standing.confirmed })
    tell({ type: 'left', claim: standing.claim })
  }
  /** Withdraws what may not stand any more. */
  const review = (tab: Tab): void => {
    const { standing } = tab
    if (!standing) return
    const { claim, candidate } = standing
    const stays = judgeWith(inputOf(tab))(candidate.rule, 'standing', false, candidate.match).candidate
    if (!stays || !keepsPlace(inputOf(tab), claim)) withdraw(tab)
  }
  const tellOthers = (tab: Tab): void => {
    for (const other of tabs) {
      if (other === tab) continue
      load(other)
      review(other)
    }
  }
  const look = (tab: Tab, events: { readonly [event: string]: number } = {}): void => {
    const id = newId()
    const see = (ledger: Ledger) => notice(ledger, { rules, context, accountKey, now }, activeAt, id, events)
    if (see(tab.cache).ledger === tab.cache) return
    for (const rise of update(tab, see)) tell({ type: 'rise', rise })
    tellOthers(tab)
  }

  const world = {
    /** The moment of the world's clock. */
    now: (): number => now,
    context: (): Context => context,
    accountKey: (): string => accountKey,
    /** The record as it would be read now. */
    ledger: (): Ledger => parse(),
    /** The record's length, in characters. */
    size: (): number => (record ?? '').length,
    input: (i = 0): DecideInput => inputOf(tabAt(i)),
    /** The trigger of the prompt that stands in a tab. */
    standing: (i = 0): string | undefined => tabAt(i).standing?.claim.triggerId,
    /** How many tabs have a prompt on screen. */
    onScreen: (): number => tabs.filter(({ standing }) => standing).length,

    identify(who: { readonly user?: Traits; readonly account?: Traits }, i = 0): void {
      const before = accountKey
      context = { ...identify(context, who), identifiedAt: now }
      accountKey = String(context.account.id ?? '')
      if (before && accountKey !== before) tabs.forEach(withdraw)
      look(tabAt(i))
      review(tabAt(i))
    },
    usage(reports: { readonly [resource: string]: Report }, i = 0): void {
      const read = ([resource, report]: [string, Report]) => [resource, { pending: 0, ...report, askedAt: now }]
      context = reportUsage(context, Object.fromEntries(Object.entries(reports).map(read)), now)
      look(tabAt(i))
      tabs.forEach(review)
    },
    track(event: string, times = 1, i = 0): void {
      look(tabAt(i), { [event]: times })
    },
    near(feature: string, isNear = true): void {
      const { [feature]: _, ...near } = context.near
      context = { ...context, near: isNear ? { ...near, [feature]: { untilAt: Number.POSITIVE_INFINITY } } : near }
    },
    /** The user's own activity: every tab hears of it, and one writes it down. */
    active(i = 0): void {
      activeAt = now
      look(tabAt(i))
    },
    advance(ms: number): void {
      now += ms
    },
    /** Sets the clock. What was stored later than it is read, and stored again, as now. */
    setClock(by: number): void {
      now += by
      if (by >= 0) return
      activeAt = Math.min(activeAt, now)
      tabs.forEach(load)
      update(tabAt(0), (ledger) => ({ ledger, result: undefined }))
      tellOthers(tabAt(0))
    },
    /** Observes, reviews, decides, and reserves what is to show. */
    turn(i = 0): void {
      const tab = tabAt(i)
      look(tab)
      review(tab)
      if (!tab.visible || tab.standing) return
      const { show, verdicts } = decide(inputOf(tab))
      const waiting = verdicts.find(({ reasons }) => reasons.length === 1 && reasons[0]?.reason === 'on_screen')
      const id = show?.rule.trigger.id ?? waiting?.triggerId
      if (id === undefined) return

      const attempt = (evict?: string) =>
        update(tab, (ledger) => {
          const result = reserve(inputOf(tab, ledger), id, newId(), evict)
          return { ledger: result.ledger, result }
        })
      let got = attempt()
      const { heldBy } = got
      const holder = tabs.find(({ name }) => name === heldBy?.tab)
      // Of a tab that is gone, what it had not confirmed lapses by itself.
      if (heldBy && holder !== tab && (holder ? !holder.visible : heldBy.shown)) got = attempt(heldBy.id)
      const { claim, candidate } = got
      if (!claim || !candidate) return
      tab.standing = { claim, candidate, confirmed: candidate.held }
      tell({ type: 'reserved', claim, held: candidate.held })
      if (candidate.held) tell({ type: 'impression', claim, held: true })
      tellOthers(tab)
    },
    /** The prompt has been visible for a second. */
    confirm(i = 0): void {
      const tab = tabAt(i)
      review(tab)
      const { standing } = tab
      if (!standing || standing.confirmed || !tab.visible) return
      const counted = update(tab, (ledger) => {
        const result = confirm(inputOf(tab, ledger), standing.claim)
        return { ledger: result.ledger, result: result.counted }
      })
      if (counted) {
        standing.confirmed = true
        tell({ type: 'impression', claim: standing.claim, held: false })
      } else withdraw(tab)
      tellOthers(tab)
    },
    answer(t: 'clicked' | 'dismissed' | 'snoozed', i = 0, delivery: Delivery = 'once'): void {
      const tab = tabAt(i)
      world.active(i)
      review(tab)
      const { standing } = tab
      if (!standing || standing.candidate.held || !tab.visible) return
      const { claim, confirmed, candidate } = standing
      tab.standing = undefined
      const judged = judgeWith(inputOf(tab))(candidate.rule, 'standing', false, candidate.match)
      append(
        tab,
        answerOf(t, claim, { trigger: candidate.rule.trigger, figures: judged.figures }, now, confirmed),
        delivery,
      )
      if (!confirmed) tell({ type: 'impression', claim, held: false })
      tell({ type: t, claim })
    },
    optOut(type: string, i = 0): void {
      append(tabAt(i), { t: 'optedOut', types: [type], at: now })
      tellOthers(tabAt(i))
      review(tabAt(i))
    },
    setVisible(visible: boolean, i = 0): void {
      tabAt(i).visible = visible
    },
    /** The tab dies without a word, and another page is loaded in its place. */
    crash(i = 0): void {
      const tab = tabAt(i)
      const { standing } = tab
      tab.standing = undefined
      tab.name = newId()
      load(tab)
      if (standing) tell({ type: 'crashed', claim: standing.claim })
    },
    /** The journal hands the store what it still holds. */
    replay(i = 0): void {
      load(tabAt(i))
    },
  }
  look(tabAt(0))
  return world
}

export type World = ReturnType<typeof simulate>
