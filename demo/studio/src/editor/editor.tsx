import { useEffect, useRef } from 'preact/hooks'
import { $checked, $text, attachEditor, textTyped } from '../document.ts'
import { type Editor, openEditor } from './setUp.ts'

let open: Editor | undefined

/** Goes to a place in the text. */
export function goTo(from: number, to: number): void {
  open?.goTo(from, to)
}

/** The text of the document. It lives in a shadow root, for its style sheets' sake. */
export function TextEditor() {
  const host = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = host.current as HTMLDivElement
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const editor = openEditor(root, $text.get(), textTyped)
    open = editor
    const stop = [attachEditor(editor.change), $checked.subscribe(editor.mark)]
    return () => {
      for (const end of stop) end()
      editor.destroy()
      open = undefined
    }
  }, [])
  return <div class="editor" ref={host} />
}
