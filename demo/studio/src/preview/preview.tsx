import type { CheckedConfig, Outcome, Rule, Rules } from '@plimsoll/sdk'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { $checked, $config } from '../document.ts'
import { Button, Choice, Segments } from '../fields.tsx'
import { $persona, $scene, $triggerId, choosePersona, type PersonaId, personas, type Scene } from '../scene.ts'
import { STALE } from '../stale.tsx'
import { useStore } from '../useStore.ts'
import { openedAt, pretend, rulesOf } from '../why/pretend.ts'
import { useFit } from './fit.ts'
import { isRtl, localesOf } from './locales.ts'
import type { Showing, Told } from './messages.ts'
import { type As, promptFor, waysOf } from './promptFor.ts'

/** The pages that may be looked at, and how high each is at most. */
const PAGES = {
  '320': { width: 320, height: 640 },
  '768': { width: 768, height: 900 },
  '1280': { width: 1280, height: 800 },
} as const
type Width = keyof typeof PAGES

/** What came of a click in the preview, in a sentence. */
function sayOutcome(outcome: Outcome): string {
  switch (outcome.type) {
    case 'clicked':
      return outcome.href === undefined ? 'The button opened this.' : `The link leads to ${outcome.href}`
    case 'requested':
      return outcome.href === undefined
        ? 'An admin was asked: the message was copied.'
        : `Asking leads to ${outcome.href}`
    case 'dismissed':
      return 'It was dismissed: a refusal.'
    case 'snoozed':
      return 'It was put off: a refusal, and silence until it may speak again.'
    case 'stopped':
      return 'All prompts of this type were stopped.'
    case 'cancelled':
      return 'The block was left: no refusal.'
    case 'lost':
      return 'It has lost its place.'
    case 'shown':
      return ''
  }
  return outcome satisfies never
}

export function Preview() {
  const config = useStore($config)
  const scene = useStore($scene)
  const rules = useMemo(() => config && rulesOf(config), [config])
  if (!config || !rules || !scene) return <p class="nothing">There is no file yet that could be drawn.</p>
  if (!rules.all.size)
    return <p class="nothing">The file has no trigger, or none without a fault: see the list below its text.</p>
  return <Stage config={config} rules={rules} scene={scene} />
}

