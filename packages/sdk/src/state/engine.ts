import type { WritableAtom } from 'nanostores'
import { isHostDialogOpen } from '../browser/hostDialog.ts'
import { isPageVisible } from '../browser/pageLife.ts'
import type { Context } from '../core/context.ts'
import type { DecideInput } from '../core/decide.ts'
import { kindOf, slotOf } from '../core/kind.ts'
import type { Prompt, WidgetKind } from '../core/prompt.ts'
import type { Rule, Rules } from '../core/rules.ts'
import type { Hooks } from '../hooks.ts'
import type { InitOptions } from '../plimsoll.ts'
import type { LedgerStore, Renderer } from '../ports.ts'
import type { Events } from './events.ts'
import type { LedgerKeeper } from './keepLedger.ts'
import type { Stage } from './stage.ts'
import type { Talk } from './talk.ts'

/** What shows now. */
export interface ShownDecision {
  /** The prompt to draw; `null`: nothing. */
  readonly prompt: Prompt | null
}

/** What the parts of one instance share: what it is made of, and what it knows now. */
export interface Engine {
  readonly $context: WritableAtom<Context>
  readonly $decision: WritableAtom<ShownDecision>
  readonly keeper: LedgerKeeper
  readonly events: Events
  readonly talk: Talk
  /** This tab's name among the tabs. */
  readonly tab: string
  readonly now: () => number
  /** Has everything decided anew, once, when this turn is over. */
  readonly turn: () => void
  /** Has the ledger read again, once, and everything decided anew. */
  readonly reload: () => void
  /** Sets what is known, or what shows. A listener of the host's that throws stops nothing of ours. */
  readonly setContext: (context: Context) => void
  readonly setDecision: (decision: ShownDecision) => void
  /** Forgets what was tracked and not yet counted: it was of who has left. */
  readonly dropTracked: () => void
  /** Reads the context source again, for so long at most. */
  readonly readSource: (deadlineMs: number) => Promise<void>
  readonly error: (message: string, cause?: unknown, errors?: readonly unknown[]) => void
  /** The code that shows prompts, fetched when the first is to show; `undefined` where it is blocked. */
  readonly openStage: () => Promise<Stage | undefined>
  /** The code that watches marked elements and guards, fetched when first needed; `undefined` where it is blocked. */
  readonly openHooks: () => Promise<Hooks | undefined>

  /** `undefined` until that code is there: then nothing stands, and nobody waits for it. */
  stage: Stage | undefined
  hooks: Hooks | undefined
  /** `undefined` before `init`. */
  settings: InitOptions | undefined
  store: LedgerStore
  renderer: Renderer | undefined
  rules: Rules | undefined
  /** Whether anything may be stored and shown: consent is given where it is needed, and nothing was forgotten. */
  isOpen: boolean
  /** Whether another may have written the ledger since it was read. */
  isStale: boolean
  isDestroyed: boolean
  /** Whether the page goes away, or is frozen: nothing is begun in the store until it is back. */
  isLeaving: boolean
  /** Whether marked elements count from now on: their code is fetched once none for a prompt is on its way, or is late. */
  awaitsHooks: boolean
  /** The user's latest own activity that this tab knows of, epoch milliseconds. */
  activeAt: number
  /** Names this user's record, and the account's part of it. */
  userKey: string
  accountKey: string
  /** What must be read before a decision. */
  loading: Promise<unknown>
  readonly pauses: Set<string>
  /** Kinds whose code is there, or cannot be had: then drawing says so. */
  readonly warm: Set<WidgetKind>
  /** The control last pointed at, focused or clicked, by feature. */
  readonly anchors: Map<string, Element>
  typingUntil: () => number
}

/** Whether there is a page to watch. Without one the engine is headless: it decides, and the host does the rest. */
export const isBrowser = typeof document !== 'undefined'

/** A short name that no other tab or reservation has. */
export function newId(): string {
  return Math.random().toString(36).slice(2, 10)
}

/** A moment as the outside writes it. */
export function toIso(at: number): string {
  return new Date(at).toISOString()
}

/** Everything to decide by, as it stands; `undefined` until there is a file. */
export function inputOf(engine: Engine): DecideInput | undefined {
  const { rules, $context, keeper, accountKey, tab, now, settings, stage, renderer } = engine
  // The page is searched only where it comes to that.
  let dialog: boolean | undefined
  return (
    rules && {
      rules,
      context: $context.get(),
      ledger: keeper.ledger(),
      accountKey,
      now: now(),
      page: {
        tab,
        visible: !isBrowser || isPageVisible(),
        typingUntilAt: engine.typingUntil(),
        get dialog() {
          dialog ??= isHostDialogOpen()
          return dialog
        },
        paused: engine.pauses.size > 0,
        consent: engine.isOpen,
        storage: keeper.works(),
        activeAt: engine.activeAt,
        hashBy: settings?.hashBy ?? 'account',
        hasPlace: ({ trigger }: Rule, variant: number) =>
          !stage?.isUndrawable(trigger.id) &&
          (renderer?.hasPlace?.(
            kindOf(trigger),
            trigger.variants[variant]?.slot ?? slotOf(trigger),
            'feature' in trigger ? trigger.feature : undefined,
          ) ??
            true),
      },
    }
  )
}

/** What `init` said of every prompt: its locale, where links may lead. */
export function mannerOf({ settings }: Engine): Pick<Prompt, 'locale' | 'linkOrigins'> {
  const { locale, linkOrigins } = settings ?? {}
  // As the URL parser writes an origin: without a slash at its end, in lower case.
  const origins = linkOrigins?.map((origin) => (URL.canParse(origin) ? new URL(origin).origin : ''))
  return { ...(locale !== undefined && { locale }), ...(origins && { linkOrigins: origins }) }
}
