/** The one document that the text, the form and every picture are of. */

import type { CheckedConfig } from '@plimsoll/sdk'
import { applyEdits, type JSONPath } from 'jsonc-parser'
import { atom } from 'nanostores'
import { type Checked, check } from './check.ts'
import { changesFor, type TextChange } from './edit.ts'

/** The file's text. It is changed through `changeText` and `editAt`, so that every change can be undone in the editor. */
export const $text = atom('')
/** The text as it was when the file was opened: what it is compared with first. */
export const $original = atom('')
/** What is to be said of the text; follows it after a short pause. */
export const $checked = atom<Checked>({ text: '', config: null, findings: [] })
/** The last file that was not refused whole: what is drawn while somebody is in the middle of a word. */
export const $config = atom<CheckedConfig | null>(null)
/** What it is called where it is saved. */
export const $name = atom('triggers.json')

/** Typing is not interrupted by checking. */
const PAUSE_MS = 120

let pending: ReturnType<typeof setTimeout> | undefined

function checkNow(): void {
  clearTimeout(pending)
  pending = undefined
  const checked = check($text.get(), Date.now())
  if (checked.config) $config.set(checked.config)
  $checked.set(checked)
}

/** Takes over what the editor's text has become. */
export function textTyped(text: string): void {
  $text.set(text)
  clearTimeout(pending)
  pending = setTimeout(checkNow, PAUSE_MS)
}

/** The editor, once it is there: every change goes through it, so that it can be undone. */
let editor: ((changes: readonly TextChange[]) => void) | undefined

export function attachEditor(change: (changes: readonly TextChange[]) => void): () => void {
  editor = change
  return () => {
    editor = undefined
  }
}

/** Changes the text, and checks it at once. */
function changeText(changes: readonly TextChange[]): void {
  if (!changes.length) return
  if (editor) editor(changes)
  else {
    const edits = changes.map(({ from, to, insert }) => ({ offset: from, length: to - from, content: insert }))
    $text.set(applyEdits($text.get(), edits))
  }
  checkNow()
}

/** Puts another text in the place of all of it. */
export function replaceText(text: string): void {
  const old = $text.get()
  if (text === old) checkNow()
  else changeText([{ from: 0, to: old.length, insert: text }])
}

/**
 * Sets one value of the document, of which the text is JSON. All else stays as it was written.
 *
 * @param value `undefined` removes it.
 */
export function editAt(path: JSONPath, value: unknown): void {
  changeText(changesFor($text.get(), path, value))
}
