import type { Outcome, Prompt, Renderer, ShownPrompt } from '@plimsoll/sdk'
import { widgets } from '@plimsoll/widgets'

/** What a test sees of a prompt that it has shown. */
export interface Seen {
  readonly shown: ShownPrompt
  /** All but impressions, which come or not, as the machine is slow or quick. */
  readonly outcomes: Outcome[]
  readonly all: Outcome[]
  readonly drawn: boolean
}

let renderer: Renderer | undefined

/**
 * Shows a prompt through the public renderer, and waits until it is drawn or cannot be.
 *
 * @param options.answer What `onOutcome` returns; by default that a click is prevented, so that no test leaves its page.
 */
export async function show(
  prompt: Prompt,
  options: { anchor?: Element; answer?: (outcome: Outcome) => boolean } = {},
): Promise<Seen> {
  renderer ??= widgets()
  const { anchor, answer = ({ type, ...more }) => type !== 'clicked' || !('href' in more) } = options
  const outcomes: Outcome[] = []
  const all: Outcome[] = []
  const shown = renderer.show(prompt, {
    ...(anchor && { anchor }),
    onOutcome(outcome) {
      all.push(outcome)
      if (outcome.type !== 'shown') outcomes.push(outcome)
      return answer(outcome)
    },
  })
  return { shown, outcomes, all, drawn: await shown.drawn }
}

/** Takes everything away: prompts, roots, and what the test put into the page. */
export function clear(): void {
  renderer?.destroy?.()
  renderer = undefined
  document.body.replaceChildren()
  document.body.removeAttribute('style')
  for (const root of document.querySelectorAll('plimsoll-root')) root.remove()
}

/** Puts a host's markup into the page. */
export function page(html: string): void {
  document.body.innerHTML = html
}

export function host<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector)
  if (!found) throw new Error(`Not in the page: ${selector}`)
  return found
}

/** The shadow roots of ours, wherever they stand in the page, those in open shadow roots included. */
export function roots(within: ParentNode = document): ShadowRoot[] {
  return [...within.querySelectorAll('*')].flatMap(({ localName, shadowRoot }) => {
    if (!shadowRoot) return []
    return localName === 'plimsoll-root' ? [shadowRoot] : roots(shadowRoot)
  })
}

export function find<T extends HTMLElement = HTMLElement>(selector: string): T | undefined {
  for (const root of roots()) {
    const found = root.querySelector<T>(selector)
    if (found) return found
  }
  return undefined
}

export function get<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = find<T>(selector)
  if (!found) throw new Error(`Not in a widget: ${selector}`)
  return found
}

export const widget = (): HTMLElement => get('[data-plimsoll-widget]')
export const action = (name: string): HTMLElement => get(`[data-plimsoll-action="${name}"]`)

/** The focused element, in shadow roots too. */
export function focused(): Element | null {
  let element = document.activeElement
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement
  return element
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until something holds, up to 12 seconds: a busy machine is no failure. */
export async function until(check: () => unknown): Promise<void> {
  for (const end = Date.now() + 12_000; !check(); await sleep(20))
    if (Date.now() > end) throw new Error(`Not in time: ${check}`)
}
