import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { get, keysOf, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Finding } from '../check.ts'
import { editAt } from '../document.ts'
import { Button } from '../fields.tsx'
import { Faults, FormField } from './field.tsx'
import { hintAt, type Shape } from './schema.ts'
import type { Path } from './values.ts'
import { adopt, fits } from './ways.ts'
import { keysFor, optionsFor, wayName, wordsFor } from './words.ts'

export interface PartProps {
  readonly source: unknown
  readonly findings: readonly Finding[]
  readonly at: Path
  readonly shape: Shape
  /** The path without numbers and without keys of the author's own. */
  readonly name: string
  /** @default what the key is called */
  readonly label?: string | undefined
}

const within = (name: string, key: string): string => (name ? `${name}.${key}` : key)

/** Whatever may stand at a place of the file, as fields. */
export function Part(props: PartProps) {
  const { source, findings, at, shape, name } = props
  const said = wordsFor(name)
  const label = props.label ?? said.label
  switch (shape.kind) {
    case 'value': {
      const field = {
        path: at,
        label,
        kind: shape.of,
        otherwise: said.otherwise,
        options: shape.options ?? optionsFor(name, source),
        hint: said.hint ?? hintAt(at),
      }
      return <FormField source={source} findings={findings} field={field} />
    }
    case 'object':
      return (
        <>
          {inOrder(shape.keys).map(([key, inner]) => (
            <Part key={key} {...props} at={[...at, key]} shape={inner} name={within(name, key)} label={undefined} />
          ))}
        </>
      )
    case 'map':
    case 'list':
      return (
        <Box label={label} hint={hintAt(at)}>
          <Entries {...props} shape={shape} />
        </Box>
      )
    case 'either':
      return <Either {...props} shape={shape} label={label} />
    case 'nothing':
      return null
  }
  return shape satisfies never
}

/** The two forms that most texts have come before those that few languages need. */
const inOrder = (keys: Extract<Shape, { kind: 'object' }>['keys']): typeof keys =>
  keys.toSorted(([a], [b]) => Number(b === 'one' || b === 'other') - Number(a === 'one' || a === 'other'))

/** Fields that belong together. */
function Box(props: {
  readonly label: string
  readonly hint?: string
  readonly way?: ComponentChildren
  readonly children: ComponentChildren
}) {
  const { label, hint, way, children } = props
  return (
    <fieldset class="box">
      <legend>{label}</legend>
      {way}
      {hint && <small class="dim">{hint}</small>}
      <div class="form-fields">{children}</div>
    </fieldset>
  )
}

type Many = Extract<Shape, { kind: 'map' | 'list' }>

/** What draws one entry of a list or map that is more than one field. */
export type DrawEntry = (entry: {
  readonly at: Path
  readonly title: string
  readonly remove: () => void
  readonly children: ComponentChildren
}) => ComponentChildren

const boxed: DrawEntry = ({ title, remove, children }) => (
  <Box label={title}>
    {children}
    <div class="box-end">
      <Button quiet onClick={remove}>
        Remove {title}
      </Button>
    </div>
  </Box>
)

