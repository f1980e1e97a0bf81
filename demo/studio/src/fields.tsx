/** The small controls that every part of the studio is made of. */

import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface Option<T extends string> {
  readonly value: T
  readonly name: string
}

/** A choice from a list. */
export function Choice<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly Option<T>[]
  readonly onChange: (value: T) => void
}) {
  const { label, value, options, onChange } = props
  const id = useId()
  return (
    <div class="field">
      <label class="label" for={id}>
        {label}
      </label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value as T)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A choice of few, all of them seen. */
export function Segments<T extends string>(props: {
  readonly label: string
  readonly value: T
  readonly options: readonly Option<T>[]
  readonly onChange: (value: T) => void
}) {
  const { label, value, options, onChange } = props
  const name = useId()
  return (
    <fieldset class="segments">
      <legend class="label">{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** A number on a slider, with its value in words beside it. */
export function Slider(props: {
  readonly label: string
  readonly value: number
  readonly min?: number
  readonly max: number
  readonly step?: number
  readonly says: string
  readonly disabled?: boolean
  /** Where on the way a mark stands: a limit. */
  readonly mark?: number | undefined
  readonly onChange: (value: number) => void
}) {
  const { label, value, min = 0, max, step = 1, says, disabled, mark, onChange } = props
  const id = useId()
  return (
    <div class="field slider">
      <div class="label">
        <label for={id}>{label}</label>
        <output for={id}>{says}</output>
      </div>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        list={mark === undefined ? undefined : `${id}-mark`}
        aria-valuetext={says}
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
      />
      {mark !== undefined && (
        <datalist id={`${id}-mark`}>
          <option value={mark} />
        </datalist>
      )}
    </div>
  )
}

export function Check(props: {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) {
  const { label, checked, onChange } = props
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}

export function Button(props: {
  readonly onClick: () => void
  readonly children: ComponentChildren
  readonly quiet?: boolean
  readonly disabled?: boolean
}) {
  const { onClick, children, quiet, disabled } = props
  return (
    <button type="button" class={quiet ? 'button quiet' : 'button'} onClick={onClick} disabled={disabled}>
      {children}
    </button>
  )
}
