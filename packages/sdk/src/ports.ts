/** What the engine needs of the outside, as interfaces: storage and a renderer. */

import type { Outcome, Prompt, WidgetKind } from './core/prompt.ts'

/** What stands under one key: the value, and what was appended since it was last written. */
export interface Stored {
  /** `undefined` where nothing was ever written. */
  readonly value: unknown
  /** In the order appended. */
  readonly appended: readonly unknown[]
}

/**
 * Where ledgers are kept. Values are plain data (structured clone), and any but `undefined` and `null` is kept as it is:
 * `false` too. The default is IndexedDB.
 *
 * Any call may reject; the engine gives each a deadline of one second, and shows fewer prompts while calls fail.
 */
export interface LedgerStore {
  /** Reads several keys as they stood at one moment. */
  read(keys: readonly string[]): Promise<readonly Stored[]>
  /**
   * Reads, decides and writes as one: no other tab's `update` comes between.
   *
   * @param change Pure; may be called again when the store must retry. A `values[i]` other than `undefined` replaces
   *   key `i` and removes what was appended to it, `null` removes both; `undefined` leaves both as they are.
   */
  update<T>(
    keys: readonly string[],
    change: (stored: readonly Stored[]) => { readonly values: readonly unknown[]; readonly result: T },
  ): Promise<T>
  /** Adds an entry without reading: the safest write there is. Resolves once it is committed. */
  append(key: string, entry: unknown): Promise<void>
  /** Removes these keys and what was appended to them; without keys, everything. */
  clear(keys?: readonly string[]): Promise<void>
  /** Lets go of connections; a later call may open them again. */
  close?(): void
}

/** Where refusals are written down at once, beside the store: it outlives what the store may not. */
export interface Journal {
  add(key: string, id: string, entry: unknown): void
  remove(id: string): void
  /** Oldest first. */
  entries(): readonly { readonly key: string; readonly id: string; readonly entry: unknown }[]
  /** Removes the entries of one key; without a key, all. */
  clear(key?: string): void
}

/** A prompt on screen. */
export interface ShownPrompt {
  /**
   * Resolves `true` once it is drawn, `false` if it cannot be (code blocked, no place). Rejection counts as `false`.
   * A prompt that cannot be drawn is given back, uncounted.
   */
  readonly drawn: Promise<boolean>
  /** Draws it again with newer figures. */
  update(prompt: Prompt): void
  /** Takes it away at once, without reporting. */
  close(): void
}

export interface ShowOptions {
  /** The control that was pointed at, focused or clicked, where there is one. */
  readonly anchor?: Element
  /**
   * Takes what came of the prompt, at once (from the first frame). The answer says whether the widget should go on:
   * `false` for a click whose `click` event a host prevented: the widget then prevents the navigation of its link.
   */
  readonly onOutcome: (outcome: Outcome) => boolean
}

/** Draws prompts and reports their outcomes; decides nothing. */
export interface Renderer {
  show(prompt: Prompt, options: ShowOptions): ShownPrompt
  /** Whether there is a place for the prompt now: a slot, a control, or room of its own. Absent: always. */
  hasPlace?(kind: WidgetKind, slot: string | undefined, feature: string | undefined): boolean
  /**
   * Fetches code ahead of need; nothing of this kind is decided on before it is there, or cannot be had.
   *
   * @param prompt One such as may soon be shown, to try the code on, unseen, while the page is idle: cold code is slow.
   */
  warm?(kind: WidgetKind, prompt?: Prompt): Promise<unknown>
  /** Lets go of everything it holds. */
  destroy?(): void
}