/** The entries of a list or of a map, and a way to add one. */
export function Entries(props: PartProps & { readonly shape: Many; readonly draw?: DrawEntry }) {
  const { draw = boxed, ...part } = props
  const { source, at, shape, name } = part
  /** Begun, and nothing is written there yet. */
  const [begun, setBegun] = useState<readonly (string | number)[]>([])
  const value = get(source, ...at)
  const { shown = [], proposed = shape.kind === 'map' ? shape.known : [] } = keysFor(name, source)
  const own = shape.kind === 'list' ? listOf(value).map((_, i) => i) : keysOf(value)
  const keys = [...new Set<string | number>([...own, ...shown, ...begun])]
  // What has no word of its own is a text by language.
  const { one = 'locale' } = wordsFor(name)
  const remove = (key: string | number): void => {
    setBegun(shape.kind === 'list' ? [] : begun.filter((other) => other !== key))
    if (own.includes(key as never)) editAt([...at, key], undefined)
  }
  return (
    <>
      {keys.map((key) => {
        const path = [...at, key]
        const item = get(source, ...path)
        const { each } = shape
        const inner =
          each.kind === 'map' ? (
            <Entries {...part} at={path} shape={each} name={`${name}.*`} />
          ) : (
            <Part {...part} at={path} shape={each} label={String(key)} />
          )
        if (each.kind === 'value' || each.kind === 'either') return <div key={key}>{inner}</div>
        const called = shape.kind === 'map' ? key : get(item, 'name')
        const title = called === undefined ? `${one} ${get(item, 'id') ?? Number(key) + 1}` : String(called)
        return (
          <div key={key} class="entry">
            {draw({ at: path, title, remove: () => remove(key), children: inner })}
          </div>
        )
      })}
      <Add
        one={one}
        of={shape.kind === 'list' ? undefined : proposed.filter((key) => !keys.includes(key))}
        onAdd={(key) => setBegun([...begun, key ?? Math.max(-1, ...keys.map(Number)) + 1])}
      />
    </>
  )
}

/** @param props.of The keys that are proposed; `undefined`: entries have none. */
function Add(props: {
  readonly one: string
  readonly of: readonly string[] | undefined
  readonly onAdd: (key?: string) => void
}) {
  const { one, of, onAdd } = props
  const [key, setKey] = useState('')
  const id = useId()
  if (!of)
    return (
      <div class="box-end">
        <Button onClick={() => onAdd()}>Add a {one}</Button>
      </div>
    )
  const add = (): void => {
    if (!key.trim()) return
    onAdd(key.trim())
    setKey('')
  }
  return (
    <div class="box-end row">
      <label class="field">
        <span class="label">A new {one}</span>
        <input
          value={key}
          list={of.length ? id : undefined}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
      </label>
      <datalist id={id}>
        {of.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <Button onClick={add}>Add the {one}</Button>
    </div>
  )
}

/** A value that may be written in one of several ways. */
function Either(props: PartProps & { readonly shape: Extract<Shape, { kind: 'either' }>; readonly label: string }) {
  const { source, findings, at, shape, name, label } = props
  const [wanted, setWanted] = useState<number>()
  const id = useId()
  const value = get(source, ...at)
  const written = value === undefined ? -1 : shape.of.findIndex((way) => fits(way, value))
  const first = shape.of[0]?.kind === 'value' ? 0 : -1
  const chosen = written >= 0 ? written : (wanted ?? first)
  const way = shape.of[chosen]
  const change = (to: number): void => {
    setWanted(to)
    const next = shape.of[to]
    editAt([...at], next && adopt(next, value))
  }
  const select = (
    <select
      class="way"
      aria-label={`How ${label} is written`}
      value={chosen}
      onChange={({ currentTarget }) => change(Number(currentTarget.value))}
    >
      {first < 0 && <option value={-1}>{wordsFor(name).otherwise ?? 'not set'} (default)</option>}
      {shape.of.map((one, i) => (
        <option key={i} value={i}>
          {wayName(one, name)}
        </option>
      ))}
    </select>
  )
  if (way?.kind === 'value')
    return (
      <div class="with-way">
        <Part {...props} shape={way} />
        {select}
      </div>
    )
  // What is wrong further within is told there.
  const mine = findings.filter(({ path }) => path.length === at.length && at.every((step, i) => path[i] === step))
  return (
    <Box label={label} hint={hintAt(at)} way={select}>
      {way &&
        (way.kind === 'map' || way.kind === 'list' ? (
          <Entries {...props} shape={way} />
        ) : (
          <Part {...props} shape={way} />
        ))}
      <Faults id={id} findings={mine} />
    </Box>
  )
}
