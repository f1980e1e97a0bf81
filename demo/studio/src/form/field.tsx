import { useEffect, useId, useState } from 'preact/hooks'
import { get } from '../../../../packages/sdk/src/config/loose.ts'
import type { Finding } from '../check.ts'
import { editAt } from '../document.ts'
import { sayFinding } from '../editor/setUp.ts'
import { hintAt } from './hint.ts'
import { type Field, fromField, leavesOf, type Path, toField } from './values.ts'

/** Whether a finding is about a place, or something within it. */
export const isWithin = (path: Path, at: Path): boolean => at.every((step, i) => path[i] === step)

interface Props {
  readonly source: unknown
  readonly findings: readonly Finding[]
  readonly field: Field
}

/** A field of the form; a text with plural forms or locales has one for each. */
export function FormField({ source, findings, field }: Props) {
  const leaves = field.kind === 'text' ? leavesOf(source, field.path) : [field.path]
  return (
    <>
      {leaves.map((path) => {
        const within = path.slice(field.path.length).join(', ')
        const label = within ? `${field.label} (${within})` : field.label
        return <Leaf key={within} source={source} findings={findings} field={{ ...field, path, label }} />
      })}
    </>
  )
}

function Leaf({ source, findings, field }: Props) {
  const { path, label, kind, otherwise, options } = field
  const id = useId()
  const written = toField(kind, get(source, ...path))
  const [text, setText] = useState(written)
  // What somebody types stands as they type it; what the text says otherwise meanwhile wins.
  useEffect(() => {
    if (toField(kind, fromField(kind, text)) !== written) setText(written)
  }, [written])
  const faults = findings.filter((finding) => isWithin(finding.path, path))
  const hint = hintAt(path)
  const change = (next: string): void => {
    setText(next)
    const value = fromField(kind, next)
    if (toField(kind, value) !== written) editAt([...path], value)
  }
  const described = {
    'aria-describedby': `${id}-hint ${id}-fault`,
    'aria-invalid': faults.some(({ severity }) => severity === 'fault'),
  }
  const placeholder = otherwise === undefined ? '' : `${otherwise} (default)`
  return (
    <div class="form-field">
      {kind === 'switch' ? (
        <label class="check">
          <input
            type="checkbox"
            checked={(text || otherwise) === 'true'}
            onChange={({ currentTarget: { checked } }) => change(String(checked) === otherwise ? '' : String(checked))}
            {...described}
          />
          <span>{label}</span>
        </label>
      ) : (
        <div class="field">
          <label class="label" for={id}>
            {label}
          </label>
          {options ? (
            <select id={id} value={text} onChange={({ currentTarget }) => change(currentTarget.value)} {...described}>
              <option value="">{placeholder || 'Choose'}</option>
              {[...new Set([...options, ...(text ? [text] : [])])].map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          ) : (
            <textarea
              id={id}
              rows={1}
              value={text}
              placeholder={placeholder}
              spellcheck={kind === 'text'}
              onInput={({ currentTarget }) => change(currentTarget.value)}
              {...described}
            />
          )}
        </div>
      )}
      <small class="dim" id={`${id}-hint`}>
        {hint}
      </small>
      <div id={`${id}-fault`}>
        {faults.map((finding) => (
          <p key={`${finding.code} ${finding.from}`} class={`mark ${finding.severity}`}>
            {finding.severity === 'fault' ? 'Fault: ' : 'Advice: '}
            {sayFinding(finding)}
          </p>
        ))}
      </div>
    </div>
  )
}
