import { useMemo, useState } from 'preact/hooks'
import { get, keysOf, listOf } from '../../../../packages/sdk/src/config/loose.ts'
import type { Finding } from '../check.ts'
import { $checked, $text, editAt } from '../document.ts'
import { count } from '../editor/findings.tsx'
import { Button, Choice } from '../fields.tsx'
import { $triggerId } from '../scene.ts'
import { useStore } from '../useStore.ts'
import { FormField, isWithin } from './field.tsx'
import { newTrigger, TYPES, type Type, triggerFields } from './triggerFields.ts'
import type { Field, Path } from './values.ts'

/** The same document as fields. What has no field here is kept as it stands. */
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
  if (typeof source !== 'object' || source === null || Array.isArray(source))
    return <p class="nothing">The text is no JSON object just now: mend it there first.</p>
  return (
    <form class="form" aria-label="The file as a form" onSubmit={(event) => event.preventDefault()}>
      <Group source={source} findings={findings} name="Product" at={[]} fields={PRODUCT} open />
      <Triggers source={source} findings={findings} />
      <h2>Plans</h2>
      {listOf(get(source, 'plans')).map((plan, i) => (
        <Group
          key={i}
          source={source}
          findings={findings}
          name={String(get(plan, 'name') ?? get(plan, 'id') ?? `Plan ${i + 1}`)}
          at={['plans', i]}
          fields={planFields(source, i)}
        />
      ))}
      <h2>Names</h2>
      {keysOf(get(source, 'resources')).map((resource) => (
        <Group
          key={resource}
          source={source}
          findings={findings}
          name={resource}
          at={['resources', resource]}
          fields={[{ path: ['resources', resource], label: 'As people know it', kind: 'text' }]}
        />
      ))}
      {keysOf(get(source, 'features')).map((feature) => (
        <Group
          key={feature}
          source={source}
          findings={findings}
          name={feature}
          at={['features', feature]}
          fields={[
            { path: ['features', feature, 'name'], label: 'Name', kind: 'text' },
            { path: ['features', feature, 'benefit'], label: 'Benefit', kind: 'text' },
            { path: ['features', feature, 'keywords'], label: 'Found by', kind: 'names', otherwise: 'its name' },
          ]}
        />
      ))}
      <h2>For all triggers</h2>
      <Group source={source} findings={findings} name="Links" at={['links']} fields={LINKS} />
      <Group source={source} findings={findings} name="Caps" at={['caps']} fields={CAPS} />
      <Group source={source} findings={findings} name="Guardrails" at={['guardrails']} fields={GUARDRAILS} />
    </form>
  )
}

const PRODUCT: readonly Field[] = [{ path: ['product'], label: 'Name of the product', kind: 'text' }]
const LINKS: readonly Field[] = [
  { path: ['links', 'upgrade'], label: 'Upgrade', kind: 'text' },
  { path: ['links', 'seats'], label: 'Seats', kind: 'text' },
  { path: ['links', 'compare'], label: 'Compare plans', kind: 'text' },
  { path: ['links', 'request'], label: 'Ask an admin', kind: 'text', otherwise: 'a message to copy' },
  { path: ['links', 'contact'], label: 'Contact', kind: 'text' },
]
const CAPS: readonly Field[] = [
  { path: ['caps', 'perSession'], label: 'Prompts in one session', kind: 'number', otherwise: '3' },
  { path: ['caps', 'minInterval'], label: 'Least time between two', kind: 'text', otherwise: 'none' },
]
const GUARDRAILS: readonly Field[] = [
  { path: ['guardrails', 'minHealth'], label: 'Least health', kind: 'number', otherwise: '50' },
  { path: ['guardrails', 'minAccountAge'], label: 'Least age of the account', kind: 'text', otherwise: '30d' },
  { path: ['guardrails', 'flags'], label: 'Marks that keep all back', kind: 'names', otherwise: 'support_escalation' },
]

function planFields(source: unknown, i: number): readonly Field[] {
  const at = ['plans', i]
  const resources = [...new Set([...keysOf(get(source, 'resources')), ...keysOf(get(source, 'plans', i, 'limits'))])]
  return [
    { path: [...at, 'name'], label: 'Name', kind: 'text' },
    { path: [...at, 'price', 'amount'], label: 'Price', kind: 'number' },
    { path: [...at, 'price', 'currency'], label: 'Currency', kind: 'text' },
    { path: [...at, 'price', 'per'], label: 'Paid by', kind: 'text', options: ['month', 'year'] },
    ...resources.map(
      (resource): Field => ({
        path: [...at, 'limits', resource],
        label: `Limit of ${resource}`,
        kind: 'limit',
        otherwise: 'not known',
      }),
    ),
    { path: [...at, 'features'], label: 'Features', kind: 'names', otherwise: 'none' },
  ]
}

interface GroupProps {
  readonly source: unknown
  readonly findings: readonly Finding[]
  readonly name: string
  readonly at: Path
  readonly fields: readonly Field[]
  readonly open?: boolean
}

function Group({ source, findings, name, at, fields, open }: GroupProps) {
  const mine = at.length ? findings.filter(({ path }) => isWithin(path, at)) : []
  return (
    <details class="group" open={open}>
      <summary>
        {name}
        {mine.length > 0 && <span class="dim">{count(mine.length, 'finding', 'findings')}</span>}
      </summary>
      <div class="form-fields">
        {fields.map((field) => (
          <FormField key={field.path.join('.')} source={source} findings={findings} field={field} />
        ))}
      </div>
    </details>
  )
}

function Triggers({ source, findings }: Pick<GroupProps, 'source' | 'findings'>) {
  const [type, setType] = useState<Type>('limit_approaching')
  const triggers = listOf(get(source, 'triggers'))
  const add = (): void => {
    const trigger = newTrigger(source, type)
    editAt(['triggers', triggers.length], trigger)
    $triggerId.set(String(get(trigger, 'id')))
  }
  return (
    <>
      <h2>Triggers</h2>
      {triggers.map((trigger, i) => {
        const at: Path = ['triggers', i]
        const id = get(trigger, 'id')
        const mine = findings.filter(({ path }) => isWithin(path, at))
        const kind = get(trigger, 'type')
        return (
          <details
            key={i}
            class="group"
            onToggle={({ currentTarget }) => currentTarget.open && $triggerId.set(String(id))}
          >
            <summary>
              {String(id ?? `Trigger ${i + 1}`)}
              <span class="dim">
                {TYPES[kind as Type] ?? ''}
                {mine.length > 0 && `, ${count(mine.length, 'finding', 'findings')}`}
              </span>
            </summary>
            {triggerFields(source, at).map(([name, fields]) => (
              <fieldset key={name} class="form-fields">
                <legend>{name}</legend>
                {fields.map((field) => (
                  <FormField key={field.path.join('.')} source={source} findings={findings} field={field} />
                ))}
              </fieldset>
            ))}
            <Button quiet onClick={() => editAt([...at], undefined)}>
              Remove {String(id ?? 'it')}
            </Button>
          </details>
        )
      })}
      <div class="row">
        <Choice
          label="A new trigger, for when"
          value={type}
          options={Object.entries(TYPES).map(([value, name]) => ({ value: value as Type, name: name.toLowerCase() }))}
          onChange={setType}
        />
        <Button onClick={add}>Add it</Button>
      </div>
    </>
  )
}
