import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { get, isObject, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Finding } from '../check.ts'
import { $checked, $text, editAt } from '../document.ts'
import { count } from '../editor/findings.tsx'
import { Button, Choice } from '../fields.tsx'
import { $triggerId } from '../scene.ts'
import { useStore } from '../useStore.ts'
import { Entries, Part, type PartProps } from './part.tsx'
import { sections, shapeAt, triggerShape } from './schema.ts'
import { newTrigger, TYPES, type Type, underHeadings } from './triggers.ts'
import { isWithin, type Path } from './values.ts'
import { wordsFor } from './words.ts'

interface Document {
  readonly source: unknown
  readonly findings: readonly Finding[]
}

/** Sections that stand under a heading of their own; nobody has to know the first two. */
const PLACED = ['$schema', 'version', 'product', 'triggers', 'plans', 'resources', 'features']

/** The same document as fields: what may stand in it, the shipped schema says. */
export function Form() {
  const text = useStore($text)
  const { findings } = useStore($checked)
  const source = useMemo((): unknown => {
    try {
      return JSON.parse(text.replace(/^\ufeff/, ' '))
    } catch {
      return undefined
    }
  }, [text])
  if (!isObject(source)) return <p class="nothing">The text is no JSON object just now: mend it there first.</p>
  const document: Document = { source, findings }
  return (
    <form class="form" aria-label="The file as a form" onSubmit={(event) => event.preventDefault()}>
      <Section {...document} name="product" title="Product" open />
      <h2>Triggers</h2>
      <Triggers {...document} />
      <h2>Plans</h2>
      <Section {...document} name="plans" />
      <h2>Names</h2>
      <Section {...document} name="resources" title="Resources" />
      <Section {...document} name="features" />
      <h2>For all triggers</h2>
      {sections
        .filter((name) => !PLACED.includes(name))
        .map((name) => (
          <Section key={name} {...document} name={name} title={wordsFor(name).label} />
        ))}
    </form>
  )
}

/**
 * A key of the whole file.
 *
 * @param props.title What it is folded under. Left out: each of its entries is folded by itself.
 */
function Section(props: Document & { readonly name: string; readonly title?: string; readonly open?: boolean }) {
  const { source, findings, name, title, open } = props
  const shape = useMemo(() => shapeAt(name), [name])
  const part: PartProps = { source, findings, at: [name], shape, name }
  const hasEntries = shape.kind === 'map' || shape.kind === 'list'
  if (title !== undefined)
    return (
      <Group findings={findings} title={title} at={[name]} open={open}>
        {hasEntries ? <Entries {...part} shape={shape} /> : <Part {...part} />}
      </Group>
    )
  if (!hasEntries) return null
  return (
    <Entries
      {...part}
      shape={shape}
      draw={({ at, title: entry, remove, children }) => (
        <Group findings={findings} title={entry} at={at} open={get(source, ...at) === undefined}>
          {children}
          <div class="box-end">
            <Button quiet onClick={remove}>
              Remove {entry}
            </Button>
          </div>
        </Group>
      )}
    />
  )
}

/** Fields that are folded away until they are wanted. */
function Group(props: {
  readonly findings: readonly Finding[]
  readonly title: string
  readonly at: Path
  readonly about?: string
  readonly open?: boolean | undefined
  readonly onOpen?: () => void
  readonly children: ComponentChildren
}) {
  const { findings, title, at, about, onOpen, children } = props
  const [open, setOpen] = useState(props.open === true)
  const mine = findings.filter(({ path }) => isWithin(path, at)).length
  const said = [about, mine > 0 && count(mine, 'finding', 'findings')].filter(Boolean).join(', ')
  return (
    <details
      class="group"
      open={open}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open)
        if (currentTarget.open) onOpen?.()
      }}
    >
      <summary>
        {title}
        {said && <span class="dim">{said}</span>}
      </summary>
      {open && <div class="form-fields">{children}</div>}
    </details>
  )
}

function Triggers({ source, findings }: Document) {
  const [type, setType] = useState<Type>('limit_approaching')
  const triggers = listOf(get(source, 'triggers'))
  const add = (): void => {
    const trigger = newTrigger(source, type)
    editAt(['triggers', triggers.length], trigger)
    $triggerId.set(String(get(trigger, 'id')))
  }
  return (
    <>
      {triggers.map((trigger, i) => {
        const at: Path = ['triggers', i]
        const id = String(get(trigger, 'id') ?? `Trigger ${i + 1}`)
        const kind = get(trigger, 'type') as Type
        return (
          <Group
            key={i}
            findings={findings}
            title={id}
            at={at}
            about={TYPES[kind] ?? 'Of a type that is none'}
            onOpen={() => $triggerId.set(id)}
          >
            <TriggerFields source={source} findings={findings} at={at} type={kind} />
            <div class="box-end">
              <Button quiet onClick={() => editAt([...at], undefined)}>
                Remove {id}
              </Button>
            </div>
          </Group>
        )
      })}
      <div class="row">
        <Choice
          label="A new trigger, for when"
          value={type}
          options={Object.entries(TYPES).map(([value, name]) => ({ value: value as Type, name: name.toLowerCase() }))}
          onChange={setType}
        />
        <Button onClick={add}>Add the trigger</Button>
      </div>
    </>
  )
}

function TriggerFields({ source, findings, at, type }: Document & { readonly at: Path; readonly type: Type }) {
  const headings = useMemo(() => {
    const shape = triggerShape(type)
    return shape && underHeadings(shape)
  }, [type])
  if (!headings) return <p>The text says what it is: mend its type there.</p>
  return headings.map(([heading, keys]) => {
    const fields = keys.map(([key, shape]) => (
      <Part key={key} source={source} findings={findings} at={[...at, key]} shape={shape} name={`triggers.${key}`} />
    ))
    return heading ? (
      <fieldset key={heading} class="form-fields heading">
        <legend>{heading}</legend>
        {fields}
      </fieldset>
    ) : (
      fields
    )
  })
}
