/** Begins and keeps what the studio is about: which file, where it came from, where it is saved. */

import { atom } from 'nanostores'
import { $config, $name, $original, $text, replaceText } from '../document.ts'
import { keepDraft, readDraft } from '../file/draft.ts'
import { examples } from '../file/examples.ts'
import { $journeys } from '../file/journeysFile.ts'
import { openFile, saveFile } from '../file/local.ts'
import { fromFragment, toFragment } from '../file/share.ts'
import { fitScene } from '../scene.ts'
import { weighHoldouts } from '../simulate/weigh.ts'

/** The tab that is looked at. */
export const $tab = atom('preview')
/** What has just been done, for everybody to read and hear. */
export const $said = atom('')

let handle: FileSystemFileHandle | undefined

function begin(name: string, text: string, from?: FileSystemFileHandle): void {
  handle = from
  $name.set(name)
  $original.set(text)
  replaceText(text)
}

/** Opens what a link carries, else what was being written, else an example. */
export async function start(): Promise<void> {
  $config.subscribe((config) => config && fitScene(config))
  const carried = await fromFragment(location.hash)
  const draft = readDraft()
  $journeys.set(draft?.journeys)
  if (carried !== undefined) {
    begin('triggers.json', carried)
    $said.set('Opened from a link.')
    // From here on it is work in progress: a reload must not undo it.
    history.replaceState(null, '', location.pathname + location.search)
  } else if (draft) {
    begin(draft.name, draft.text)
    $original.set(draft.original)
  } else begin('triggers.json', examples[0]?.text ?? '')
  if (location.hash) $said.set('The link carries no file that can be read: it may have been cut short.')
  keepDraft()
  weighHoldouts()
}

export function openExample(text: string, name: string): void {
  begin('triggers.json', text)
  $said.set(`Opened the example “${name}”.`)
}

export async function open(): Promise<void> {
  try {
    const opened = await openFile()
    if (!opened) return
    begin(opened.name, opened.text, opened.handle)
    $said.set(`Opened ${opened.name}.`)
  } catch {
    $said.set('The file could not be opened.')
  }
}

export async function save(): Promise<void> {
  try {
    const saved = await saveFile($name.get(), $text.get(), handle)
    if (!saved) return
    if (saved === 'downloaded') $said.set(`Downloaded ${$name.get()}.`)
    else {
      handle = saved
      $name.set(saved.name)
      $said.set(`Saved ${saved.name}.`)
    }
  } catch {
    $said.set('The file could not be saved.')
  }
}

/** Copies a link that carries the file; where copying is refused the link stands in the address bar. */
export async function share(): Promise<void> {
  const link = new URL(location.href)
  link.hash = await toFragment($text.get())
  try {
    await navigator.clipboard.writeText(link.href)
    $said.set(
      `Link copied: it carries the whole file, ${Math.ceil(link.href.length / 1000)} kB, and sends it to nobody.`,
    )
  } catch {
    history.replaceState(null, '', link)
    $said.set('Copying is not allowed here: the link is in the address bar.')
  }
}