function Stage(props: { readonly config: CheckedConfig; readonly rules: Rules; readonly scene: Scene }) {
  const { config, rules, scene } = props
  const checked = useStore($checked)
  const wanted = useStore($triggerId)
  const persona = useStore($persona)
  const frame = useRef<HTMLIFrameElement>(null)
  const room = useRef<HTMLDivElement>(null)
  const [as, setAs] = useState<As>('prompt')
  const [variant, setVariant] = useState('-1')
  const [locale, setLocale] = useState('en-US')
  const [scheme, setScheme] = useState<Showing['scheme']>(() =>
    matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  )
  const [width, setWidth] = useState<Width>(() => (innerWidth < 900 ? '320' : '768'))
  const [dir, setDir] = useState<'auto' | Showing['dir']>('auto')
  const [again, setAgain] = useState(0)
  const [ready, setReady] = useState(false)
  const [drawn, setDrawn] = useState(true)
  const [said, setSaid] = useState('')

  const rule = rules.all.get(wanted) ?? (rules.all.get(rules.config.triggers[0]!.id) as Rule)
  const { trigger } = rule
  const ways = waysOf(rule)
  const way = ways.some((one) => one.as === as) ? as : 'prompt'
  const variants = trigger.variants
  const chosen = Number(variant) < variants.length ? Number(variant) : -1
  const locales = useMemo(() => localesOf(config), [config])

  const showing = useMemo((): Showing => {
    const input = pretend(rules, scene, [], openedAt)
    const prompt = promptFor(rule, input, way, chosen, locale)
    return {
      type: 'show',
      prompt,
      scheme,
      dir: dir === 'auto' ? (isRtl(locale) ? 'rtl' : 'ltr') : dir,
      locale,
      again,
    }
  }, [rules, scene, rule, way, chosen, locale, scheme, dir, again])

  useEffect(() => {
    const take = ({ source, origin, data }: MessageEvent<Told>): void => {
      if (source !== frame.current?.contentWindow || origin !== location.origin) return
      if (data.type === 'ready') setReady(true)
      else if (data.type === 'drawn') setDrawn(data.drawn)
      else setSaid((before) => sayOutcome(data.outcome) || before)
    }
    addEventListener('message', take)
    return () => removeEventListener('message', take)
  }, [])
  useEffect(() => {
    if (ready) frame.current?.contentWindow?.postMessage(showing, location.origin)
  }, [ready, showing])
  useEffect(() => setSaid(''), [trigger.id, way, again])

  const { scale, height } = useFit(room, PAGES[width])
  return (
    <div class="preview">
      <div class="controls">
        <Choice
          label="Trigger"
          value={trigger.id}
          options={[...rules.config.triggers].map(({ id }) => ({ value: id, name: id }))}
          onChange={(id) => $triggerId.set(id)}
        />
        <Choice
          label="Seen as"
          value={way}
          options={ways.map((one) => ({ value: one.as, name: one.name }))}
          onChange={setAs}
        />
        {variants.length > 0 && (
          <Choice
            label="Variant"
            value={String(chosen)}
            options={[
              { value: '-1', name: 'As written' },
              ...variants.map(({ id }, i) => ({ value: String(i), name: `Variant ${id}` })),
            ]}
            onChange={setVariant}
          />
        )}
        <Choice
          label="Persona"
          value={persona ?? 'own'}
          options={[
            ...personas.map(({ id, name }) => ({ value: id as PersonaId | 'own', name })),
            ...(persona ? [] : [{ value: 'own' as const, name: 'As set under Why' }]),
          ]}
          onChange={(id) => id !== 'own' && choosePersona(config, id)}
        />
        <Choice
          label="Locale"
          value={locale}
          options={locales.map((tag) => ({ value: tag, name: tag }))}
          onChange={setLocale}
        />
        <Choice
          label="Direction"
          value={dir}
          options={[
            { value: 'auto', name: 'By locale' },
            { value: 'ltr', name: 'Left to right' },
            { value: 'rtl', name: 'Right to left' },
          ]}
          onChange={setDir}
        />
        <Segments
          label="Page"
          value={scheme}
          options={[
            { value: 'light', name: 'Light' },
            { value: 'dark', name: 'Dark' },
          ]}
          onChange={setScheme}
        />
        <Segments
          label="Width"
          value={width}
          options={[
            { value: '320', name: '320' },
            { value: '768', name: '768' },
            { value: '1280', name: '1280' },
          ]}
          onChange={setWidth}
        />
      </div>
      <p class="note" role="status">
        {wanted &&
          !rules.all.has(wanted) &&
          `“${wanted}” has a fault or is not in the file any more: this is another one. `}
        {!checked.config && `${STALE} `}
        {!drawn && 'It cannot be drawn: a value in its words is unknown, or its link is refused. '}
        {said}
      </p>
      <div class="room" ref={room}>
        <div class="screen" style={{ inlineSize: `${Number(width) * scale}px`, blockSize: `${height * scale}px` }}>
          <iframe
            ref={frame}
            src="./frame.html"
            title="The prompt, in a page that stands for yours"
            style={{ inlineSize: `${width}px`, blockSize: `${height}px`, transform: `scale(${scale})` }}
          />
        </div>
      </div>
      <div class="foot">
        <span class="dim">
          {width} px{scale < 1 ? `, drawn at ${Math.round(scale * 100)}%` : ''}
        </span>
        <Button onClick={() => setAgain(again + 1)} quiet>
          Show it again
        </Button>
      </div>
    </div>
  )
}
