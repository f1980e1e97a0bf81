import * as Plot from '@observablehq/plot'
import type { CheckedConfig } from '@plimsoll/sdk'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import type { Calendar } from '../../../../packages/sdk/src/simulate/index.ts'
import { Button, Choice } from '../fields.tsx'
import { sayReasonShort } from '../why/reasonNames.ts'
import { Chart, Legend, Table } from './chart.tsx'
import { ask, type Setting } from './jobs.ts'

const DAY = 86_400_000
const KINDS = ['Away', 'Visited', 'Kept back', 'Prompt'] as const
const FILLS = ['var(--none)', 'var(--part-5)', 'var(--part-3)', 'var(--part-1)']

const DID = {
  clicked: 'followed',
  requested: 'passed on to an admin',
  dismissed: 'dismissed',
  snoozed: 'put off',
  stopped: 'stopped for good',
  ignored: 'ignored',
  held: 'held out',
} as const

interface Day {
  readonly at: number
  readonly kind: (typeof KINDS)[number]
  readonly lines: readonly string[]
}

/** What a day brought, in words. */
function daysOf({ startAt, days }: Calendar): readonly Day[] {
  return days.map(({ day, visits }): Day => {
    const prompts = visits.flatMap((visit) => visit.prompts)
    const kept = visits.flatMap((visit) => visit.withheld)
    return {
      at: startAt + day * DAY,
      kind: prompts.length ? 'Prompt' : kept.length ? 'Kept back' : visits.length ? 'Visited' : 'Away',
      lines: [
        ...prompts.map(({ triggerId, outcome }) => `${triggerId}: ${DID[outcome]}`),
        ...kept.map(({ triggerId, reason }) => `${triggerId}: kept back (${sayReasonShort(reason).toLowerCase()})`),
        ...visits.flatMap(({ converted }) => converted.map((id) => `bought after ${id}`)),
      ],
    }
  })
}

const say = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** One user's days. */
export function UserCalendar({ config, setting }: { readonly config: CheckedConfig; readonly setting: Setting }) {
  const personas = setting.journeys.personas.map(({ id }) => id)
  const [user, setUser] = useState(0)
  const [wanted, setWanted] = useState('')
  /** `null`: nobody is of this persona. */
  const [calendar, setCalendar] = useState<Calendar | null>()
  const persona = personas.includes(wanted) ? wanted : (personas[1] ?? personas[0] ?? '')
  useEffect(
    () =>
      ask(
        { type: 'calendar', config, setting, persona, user },
        (answer) => answer.type === 'calendar' && setCalendar(answer.calendar ?? null),
        () => setCalendar(undefined),
      ),
    [config, setting, user, persona],
  )
  const days = useMemo(() => (calendar ? daysOf(calendar) : []), [calendar])
  const plot = useCallback(
    (width: number): Plot.PlotOptions => {
      const start = days[0]?.at ?? 0
      // A column is a week that begins on a Monday, wherever in it the run begins.
      const missed = (new Date(start).getUTCDay() + 6) % 7
      const weekOf = ({ at }: Day): number => Math.floor(((at - start) / DAY + missed) / 7)
      const weeks = Math.ceil((days.length + missed) / 7)
      const cell = Math.min(34, (width - 50) / Math.max(1, weeks))
      return {
        width: 50 + cell * weeks,
        height: 30 + 7 * Math.min(cell, 26),
        marginLeft: 40,
        marginTop: 22,
        marginBottom: 4,
        padding: 0.12,
        x: {
          axis: 'top',
          label: null,
          tickSize: 0,
          tickFormat: (week: number) =>
            week % 4 ? '' : say(start + Math.max(0, week * 7 - missed) * DAY).replace(/^\w+,? /, ''),
        },
        y: {
          label: null,
          tickSize: 0,
          domain: [1, 2, 3, 4, 5, 6, 0],
          tickFormat: (day: number) =>
            (day % 2 ? ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][day] : '') as string,
        },
        color: { domain: [...KINDS], range: FILLS },
        marks: [
          Plot.cell(days, {
            x: weekOf,
            y: ({ at }: Day) => new Date(at).getUTCDay(),
            fill: 'kind',
            rx: 3,
            title: ({ at, kind, lines }: Day) => [say(at), ...(lines.length ? lines : [kind])].join('\n'),
            tip: true,
          }),
        ],
      }
    },
    [days],
  )
  const eventful = days.filter(({ lines }) => lines.length)
  return (
    <figure>
      <figcaption>
        <h2>{setting.days} days of one user</h2>
        <p class="dim">
          {calendar
            ? `User ${calendar.user} of this run, a ${calendar.persona}.`
            : calendar === null
              ? `No user of this run is a ${persona}: it is too rare among so few.`
              : 'One user of this run.'}
        </p>
      </figcaption>
      <div class="row controls">
        <Choice
          label="Persona"
          value={persona}
          options={personas.map((id) => ({ value: id, name: id }))}
          onChange={setWanted}
        />
        <Button onClick={() => setUser((calendar?.user ?? user) + 1)}>Another user</Button>
      </div>
      {calendar && (
        <>
          <Legend parts={KINDS} fills={FILLS} />
          <Chart label="The days of one user; what happened is in the table below" plot={plot} />
          {eventful.length ? (
            <Table
              label="The days of one user"
              header={['Day', 'What happened']}
              rows={eventful.map(({ at, lines }) => [say(at), lines.join('; ')])}
            />
          ) : (
            <p>This user met no prompt, and none was kept back.</p>
          )}
        </>
      )}
    </figure>
  )
}
