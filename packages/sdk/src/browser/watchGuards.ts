import type { GuardRequest } from '../core/prompt.ts'
import { findMarked, pathOf } from './elements.ts'
import { listen, stopAll } from './listen.ts'

export interface GuardSignals {
  /** Asks whether a marked control may go on: at once with `true`, or when the user is done. Rejection counts as `true`. */
  onGuard(action: string, request: GuardRequest, element: HTMLElement): true | Promise<boolean>
  /** A mark cannot be read, or `onGuard` failed: the host's control goes on unguarded. */
  onError(message: string, element: HTMLElement): void
}

/**
 * Guards forms and buttons marked `data-plimsoll-guard="invite"`, with the request as JSON in `data-plimsoll-request`,
 * in open shadow roots too: a form by `submit`, anything else by `click`.
 *
 * What may go on at once is untouched. Anything else is stopped before the host sees it and, if it is allowed later,
 * sent again once: `requestSubmit` with its submitter, or `click()`. Until then the same control is stopped unasked.
 *
 * @returns What stops it.
 */
export function watchGuards({ onGuard, onError }: GuardSignals): () => void {
  const waiting = new Set<HTMLElement>()
  const roots = new Map<Node, () => void>()
  let passing: HTMLElement | undefined

  const sendAgain = (element: HTMLElement, clicked: HTMLElement | undefined, submitter: HTMLElement | null) => {
    passing = element
    try {
      // Its prototype's, for a field of that name would stand in its place.
      if (element instanceof HTMLFormElement) {
        const owned = submitter && (submitter as HTMLButtonElement).form === element
        HTMLFormElement.prototype.requestSubmit.call(element, owned ? submitter : null)
      } else (clicked?.isConnected ? clicked : element).click()
    } finally {
      passing = undefined
    }
  }

  const ask = (event: SubmitEvent) => {
    const path = pathOf(event)
    const [element, action] = findMarked(path, 'guard') ?? []
    const isForm = element instanceof HTMLFormElement
    if (!element || !action || element === passing || event.defaultPrevented || isForm !== (event.type === 'submit'))
      return

    let answer: true | Promise<boolean> | undefined
    try {
      const request = JSON.parse(element.getAttribute('data-plimsoll-request') ?? '{}')
      if (request?.constructor !== Object) throw new TypeError('not an object')
      answer = waiting.has(element) ? undefined : onGuard(action, request, element)
    } catch (error) {
      return onError(`data-plimsoll-request: ${(error as Error).message}`, element)
    }
    if (answer === true) return

    event.preventDefault()
    event.stopImmediatePropagation()
    if (!answer) return
    waiting.add(element)
    answer
      .catch((error) => {
        onError(`guard: ${error?.message}`, element)
        return true
      })
      .then((allowed) => {
        waiting.delete(element)
        if (allowed) sendAgain(element, path[0], event.submitter)
      })
  }

  const hear = (target: Node | Window) => listen(target, 'submit', ask, false)

  const { window } = globalThis
  const stop = stopAll([
    // `submit` does not leave a shadow root, but a click or a key in it comes first.
    listen(window, 'click keydown', (event: Event) => {
      for (const node of event.composedPath()) {
        if (node instanceof ShadowRoot && !roots.has(node)) roots.set(node, hear(node))
      }
    }),
    listen(window, 'click', ask, false),
    window ? hear(window) : () => {},
  ])
  return () => {
    stop()
    stopAll([...roots.values()])()
  }
}
