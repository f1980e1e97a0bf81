import { useEffect, useRef } from 'preact/hooks'
import { $checked, $text, attachEditor, textTyped } from '../document.ts'
import { type Editor, openEditor } from './setUp.ts'

let open: Editor | undefined

/** Goes to a place in the text. */
export function goTo(from: number, to: number): void {
  open?.goTo(from, to)
}

/**
 * Room for an editor. It lives in a shadow root, for its style sheets' sake.
 *
 * @param start Opens the editor when the room is there, and returns what ends it.
 */
export function EditorRoom({ start }: { readonly start: (root: ShadowRoot) => () => void }) {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current as HTMLDivElement
    return start(element.shadowRoot ?? element.attachShadow({ mode: 'open' }))
  }, [])
  return <div class="editor" ref={host} />
}

function startText(root: ShadowRoot): () => void {
  const editor = openEditor(root, {
    label: 'The configuration as JSON',
    text: $text.get(),
    onText: textTyped,
    hasSchema: true,
  })
  open = editor
  const stop = [attachEditor(editor.change), $checked.subscribe(editor.mark)]
  return () => {
    for (const end of stop) end()
    editor.destroy()
    open = undefined
  }
}

/** The text of the document. */
export function TextEditor() {
  return <EditorRoom start={startText} />
}
