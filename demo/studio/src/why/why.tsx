import { type CheckedConfig, decide, type Verdict } from '@plimsoll/sdk'
import { atom } from 'nanostores'
import { useMemo } from 'preact/hooks'
import { $config } from '../document.ts'
import { Button } from '../fields.tsx'
import { $persona, $scene, $triggerId, type Scene } from '../scene.ts'
import { $tab } from '../shell/session.ts'
import { useStore } from '../useStore.ts'
import { Controls } from './controls.tsx'
import { openedAt, type Past, type PastAnswer, pretend, rulesOf } from './pretend.ts'
import { sayReason } from './sentences.ts'

/** What was shown and answered so far. */
const $past = atom<readonly Past[]>([])

const ANSWERS: readonly { readonly answer: PastAnswer; readonly name: string; readonly did: string }[] = [
  { answer: 'dismissed', name: 'Refuse it', did: 'refused' },
  { answer: 'snoozed', name: 'Put it off', did: 'put off' },
  { answer: 'clicked', name: 'Follow it', did: 'followed' },
  { answer: 'left', name: 'Leave it unanswered', did: 'left unanswered' },
]

/** For every trigger: would it show, and if not, why. */
export function Why() {
  const config = useStore($config)
  const scene = useStore($scene)
  if (!config || !scene) return <p class="nothing">There is no file yet to be asked about.</p>
  return <Verdicts config={config} scene={scene} />
}

function Verdicts({ config, scene }: { readonly config: CheckedConfig; readonly scene: Scene }) {
  const past = useStore($past)
  const persona = useStore($persona)
  const rules = useMemo(() => rulesOf(config), [config])
  const { verdicts, show, now } = useMemo(() => {
    const input = pretend(rules, scene, past, openedAt)
    return { ...decide(input, input.rules.all.values(), true), now: input.now }
  }, [rules, scene, past])
  const wins = show && !show.held ? show.rule.trigger.id : undefined
  const answer = (triggerId: string, did: PastAnswer): void => $past.set([...past, { triggerId, answer: did, scene }])
  return (
    <div class="why">
      <p class="headline" role="status">
        {wins === undefined ? 'Nothing shows now.' : `“${wins}” shows now.`}
      </p>
      <Controls config={config} scene={scene} persona={persona} now={now} />
      <section class="verdicts" aria-label="Verdicts">
        <ul>
          {verdicts.map((verdict) => (
            <Card
              key={verdict.triggerId}
              verdict={verdict}
              shows={verdict.triggerId === wins}
              config={config}
              now={now}
              onAnswer={answer}
            />
          ))}
        </ul>
        {past.length > 0 && (
          <section class="past" aria-label="What happened before">
            <h2>What happened before</h2>
            <ol>
              {past.map(({ triggerId, answer: was }, i) => (
                <li key={i}>
                  {triggerId} was {ANSWERS.find((one) => one.answer === was)?.did}
                </li>
              ))}
            </ol>
            <Button onClick={() => $past.set([])} quiet>
              Forget all of it
            </Button>
          </section>
        )}
      </section>
    </div>
  )
}

function Card(props: {
  readonly verdict: Verdict
  readonly shows: boolean
  readonly config: CheckedConfig
  readonly now: number
  readonly onAnswer: (triggerId: string, answer: PastAnswer) => void
}) {
  const { verdict, shows, config, now, onAnswer } = props
  const { triggerId, triggerType, reasons } = verdict
  return (
    <li class={shows ? 'verdict shows' : 'verdict'}>
      <div class="verdict-head">
        <h2>{triggerId}</h2>
        <span class={shows ? 'chip yes' : 'chip no'}>{shows ? 'Shows' : 'Does not show'}</span>
        <button
          type="button"
          class="button quiet"
          onClick={() => {
            $triggerId.set(triggerId)
            $tab.set('preview')
          }}
          aria-label={`Preview it: ${triggerId}`}
        >
          Preview it
        </button>
      </div>
      {reasons.length > 0 && (
        <ul class="reasons">
          {reasons.map((reason) => (
            <li key={reason.reason}>
              {sayReason(reason, { config, type: triggerType, now })} <code>{reason.reason}</code>
            </li>
          ))}
        </ul>
      )}
      {shows && (
        <div class="answers">
          <span class="dim">What if the user should</span>
          {ANSWERS.map(({ answer, name }) => (
            <Button key={answer} onClick={() => onAnswer(triggerId, answer)}>
              {name}
            </Button>
          ))}
        </div>
      )}
    </li>
  )
}
