import * as Plot from '@observablehq/plot'
import { useCallback, useMemo } from 'preact/hooks'
import type { Report, Summaries, Summary } from '../../../../packages/sdk/src/simulate/index.ts'
import { sayReasonShort } from '../why/reasonNames.ts'
import { Chart, COLOURS, Legend, Table } from './chart.tsx'

const number = (n: number): string => n.toLocaleString('en-GB')
const percent = (part: number): string => `${(part * 100).toLocaleString('en-GB', { maximumFractionDigits: 1 })}%`

const left = (names: readonly string[]): number =>
  16 + 7 * Math.max(4, ...names.map((name) => Math.min(22, name.length)))
const short = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name)

/** From nothing to too much: one colour that grows, and another for what is too much. */
const WEEK_FILLS = ['var(--none)', 'var(--more-1)', 'var(--more-2)', 'var(--more-3)', 'var(--part-3)']
const WEEKS = ['No prompt', '1 prompt', '2 prompts', '3 prompts', 'More than 3']

/** Shares of users' weeks, by how many prompts each brought. */
export function PromptsPerWeek({ report, summaries }: { readonly report: Report; readonly summaries: Summaries }) {
  const rows = useMemo(
    () =>
      Object.entries(report.personas).map(([persona, { perWeek }]) => {
        const total = perWeek.reduce((sum, n) => sum + n, 0) || 1
        const shares = [0, 1, 2, 3].map((n) => (perWeek[n] ?? 0) / total)
        const more = perWeek.slice(4).reduce((sum, n) => sum + n, 0) / total
        const mean = perWeek.reduce((sum, times, n) => sum + n * times, 0) / total
        return { persona, shares: [...shares, more], mean }
      }),
    [report],
  )
  const plot = useCallback((): Plot.PlotOptions => {
    const data = rows.flatMap(({ persona, shares }) =>
      shares.map((share, i) => ({ persona, share, prompts: WEEKS[i] as string })),
    )
    return {
      marginLeft: left(rows.map(({ persona }) => persona)),
      marginBottom: 44,
      marginTop: 4,
      height: 48 + rows.length * 34,
      x: {
        labelAnchor: 'center',
        labelOffset: 38,
        label: 'Share of users’ weeks',
        tickFormat: '%',
        domain: [0, 1],
        grid: true,
      },
      y: { label: null, domain: rows.map(({ persona }) => persona), tickFormat: short },
      color: { domain: WEEKS, range: WEEK_FILLS },
      marks: [
        Plot.barX(data, {
          x: 'share',
          y: 'persona',
          fill: 'prompts',
          order: WEEKS,
          insetTop: 3,
          insetBottom: 3,
          title: ({ persona, prompts, share }) => `${persona}\n${prompts}: ${percent(share)} of weeks`,
          tip: true,
        }),
      ],
    }
  }, [rows])
  const spread = new Map(summaries.personas.map((summary) => [summary.persona, summary]))
  return (
    <figure>
      <figcaption>
        <h2>Prompts per user per week</h2>
        <p class="dim">What a week brings each kind of user. Most weeks should bring nothing.</p>
      </figcaption>
      <Legend parts={WEEKS} fills={WEEK_FILLS} />
      <Chart label="Prompts per user per week, by persona; the figures are in the table below" plot={plot} />
      <Table
        label="Prompts per user per week"
        header={['Persona', 'Users', ...WEEKS, 'Mean', '95 of 100 at most', 'Too often', 'Never reached']}
        rows={rows.map(({ persona, shares, mean }) => {
          const { users, perWeek, tooOften, never } = spread.get(persona) as Summary
          return [
            persona,
            number(users),
            ...shares.map(percent),
            mean.toFixed(2),
            perWeek.p95,
            number(tooOften),
            number(never),
          ]
        })}
      />
    </figure>
  )
}

const STAGES = ['Shown', 'Answered', 'Followed', 'Bought'] as const

