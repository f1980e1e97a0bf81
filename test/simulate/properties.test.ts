import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import type { Counter, Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { type ParsedLedger, parseLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import type { Journeys, Persona } from '../../packages/sdk/src/simulate/journeys.ts'
import { type LifeEvent, live } from '../../packages/sdk/src/simulate/life.ts'
import type { TriggerTally } from '../../packages/sdk/src/simulate/report.ts'
import { simulate, worldOf } from '../../packages/sdk/src/simulate/simulate.ts'
import { file } from '../core/lives.ts'

const part = fc.constantFrom(0, 0.1, 0.5, 1)
const share = fc.constantFrom<number | string>(0, 5, 9, 90, '40%', '80%', '100%', '130%')
const growth = fc.record(
  {
    from: share,
    to: share,
    curve: fc.constantFrom('linear' as const, 'exponential' as const, 'saturating' as const, 'step' as const),
    over: fc.constantFrom('10d', '60d'),
    noise: fc.constantFrom(0, 0.5),
    resets: fc.constantFrom('7d', '30d'),
  },
  { requiredKeys: [] },
)
const answers = fc.tuple(part, part, part, fc.constantFrom(0, 0, 0.2)).map(([click, dismiss, snooze, optOut]) => {
  const sum = Math.max(1, click + dismiss + snooze + optOut)
  return { click: click / sum, dismiss: dismiss / sum, snooze: snooze / sum, optOut: optOut / sum }
})
const persona: fc.Arbitrary<Omit<Persona, 'id'>> = fc.record(
  {
    role: fc.constantFrom('admin', 'member'),
    plan: fc.constantFrom('starter', 'pro', 'scale'),
    age: fc.constantFrom('0d', '20d', '400d'),
    health: fc.constantFrom(30, 80),
    usage: fc.record({ projects: growth, seats: growth }, { requiredKeys: [] }),
    visits: fc.record({
      perWeek: fc.constantFrom(1, 4, 7),
      perDay: fc.constantFrom(1, 1.5, 5),
      minutes: fc.constantFrom(3, 20, 60),
    }),
    features: fc.record(
      {
        sso: fc.record({ hover: part, try: part, search: part }),
        audit: fc.record({ hover: part, try: part, search: part }),
      },
      { requiredKeys: [] },
    ),
    events: fc.constant({ exported: 5 }),
    answers: fc.record({ any: answers, banner: answers, usage_milestone: answers }, { requiredKeys: ['any'] }),
    buys: part,
  },
  { requiredKeys: ['visits', 'answers'] },
)
const life = fc.record({
  config: file,
  journeys: persona.map((one): Journeys => ({ version: 1, personas: [{ id: 'one', ...one }] })),
  seed: fc.nat(1000),
})

interface Lived {
  readonly events: readonly LifeEvent[]
  readonly record: ParsedLedger
}

const DAYS = 40
/** A busy machine is no failure. */
const SLOW = process.env.PLIMSOLL_LONG ? 1_800_000 : 60_000

function liveOne(config: CheckedConfig, journeys: Journeys, seed: number): Lived {
  const events: LifeEvent[] = []
  const world = worldOf(config, journeys, { seed, days: DAYS })
  const ledger = live(world, 0, (event) => events.push(event))
  // As the next page would read it.
  return { events, record: parseLedger(ledger, [], world.startAt + DAYS * 86_400_000, 'new') }
}

const countersOf = (ledger: Ledger): readonly Counter[] => [
  ...Object.values(ledger.features),
  ...Object.values(ledger.accounts).flatMap(({ counters }) => Object.values(counters)),
]

describe('In every simulated life', () => {
  const rounds = { numRuns: process.env.PLIMSOLL_LONG ? 1000 : 25 }

  test(
    'the report counts what the events tell and what the ledger holds',
    () => {
      fc.assert(
        fc.property(life, ({ config, journeys, seed }) => {
          const { events, record } = liveOne(config, journeys, seed)
          const { personas } = simulate(config, journeys, { to: 1, seed, days: DAYS })
          const tally = personas.one as NonNullable<typeof personas.one>
          const triggers = Object.entries(tally.triggers)
          const sum = (of: (counts: TriggerTally) => number): number => triggers.reduce((n, [, one]) => n + of(one), 0)

          // The events, one by one.
          for (const [id, counts] of triggers) {
            const told = events.filter((event) => 'triggerId' in event && event.triggerId === id)
            const count = (is: (event: LifeEvent) => boolean): number => told.filter(is).length
            expect(counts.shown).toBe(count(({ type }) => type === 'shown'))
            expect(counts.held).toBe(count(({ type }) => type === 'held'))
            const answered = counts.clicked + counts.requested + counts.dismissed + counts.snoozed
            expect(counts.shown).toBe(answered + counts.ignored)
            for (const [reason, times] of Object.entries(counts.withheld)) {
              expect(times).toBe(count((event) => event.type === 'withheld' && event.reason === reason))
            }
          }

          // The ledger, where nothing begins again: features and milestones are counted for ever.
          const forever = triggers.filter(([id]) => /sso|audit|scim|first-100|fifty|exports/.test(id))
          const { features, accounts } = record.ledger
          const shownOf = (counters: readonly Counter[]): number =>
            counters.reduce((n, { shown }) => n + shown.length, 0)
          const milestones = Object.values(accounts).flatMap(({ counters }) =>
            Object.entries(counters).flatMap(([key, counter]) => (key.startsWith('m:') ? counter : [])),
          )
          const kept = [...Object.values(features), ...milestones]
          expect(forever.reduce((n, [, { shown, held }]) => n + shown + held, 0)).toBe(shownOf(kept))
          expect(forever.reduce((n, [, { dismissed, snoozed }]) => n + dismissed + snoozed, 0)).toBe(
            kept.reduce((n, { refused }) => n + refused.length, 0),
          )
          // Where no counter was renewed or is full, each impression has its moment there, of whatever trigger.
          const all = shownOf(countersOf(record.ledger))
          expect(all).toBeLessThanOrEqual(sum(({ shown, held }) => shown + held))
          const hasRisen = events.some(({ type }) => type === 'converted' || type === 'followed')
          if (
            !hasRisen &&
            !countersOf(record.ledger).some(({ shown }) => shown.length > 99) &&
            !sum(({ clicked }) => clicked)
          )
            expect(all).toBe(sum(({ shown, held }) => shown + held))
          const attempts = Object.values(features).reduce((n, counter) => n + (counter.attempts ?? 0), 0)
          expect(attempts).toBeGreaterThanOrEqual(sum(({ asked }) => asked))
          expect(record.ledger.optOuts.length > 0).toBe(sum(({ stopped }) => stopped) > 0)

          // Each histogram counts each session, week and user once, and each prompt as often.
          const total = (histogram: readonly number[]): number => histogram.reduce((n, times) => n + times, 0)
          const weighed = (histogram: readonly number[]): number => histogram.reduce((n, times, i) => n + times * i, 0)
          expect(total(tally.perSession)).toBe(tally.sessions)
          expect(total(tally.perWeek)).toBe(Math.ceil(DAYS / 7))
          expect(total(tally.quiet)).toBe(1)
          for (const one of [tally.perSession, tally.perWeek, tally.perQuarter]) {
            expect(weighed(one)).toBe(sum(({ shown }) => shown))
          }
        }),
        rounds,
      )
    },
    SLOW,
  )

  test(
    'no cap is exceeded, and what was refused is quiet for as long as the file says',
    () => {
      fc.assert(
        fc.property(life, ({ config, journeys, seed }) => {
          const { events } = liveOne(config, journeys, seed)
          const { caps, triggers } = config
          let inSession = 0
          let hasRisen = false
          let seen = new Map<string, number>()
          let lastAt = Number.NEGATIVE_INFINITY
          const group: number[] = []
          const quiet = new Map<string, number>()
          const features = new Set<string>()
          for (const event of events) {
            if (event.type === 'visit') {
              inSession = 0
              hasRisen = false
              seen = new Map()
              continue
            }
            const { triggerId, at } = event
            const trigger = triggers.find(({ id }) => id === triggerId) as (typeof triggers)[number]
            if (event.type === 'held' || event.type === 'shown') {
              expect(++inSession).toBeLessThanOrEqual(caps.perSession)
              // The interval is asked when the place is reserved, a second before it is seen.
              expect(at).toBeGreaterThanOrEqual(lastAt + caps.minIntervalMs)
              const perSession = trigger.frequency.find(({ per }) => per === 'session')?.max
              const times = (seen.get(triggerId) ?? 0) + 1
              seen.set(triggerId, times)
              // Of a ladder each rung has its own; a rise within a session begins anew.
              const isLadder = 'at' in trigger && trigger.at.length > 1
              if (perSession !== undefined && !isLadder && !hasRisen) expect(times).toBeLessThanOrEqual(perSession)
              if (trigger.type === 'feature_discovery' || trigger.type === 'usage_milestone')
                lastAt = Math.max(lastAt, at)
              if (trigger.group !== undefined) {
                const { max, perMs } = caps.groups.g as { max: number; perMs: number }
                group.push(at)
                // The window is asked when the place is reserved, a second before it is seen.
                expect(group.filter((one) => one > at - perMs + 1000).length).toBeLessThanOrEqual(max)
              }
              if (trigger.type === 'feature_discovery') {
                // Once per feature, whichever its trigger.
                expect(features.has(trigger.feature)).toBe(false)
                features.add(trigger.feature)
              }
              const quietUntil = quiet.get(triggerId)
              if (quietUntil !== undefined) expect(at).toBeGreaterThanOrEqual(quietUntil)
            }
            if (event.type === 'answered') {
              lastAt = at
              const { suppress } = trigger
              const isRefusal = event.answer === 'dismissed' || event.answer === 'snoozed' || event.answer === 'stopped'
              const isSteady = trigger.type === 'limit_approaching' && trigger.at.length === 1
              if (isRefusal && isSteady && suppress && 'dismissals' in suppress && suppress.dismissals === 1) {
                quiet.set(triggerId, at + suppress.quietMs)
              }
            }
            // A rise makes the question new.
            if (event.type === 'converted') {
              hasRisen = true
              quiet.clear()
            }
          }
        }),
        rounds,
      )
    },
    SLOW,
  )

  test('the record is read back as it was written', () => {
    fc.assert(
      fc.property(life, ({ config, journeys, seed }) => {
        const { record } = liveOne(config, journeys, seed)
        expect({ spoiled: record.spoiled, ahead: record.ahead, newer: record.newer }).toEqual({
          spoiled: false,
          ahead: false,
          newer: false,
        })
      }),
      { numRuns: 10 },
    )
  })
})
