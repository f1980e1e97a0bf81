import { useEffect, useId, useState } from 'preact/hooks'
import { get } from '../../../../packages/sdk/src/config/loose.ts'
import type { Finding } from '../check.ts'
import { editAt } from '../document.ts'
import { sayFinding } from '../editor/setUp.ts'
import { type Field, fromField, isWithin, toField } from './values.ts'

/** What was found at a place, under its field. */
export function Faults({ id, findings }: { readonly id: string; readonly findings: readonly Finding[] }) {
  return (
    <div id={id}>
      {findings.map((finding) => (
        <p key={`${finding.code} ${finding.from}`} class={`mark ${finding.severity}`}>
          {finding.severity === 'fault' ? 'Fault: ' : 'Advice: '}
          {sayFinding(finding)}
        </p>
      ))}
    </div>
  )
}

/** A field of the form: one value of the file. */
export function FormField(props: {
  readonly source: unknown
  readonly findings: readonly Finding[]
  readonly field: Field
}) {
  const { source, findings, field } = props
  const { path, label, kind, otherwise, options, hint } = field
  const id = useId()
  const written = toField(kind, get(source, ...path))
  const [text, setText] = useState(written)
  // What somebody types stands as they type it; what the text says otherwise meanwhile wins.
  useEffect(() => {
    if (toField(kind, fromField(kind, text)) !== written) setText(written)
  }, [written])
  const faults = findings.filter((finding) => isWithin(finding.path, path))
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
      <Faults id={`${id}-fault`} findings={faults} />
    </div>
  )
}