/** How many prompts of each trigger came how far. */
export function Funnel({ all }: { readonly all: Summary }) {
  const rows = useMemo(
    () =>
      all.triggers.map(({ id, shown, clicked, requested, dismissed, snoozed, converted, ignored, held, reached }) => ({
        id,
        steps: [shown, clicked + requested + dismissed + snoozed, clicked + requested, converted],
        more: [dismissed, snoozed, ignored, held, reached],
      })),
    [all],
  )
  const plot = useCallback((): Plot.PlotOptions => {
    const data = rows.flatMap(({ id, steps }) =>
      steps.map((n, i) => ({ id, n, stage: STAGES[i] as string, of: steps[0] ?? 0 })),
    )
    return {
      marginLeft: left(rows.map(({ id }) => id)),
      marginRight: 60,
      marginBottom: 44,
      marginTop: 4,
      height: 48 + rows.length * 84,
      x: { labelAnchor: 'center', labelOffset: 38, label: 'Prompts', grid: true, axis: 'bottom' },
      y: { axis: null, domain: [...STAGES] },
      fy: { label: null, domain: rows.map(({ id }) => id), padding: 0.15, tickFormat: short, axis: 'left' },
      color: { domain: [...STAGES], range: COLOURS },
      marks: [
        Plot.barX(data, {
          x: 'n',
          y: 'stage',
          fy: 'id',
          fill: 'stage',
          insetTop: 1,
          insetBottom: 1,
          title: ({ id, stage, n, of }) =>
            `${id}\n${stage}: ${number(n)}${of ? `, ${percent(n / of)} of those shown` : ''}`,
          tip: true,
        }),
        Plot.text(data, {
          x: 'n',
          y: 'stage',
          fy: 'id',
          text: ({ n }) => number(n),
          textAnchor: 'start',
          dx: 6,
          fontSize: 11,
        }),
      ],
    }
  }, [rows])
  return (
    <figure>
      <figcaption>
        <h2>The funnel of each trigger</h2>
        <p class="dim">Prompts shown, answered in any way, followed or passed on to an admin, and bought after.</p>
      </figcaption>
      <Legend parts={STAGES} />
      <Chart label="The funnel of each trigger; the figures are in the table below" plot={plot} />
      <Table
        label="The funnel of each trigger"
        header={['Trigger', ...STAGES, 'Dismissed', 'Put off', 'Ignored', 'Held out', 'Users reached']}
        rows={rows.map(({ id, steps, more }) => [id, ...steps.map(number), ...more.map(number)])}
      />
    </figure>
  )
}

/** How often each reason kept prompts back, by trigger. */
export function Withheld({ all }: { readonly all: Summary }) {
  const { data, reasons, triggers } = useMemo(() => {
    const found = all.triggers.flatMap(({ id, withheld }) =>
      Object.entries(withheld).map(([reason, n]) => ({
        id,
        reason: sayReasonShort(reason as keyof typeof withheld),
        n: n ?? 0,
      })),
    )
    const sums = new Map<string, number>()
    for (const { reason, n } of found) sums.set(reason, (sums.get(reason) ?? 0) + n)
    return {
      data: found,
      reasons: [...sums].sort((a, b) => b[1] - a[1]).map(([reason]) => reason),
      triggers: [...new Set(found.map(({ id }) => id))],
    }
  }, [all])
  const plot = useCallback(
    (): Plot.PlotOptions => ({
      marginLeft: 16 + 6.8 * Math.max(4, ...reasons.map(({ length }) => length)),
      marginBottom: 44,
      marginTop: 4,
      height: 48 + reasons.length * 30,
      x: { labelAnchor: 'center', labelOffset: 38, label: 'Times, once per user and session', grid: true },
      y: { label: null, domain: reasons },
      color: { domain: triggers, range: triggers.map((_, i) => COLOURS[i % COLOURS.length] as string) },
      marks: [
        Plot.barX(data, {
          x: 'n',
          y: 'reason',
          fill: 'id',
          order: triggers,
          insetTop: 3,
          insetBottom: 3,
          title: ({ id, reason, n }) => `${id}\n${reason}: ${number(n)}`,
          tip: true,
        }),
      ],
    }),
    [data, reasons, triggers],
  )
  const of = (reason: string, id: string): number => data.find((one) => one.reason === reason && one.id === id)?.n ?? 0
  return (
    <figure>
      <figcaption>
        <h2>Why prompts were kept back</h2>
        <p class="dim">A trigger had matched, and a rule said no. Counted once per user, session and reason.</p>
      </figcaption>
      {reasons.length ? (
        <>
          <Legend parts={triggers} />
          <Chart label="Why prompts were kept back; the figures are in the table below" plot={plot} />
          <Table
            label="Why prompts were kept back"
            header={['Reason', ...triggers]}
            rows={reasons.map((reason) => [reason, ...triggers.map((id) => number(of(reason, id)))])}
          />
        </>
      ) : (
        <p>Nothing was kept back.</p>
      )}
    </figure>
  )
}

/** Sums that head the page. */
export function Headline({ report, summaries }: { readonly report: Report; readonly summaries: Summaries }) {
  const { all, tooOften } = summaries
  const weeks = Object.values(report.personas)
    .flatMap(({ perWeek }) => perWeek)
    .reduce((sum, n) => sum + n, 0)
  return (
    <dl class="sums">
      <div>
        <dt>Prompts shown</dt>
        <dd>{number(all.shown)}</dd>
      </div>
      <div>
        <dt>Per user and week</dt>
        <dd>{(all.shown / (weeks || 1)).toFixed(2)}</dd>
      </div>
      <div>
        <dt>Most in one session</dt>
        <dd>{all.perSession.max}</dd>
      </div>
      <div>
        <dt>Never reached</dt>
        <dd>
          {number(all.never)} <small>of {number(all.users)} users</small>
        </dd>
      </div>
      <div>
        <dt>Reached too often</dt>
        <dd>
          {number(all.tooOften)} <small>over {tooOften.perWeek} in a week</small>
        </dd>
      </div>
    </dl>
  )
}
