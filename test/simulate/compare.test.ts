import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { calendarOf } from '../../packages/sdk/src/simulate/calendarOf.ts'
import { compare, contrast } from '../../packages/sdk/src/simulate/compare.ts'
import { simulate } from '../../packages/sdk/src/simulate/simulate.ts'
import { stockJourneys } from '../../packages/sdk/src/simulate/stockPersonas.ts'
import { summarize } from '../../packages/sdk/src/simulate/summarize.ts'
import { configOf, FEATURE, LIMIT, MILESTONE, TEAM } from '../core/sample.ts'

const old = configOf([LIMIT, TEAM, FEATURE])

describe('A comparison', () => {
  test('finds nothing where only the writing differs', () => {
    const text = {
      version: 1,
      plans: [{ id: 'a', name: 'A', limits: { x: 1, y: 2 } }],
      triggers: [{ ...LIMIT, resource: 'x' }],
    }
    const other = {
      triggers: [{ at: 0.8, resource: 'x', type: LIMIT.type, id: LIMIT.id, enabled: true }],
      plans: [{ limits: { y: 2, x: 1 }, name: 'A', id: 'a' }],
      version: 1,
    }
    const [a, b] = [text, other].map((json) => parseConfig(json).config as CheckedConfig)
    expect(compare(a as CheckedConfig, b as CheckedConfig)).toEqual({ added: [], removed: [], changed: [], shared: [] })
  })

  test('says field by field what changed, in the words of the file', () => {
    const next = configOf(
      [
        { ...FEATURE, copy: { title: 'Sign in once' } },
        { ...LIMIT, at: [0.9, 1], suppress: { dismissals: 2, quiet: '12h' }, audience: { 'user.role': 'admin' } },
        MILESTONE,
      ],
      { caps: { perSession: 2, minInterval: '10m' } },
    )
    expect(compare(old, next)).toEqual({
      added: ['first-100'],
      removed: ['team-growth'],
      changed: [
        {
          id: 'projects-80',
          changes: [
            { field: 'suppress.dismissals', was: '3', is: '2' },
            { field: 'suppress.quiet', was: '30d', is: '12h' },
            { field: 'at', was: '80 %', is: '90 %, 100 %' },
            { field: 'audience', was: undefined, is: 'user.role admin' },
          ],
        },
        { id: 'sso-discovery', changes: [{ field: 'copy', was: undefined, is: 'title Sign in once' }] },
      ],
      shared: [
        { field: 'caps.perSession', was: '3', is: '2' },
        { field: 'caps.minInterval', was: '0s', is: '10m' },
        { field: 'order', was: 'projects-80, sso-discovery', is: 'sso-discovery, projects-80' },
      ],
    })
  })

  test('names a price for seats as the file does', () => {
    const withPrice = (amount: number) => {
      const plans = old.plans.map(({ limits: { ...limits }, ...plan }) => ({ id: plan.id, name: plan.name, limits }))
      return configOf([LIMIT], { plans: plans.map((plan) => ({ ...plan, seatPrice: { amount } })) })
    }
    const { shared } = compare(withPrice(8), withPrice(9))
    expect(shared[0]).toEqual({ field: 'plans[starter].seatPrice', was: 'amount 8', is: 'amount 9' })
  })

  test('says which personas see more, fewer or other prompts, by counts that the reports hold', () => {
    const journeys = stockJourneys(old)
    const run = (config: CheckedConfig) => simulate(config, journeys, { to: 20, days: 30, base: old })
    const fewer = configOf([{ ...LIMIT, enabled: false }, TEAM, FEATURE])
    const [before, after] = [run(old), run(fewer)]
    const contrasts = contrast(before, after)
    const sums = (report: typeof before) => summarize(report).personas.map(({ shown }) => shown)
    expect(contrasts.map(({ was }) => was)).toEqual(sums(before))
    expect(contrasts.map(({ is }) => is)).toEqual(sums(after))
    const admin = contrasts.find(({ persona }) => persona === 'growing-admin')
    expect(admin).toMatchObject({ verdict: 'fewer', users: before.personas['growing-admin']?.users })
    expect(admin?.triggers.find(({ id }) => id === 'projects-80')?.is).toBe(0)
    expect(contrast(before, run(old)).every(({ verdict, triggers }) => verdict === 'same' && !triggers.length)).toBe(
      true,
    )
  })
})

describe('A calendar', () => {
  test('shows of each user what a run counts of all', () => {
    const journeys = stockJourneys(old)
    const options = { days: 30, seed: 3 }
    const calendars = Array.from({ length: 20 }, (_, user) => calendarOf(old, journeys, user, options))
    const report = summarize(simulate(old, journeys, { ...options, to: 20 })).all
    const visits = calendars.flatMap(({ days }) => days.flatMap((day) => day.visits))
    expect(calendars.every(({ days }) => days.length === 30)).toBe(true)
    expect(visits.length).toBe(report.sessions)
    const prompts = visits.flatMap((visit) => visit.prompts)
    expect(prompts.length).toBe(report.shown)
    expect(prompts.length).toBeGreaterThan(0)
    for (const outcome of ['clicked', 'dismissed', 'ignored'] as const) {
      const sum = report.triggers.reduce((n, counts) => n + counts[outcome], 0)
      expect(prompts.filter((prompt) => prompt.outcome === outcome).length).toBe(sum)
    }
    const withheld = report.triggers
      .flatMap((counts) => Object.values(counts.withheld))
      .reduce((n, times) => n + times, 0)
    expect(visits.flatMap((visit) => visit.withheld).length).toBe(withheld)
  })

  test('has each visit on its own day', () => {
    const { days, startAt } = calendarOf(old, stockJourneys(old), 1, { days: 30 })
    for (const { day, visits } of days) {
      for (const { at } of visits) expect(Math.floor((at - startAt) / 864e5)).toBe(day)
    }
  })
})

describe('A summary', () => {
  test('says the median, the 95th of a hundred and the most, and adds the personas up', () => {
    const tally = (users: number, histogram: number[]) => ({
      users,
      sessions: 0,
      triggers: {},
      perSession: histogram,
      perWeek: [],
      perQuarter: [],
      quiet: [],
      never: 0,
      tooOften: 0,
    })
    const personas = { a: tally(3, [50, 44, 5, 1]), b: tally(4, [0, 100]) }
    const { all, personas: list } = summarize({ days: 1, seed: 1, startAt: 0, personas })
    expect(list.map(({ perSession }) => perSession)).toEqual([
      { median: 0, p95: 2, max: 3 },
      { median: 1, p95: 1, max: 1 },
    ])
    expect(all).toMatchObject({ users: 7, perSession: { median: 1, p95: 1, max: 3 } })
  })
})
