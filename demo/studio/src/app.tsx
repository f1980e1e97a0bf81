import { useEffect, useRef, useState } from 'preact/hooks'
import { $name } from './document.ts'
import { goTo, TextEditor } from './editor/editor.tsx'
import { Findings } from './editor/findings.tsx'
import { Segments } from './fields.tsx'
import { examples } from './file/examples.ts'
import { lazily } from './lazily.tsx'
import { Preview } from './preview/preview.tsx'
import { $triggerId } from './scene.ts'
import { $said, $tab, open, openExample, save, share } from './shell/session.ts'
import { Split } from './shell/split.tsx'
import { Tabs } from './shell/tabs.tsx'
import { Stale } from './stale.tsx'
import { useStore } from './useStore.ts'
import { Why } from './why/why.tsx'

// What is not seen at first is fetched when it is.
const Simulate = lazily(() => import('./simulate/simulate.tsx').then(({ Simulate: part }) => part))
const Form = lazily(() => import('./form/form.tsx').then(({ Form: part }) => part))
const Compare = lazily(() => import('./compare/compare.tsx').then(({ Compare: part }) => part))

type Writing = 'text' | 'form'

export function App() {
  const tab = useStore($tab)
  const [writing, setWriting] = useState<Writing>('text')
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 's' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      void save()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  const tabs = [
    { id: 'preview', name: 'Preview', draw: () => <Preview /> },
    {
      id: 'why',
      name: 'Why',
      draw: () => (
        <>
          <Stale />
          <Why />
        </>
      ),
    },
    {
      id: 'simulate',
      name: 'Simulate',
      draw: () => (
        <>
          <Stale />
          <Simulate />
        </>
      ),
    },
    {
      id: 'compare',
      name: 'Compare',
      draw: () => (
        <>
          <Stale />
          <Compare />
        </>
      ),
    },
  ]
  return (
    <>
      <Top />
      <main>
        <Split
          start={
            <section class="file" aria-label="The file">
              <div class="file-head">
                <Segments
                  label="Write it as"
                  value={writing}
                  options={[
                    { value: 'text', name: 'JSON' },
                    { value: 'form', name: 'Form' },
                  ]}
                  onChange={setWriting}
                />
              </div>
              <div class="writing" hidden={writing !== 'text'}>
                <TextEditor />
              </div>
              {writing === 'form' && (
                <div class="writing scrolls">
                  <Form />
                </div>
              )}
              <Findings
                onGo={({ from, to, triggerId }) => {
                  setWriting('text')
                  if (triggerId !== undefined) $triggerId.set(triggerId)
                  requestAnimationFrame(() => goTo(from, to))
                }}
              />
            </section>
          }
          end={
            <section class="desk" aria-label="What it comes to">
              <Tabs label="Looked at as" tabs={tabs} chosen={tab} onChoose={(id) => $tab.set(id)} />
            </section>
          }
        />
      </main>
    </>
  )
}

function Top() {
  const name = useStore($name)
  const said = useStore($said)
  const gallery = useRef<HTMLDialogElement>(null)
  return (
    <header class="top">
      <h1>
        <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="9" />
          <path d="M2 16h28" />
        </svg>
        Plimsoll studio
      </h1>
      <label class="name">
        <span class="heard">Name of the file</span>
        <input value={name} spellcheck={false} onInput={({ currentTarget }) => $name.set(currentTarget.value)} />
      </label>
      <p class="said" role="status">
        {said}
      </p>
      <div class="actions">
        <button type="button" class="button" onClick={() => gallery.current?.showModal()}>
          Examples
        </button>
        <button type="button" class="button" onClick={() => void open()}>
          Open
        </button>
        <button type="button" class="button" onClick={() => void share()}>
          Copy link
        </button>
        <button type="button" class="button solid" onClick={() => void save()}>
          Save
        </button>
      </div>
      <dialog ref={gallery} class="gallery" aria-labelledby="gallery-title">
        <div class="gallery-head">
          <h2 id="gallery-title">Begin with an example</h2>
          <button type="button" class="button quiet" onClick={() => gallery.current?.close()}>
            Close
          </button>
        </div>
        <p class="dim">Each is whole and sound. It takes the place of the file that is open; that can be undone.</p>
        <ul>
          {examples.map((example) => (
            <li key={example.name}>
              <button
                type="button"
                class="example"
                onClick={() => {
                  openExample(example.text, example.name)
                  gallery.current?.close()
                }}
              >
                <b>{example.name}</b>
                <span>{example.about}</span>
              </button>
            </li>
          ))}
        </ul>
      </dialog>
    </header>
  )
}
