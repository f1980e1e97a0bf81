import { listen } from './listen.ts'

/** What tabs tell each other: plain data, told apart by `type`. Whatever else it holds is to be checked by who reads it. */
export interface TabMessage {
  readonly type: string
  readonly [key: string]: unknown
}

export interface Tabs {
  /** Whether other tabs can be told anything. Without it they learn from the ledger. */
  readonly supported: boolean
  /** Tells every other tab of this origin. */
  post(message: TabMessage): void
  close(): void
}

/**
 * Opens a channel to the other tabs. What other scripts post on it is ignored.
 *
 * It is shut while the page is in the back/forward cache, which refused pages with an open channel in older browsers;
 * what was said meanwhile is missed, so read the ledger again when the page returns.
 */
export function openTabs(name: string, onMessage: (message: TabMessage) => void): Tabs {
  let channel: BroadcastChannel | undefined

  const open = () => {
    if (channel) return
    try {
      channel = new BroadcastChannel(name)
      listen(
        {
          message({ data }) {
            if (data?.plimsoll === 1 && typeof data.type === 'string') onMessage(data)
          },
        },
        channel,
      )
    } catch {
      // There are none, or not here.
    }
  }
  const shut = () => {
    channel?.close()
    channel = undefined
  }

  // A server has no tabs, and an open channel would keep its process alive.
  if (globalThis.document) open()
  const supported = !!channel
  const stop = supported ? listen({ pagehide: shut, pageshow: open }) : shut

  return {
    supported,
    post(message) {
      try {
        channel?.postMessage({ ...message, plimsoll: 1 })
      } catch {
        // What cannot be cloned is not said.
      }
    },
    close() {
      stop()
      shut()
    },
  }
}
