/** One small interface over three engines, which have no driver in common. */

import { setTimeout as sleep } from 'node:timers/promises'

export type Key = 'Escape' | 'Tab' | 'Shift+Tab' | 'Enter' | 'Space'

export interface Page {
  goto(url: string): Promise<unknown>
  reload(): Promise<unknown>
  /** Runs a function in the page. It is sent as text, so it closes over nothing. */
  eval<T, A extends unknown[]>(fn: (...args: A) => T | Promise<T>, ...args: A): Promise<T>
  /** The selector is looked up through open shadow roots; the first match is waited for. */
  click(selector: string): Promise<void>
  hover(selector: string): Promise<void>
  press(key: Key): Promise<void>
  type(text: string): Promise<void>
  screenshot(path: string): Promise<unknown>
  /** How many bytes the page is on paper; none where the driver cannot print. */
  print(): Promise<number | undefined>
  close(): Promise<unknown>
}

/** What the person has asked of their system. */
export interface Wishes {
  readonly dark?: boolean
  readonly lessMotion?: boolean
  /** Colours of their own choice, which WebKitGTK does not have. */
  readonly forcedColors?: boolean
}

export interface Browser {
  readonly version: string
  /** A tab, or a window where the engine hides tabs; all share one profile. */
  newPage(): Promise<Page>
  close(): Promise<unknown>
}

/** Asks until the answer is yes: a busy machine is no failure. */
export async function until(check: () => Promise<unknown>, what: string, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await check()); await sleep(25)) {
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}`)
  }
}
