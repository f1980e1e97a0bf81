import type { CheckedConfig } from '@plimsoll/sdk'
import { atom } from 'nanostores'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type Report, summarize } from '../../../../packages/sdk/src/simulate/index.ts'
import { $config } from '../document.ts'
import { Choice } from '../fields.tsx'
import { $journeys } from '../file/journeysFile.ts'
import { useStore } from '../useStore.ts'
import { UserCalendar } from './calendar.tsx'
import { ask, type Setting, today } from './jobs.ts'
import { peopleOf } from './people.ts'
import { PeopleChoice } from './peopleChoice.tsx'
import { Funnel, Headline, PromptsPerWeek, Withheld } from './pictures.tsx'

/** What is played, kept while another tab is open. */
const $run = atom({ users: '1000', days: '90', seed: 1 })

/** A file is played once nobody has changed it for so long. */
const PAUSE_MS = 400

export function Simulate() {
  const config = useStore($config)
  if (!config) return <p class="nothing">There is no file yet that could be played.</p>
  if (!config.triggers.length) return <p class="nothing">The file has no trigger, or none without a fault.</p>
  return <Run config={config} />
}

function Run({ config }: { readonly config: CheckedConfig }) {
  const run = useStore($run)
  const { users, days, seed } = run
  const [done, setDone] = useState<number>()
  const [failed, setFailed] = useState(false)
  const [report, setReport] = useState<Report>()
  const file = useStore($journeys)
  const people = useMemo(() => peopleOf(file, config), [file, config])
  // While somebody is in the middle of a word of theirs, the journeys are as they were before it.
  const sound = useRef(people.journeys)
  if (people.journeys) sound.current = people.journeys
  const journeys = sound.current
  const setting = useMemo(
    (): Setting | null => journeys && { journeys, users: Number(users), days: Number(days), seed, startAt: today() },
    [journeys, users, days, seed],
  )
  useEffect(() => {
    let stop = (): void => {}
    setFailed(false)
    if (!setting) return
    const pause = setTimeout(() => {
      setDone(0)
      stop = ask(
        { type: 'play', configs: [config], setting },
        (answer) => {
          if (answer.type === 'progress') setDone(answer.done)
          else if (answer.type === 'played') {
            setReport(answer.reports[0])
            setDone(undefined)
          }
        },
        () => {
          setDone(undefined)
          setFailed(true)
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(pause)
      stop()
    }
  }, [config, setting])
  const summaries = useMemo(() => report && summarize(report), [report])
  return (
    <div class="simulate">
      <div class="controls">
        <Choice
          label="Users"
          value={users}
          options={['200', '1000', '5000', '20000'].map((n) => ({ value: n, name: Number(n).toLocaleString('en-GB') }))}
          onChange={(next) => $run.set({ ...run, users: next })}
        />
        <Choice
          label="Days"
          value={days}
          options={['30', '90', '180', '365'].map((n) => ({ value: n, name: n }))}
          onChange={(next) => $run.set({ ...run, days: next })}
        />
        <label class="field">
          <span class="label">Seed</span>
          <input
            type="number"
            min={0}
            max={2 ** 31}
            value={seed}
            onInput={({ currentTarget }) =>
              currentTarget.validity.valid && $run.set({ ...run, seed: Math.floor(currentTarget.valueAsNumber || 0) })
            }
          />
        </label>
        <p class="progress" role="status">
          {done !== undefined && (
            <>
              <progress value={done} aria-label="Playing" /> Playing {Number(users).toLocaleString('en-GB')} users
            </>
          )}
          {failed && 'The file could not be played.'}
        </p>
      </div>
      <PeopleChoice config={config} people={people} />
      <p class="dim">
        They live through the file by the engine’s own rules, on a clock of their own; the same seed gives the same
        result.
      </p>
      {report && summaries && setting && (
        <div class="pictures">
          <Headline summaries={summaries} report={report} />
          <PromptsPerWeek report={report} summaries={summaries} />
          <UserCalendar config={config} setting={setting} />
          <Funnel all={summaries.all} />
          <Withheld all={summaries.all} />
        </div>
      )}
    </div>
  )
}
