import type { GuardRequest } from '../core/prompt.ts'
import { findMarked, pathOf } from './elements.ts'
import { listen } from './listen.ts'

export interface GuardSignals {
  /**
   * Asks whether a marked control may go on: at once with `true`, or when the user is done. A rejection counts as `true`.
   *
   * @param request Whatever JSON the page gives; `{}` where it gives none.
   */
  onGuard(action: string, request: GuardRequest, element: HTMLElement): true | Promise<boolean>
  /** A request cannot be read, or `onGuard` threw: the host's control goes on unguarded. */
  onError(message: string, element: HTMLElement): void
}

/**
 * Guards forms and buttons marked `data-plimsoll-guard="invite"`, with the request as JSON in `data-plimsoll-request`,
 * in open shadow roots too: a form by `submit`, anything else by `click`.
 *
 * What may go on at once is untouched. Anything else is stopped before the host sees it and, if it is allowed later,
 * sent again once: `requestSubmit` with its submitter, or `click()`. Asked again meanwhile, only the latest answer counts.
 *
 * @returns What stops it.
 */
export function watchGuards({ onGuard, onError }: GuardSignals): () => void {
  /** The event that last asked for an element: only the latest answer sends it again. */
  const asked = new WeakMap<HTMLElement, Event>()
  /** Shadow roots that are listened to, and what stops it; the page may drop them, and is not to be kept from it. */
  const stops = new WeakMap<ShadowRoot, () => void>()
  let roots: readonly WeakRef<ShadowRoot>[] = []
  let passing: HTMLElement | undefined

  const ask = (event: Event) => {
    const [element, action] = findMarked(pathOf(event), 'guard') ?? []
    const isForm = element instanceof HTMLFormElement
    if (!element || !action || element === passing || event.defaultPrevented || isForm !== (event.type === 'submit'))
      return

    let answer: true | Promise<boolean>
    try {
      answer = onGuard(action, JSON.parse(element.getAttribute('data-plimsoll-request') ?? '{}'), element)
    } catch (error) {
      return onError(`data-plimsoll-request: ${(error as Error).message}`, element)
    }
    if (answer === true) return

    event.preventDefault()
    event.stopImmediatePropagation()
    asked.set(element, event)
    // In a task of its own: a form that is still being submitted would not be submitted again.
    const go = (allowed: boolean) =>
      setTimeout(() => {
        if (!allowed || asked.get(element) !== event) return
        asked.delete(element)
        passing = element
        const { submitter } = event as SubmitEvent
        if (!isForm) element.click()
        // A submitter that has left its form would throw.
        else element.requestSubmit((submitter as HTMLButtonElement | null)?.form === element ? submitter : null)
        passing = undefined
      })
    answer.then(go, () => go(true))
  }

  // `submit` does not leave a shadow root, but a click or a key in it comes first.
  const hearRoots = (event: Event) => {
    for (const node of event.composedPath()) {
      if (!(node instanceof ShadowRoot) || stops.has(node)) continue
      stops.set(node, listen({ submit: ask }, node, false))
      roots = [...roots.filter((root) => root.deref()), new WeakRef(node)]
    }
  }
  const stop = listen(
    {
      click(event) {
        hearRoots(event)
        ask(event)
      },
      keydown: hearRoots,
      submit: ask,
    },
    undefined,
    false,
  )
  return () => {
    stop()
    for (const root of roots) stops.get(root.deref() as ShadowRoot)?.()
  }
}
