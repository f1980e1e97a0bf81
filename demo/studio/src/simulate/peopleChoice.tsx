import type { CheckedConfig } from '@plimsoll/sdk'
import { useEffect, useRef, useState } from 'preact/hooks'
import { EditorRoom } from '../editor/editor.tsx'
import { count, FindingList } from '../editor/findings.tsx'
import { type Editor, openEditor } from '../editor/setUp.ts'
import { Button } from '../fields.tsx'
import { $journeys, type JourneysFile } from '../file/journeysFile.ts'
import { openFile, saveFile } from '../file/local.ts'
import { $said } from '../shell/session.ts'
import { useStore } from '../useStore.ts'
import { type People, writeStock } from './people.ts'

/** Who is played: the stock personas, or a file's, with what is wrong with it in place. */
export function PeopleChoice({ config, people }: { readonly config: CheckedConfig; readonly people: People }) {
  const file = useStore($journeys)
  /** Counts the files that were put in: each has an editor of its own. */
  const [put, setPut] = useState(0)
  const [unfolded, setUnfolded] = useState(false)
  const editor = useRef<Editor | null>(null)
  const take = (next: JourneysFile | undefined, said: string): void => {
    $journeys.set(next)
    setPut(put + 1)
    $said.set(said)
  }
  const choose = async (): Promise<void> => {
    try {
      const opened = await openFile()
      if (opened) take({ name: opened.name, text: opened.text }, `Opened ${opened.name}.`)
    } catch {
      $said.set('The file could not be opened.')
    }
  }
  const save = async ({ name, text }: JourneysFile): Promise<void> => {
    try {
      const saved = await saveFile(name, text)
      if (saved) $said.set(saved === 'downloaded' ? `Downloaded ${name}.` : `Saved ${saved.name}.`)
    } catch {
      $said.set('The file could not be saved.')
    }
  }
  const { findings, journeys } = people
  useEffect(() => {
    if (file) editor.current?.mark({ text: file.text, findings })
  }, [file, findings, put, unfolded])
  const start = (root: ShadowRoot): (() => void) => {
    const mine = openEditor(root, {
      label: 'The journeys as JSON',
      text: $journeys.get()?.text ?? '',
      onText: (text) => $journeys.set({ name: $journeys.get()?.name ?? 'journeys.json', text }),
      hasSchema: false,
    })
    editor.current = mine
    return () => {
      mine.destroy()
      editor.current = null
    }
  }
  return (
    <section class="people" aria-label="Who the users are">
      <div class="row">
        <p class="grow">
          Played by <b>{people.name}</b>
          {file && journeys && `: ${count(journeys.personas.length, 'persona', 'personas')}`}.
        </p>
        {file ? (
          <>
            <Button quiet onClick={() => take(undefined, 'Back to the stock personas.')}>
              Back to the stock personas
            </Button>
            <Button onClick={() => void save(file)}>Save it</Button>
          </>
        ) : (
          <Button
            onClick={() => {
              setUnfolded(true)
              take(writeStock(config), 'The stock personas are written out: change them as you like.')
            }}
          >
            Write your own
          </Button>
        )}
        <Button onClick={() => void choose()}>Open a journeys file</Button>
      </div>
      {file && (
        <>
          <p class="dim" role="status">
            {findings.length > 0 &&
              `${count(findings.length, 'fault', 'faults')}: nothing new is played until none is left.`}
          </p>
          <FindingList
            findings={findings}
            onGo={({ from, to }) => {
              setUnfolded(true)
              requestAnimationFrame(() => editor.current?.goTo(from, to))
            }}
          />
          <details open={unfolded} onToggle={({ currentTarget }) => setUnfolded(currentTarget.open)}>
            <summary>The journeys as JSON</summary>
            <EditorRoom key={put} start={start} />
          </details>
        </>
      )}
    </section>
  )
}
