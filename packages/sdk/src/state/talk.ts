import { isPageVisible } from '../browser/pageLife.ts'
import { openTabs, type TabMessage, type Tabs } from '../browser/tabs.ts'

/** What tabs of one user tell each other. */
export type Saying =
  /** The ledger has changed. */
  | { readonly type: 'ledger' }
  /** The user has left: their session is over. */
  | { readonly type: 'over' }
  /** The user has answered a trigger's prompt: it closes everywhere. */
  | { readonly type: 'answered'; readonly triggerId: string }
  | { readonly type: 'active'; readonly at: number }
  /** A host's report, for tabs of the same account. */
  | { readonly type: 'context'; readonly account: string; readonly report: unknown; readonly at: number }
  | { readonly type: 'forget' }

/** What is known of another tab. */
export interface Presence {
  readonly isAlive: boolean
  readonly isVisible: boolean
}

export interface Talk {
  open(): void
  close(): void
  /** @param user Whose tabs hear it; those of the user here, where none is given. */
  say(saying: Saying, user?: string): void
  /** Asks after another tab; no answer within a second and a half means that it is gone, or frozen. */
  ask(tab: string): Promise<Presence>
}

/** How long another tab has to say that it is there, and how often it is asked: one that says nothing may be busy. */
const ANSWER_MS = 300
const ASKS = 5

/**
 * Talks with the other tabs of the same user, once opened.
 *
 * @param hear Gets what another tab of this user says; its fields are still to be checked.
 */
export function createTalk(tab: string, userKey: () => string, hear: (message: TabMessage) => void): Talk {
  /** Questions under way, by the tab asked: whoever asks meanwhile gets the same answer. */
  const waiting = new Map<
    string,
    { readonly answer: (visible: boolean) => void; readonly presence: Promise<Presence> }
  >()
  let tabs: Tabs | undefined

  const onMessage = (message: TabMessage): void => {
    const { type } = message
    if (type === 'who') {
      if (message.tab === tab) tabs?.post({ type: 'here', tab, visible: isPageVisible() })
    } else if (type === 'here') waiting.get(`${message.tab}`)?.answer(message.visible === true)
    else if (message.user === userKey()) hear(message)
  }

  return {
    open() {
      tabs ??= openTabs('plimsoll', onMessage)
    },
    close() {
      tabs?.close()
      tabs = undefined
    },
    say: (saying, user = userKey()) => tabs?.post({ ...saying, user }),
    ask(other) {
      // Where tabs cannot talk, another is taken to be there: fewer prompts, not more.
      if (!tabs?.supported) return Promise.resolve({ isAlive: true, isVisible: true })
      const asked = waiting.get(other)
      if (asked) return asked.presence
      let answer = (_: boolean): void => {}
      const presence = new Promise<Presence>((resolve) => {
        const settle = (known: Presence): void => {
          clearTimeout(timer)
          waiting.delete(other)
          resolve(known)
        }
        let timer: ReturnType<typeof setTimeout>
        let left = ASKS
        const askOnce = (): void => {
          if (!left--) return settle({ isAlive: false, isVisible: false })
          tabs?.post({ type: 'who', tab: other })
          timer = setTimeout(askOnce, ANSWER_MS)
        }
        answer = (isVisible) => settle({ isAlive: true, isVisible })
        askOnce()
      })
      waiting.set(other, { answer, presence })
      return presence
    },
  }
}
