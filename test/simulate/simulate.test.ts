import { describe, expect, test } from 'vitest'
import { type LifeEvent, live } from '../../packages/sdk/src/simulate/life.ts'
import { merge } from '../../packages/sdk/src/simulate/report.ts'
import { simulate, worldOf } from '../../packages/sdk/src/simulate/simulate.ts'
import { stockJourneys } from '../../packages/sdk/src/simulate/stockPersonas.ts'
import { configOf, FEATURE, LIMIT, MILESTONE, TEAM } from '../core/sample.ts'
import { castOfOne, DAILY } from './sample.ts'

const config = configOf([LIMIT, TEAM, FEATURE, MILESTONE])
const journeys = stockJourneys(config)
const NONE = { shown: 0, held: 0, clicked: 0, requested: 0, dismissed: 0, snoozed: 0, ignored: 0, stopped: 0 }
const REST = { asked: 0, followed: 0, converted: 0 }

describe('a persona without chance', { timeout: 60_000 }, () => {
  const used = (to: number, from = to) => ({ projects: { from, to, curve: 'step' as const, noise: 0 } })

  test('sees a limit prompt once a session, three in all, then nothing for thirty quiet days, and again', () => {
    const { personas } = simulate(configOf([LIMIT]), castOfOne({ ...DAILY, usage: used(82) }), { to: 1, days: 90 })
    // Days 0 to 2, then thirty quiet days from the moment that the third left the screen, and so on: 0–2, 33–35, 66–68
    // where the visit ends later in the day than that moment, else a day on.
    expect(personas.one?.triggers['projects-80']).toMatchObject({ ...NONE, ...REST, shown: 9, ignored: 9, reached: 1 })
    expect(personas.one).toMatchObject({ users: 1, sessions: 90, never: 0, tooOften: 0 })
    expect(personas.one?.perSession).toEqual([81, 9])
    expect(personas.one?.perQuarter).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    // Told once in each session that showed nothing, whichever of the two it was, and in the one in whose midst the quiet
    // days end; the standing one is not withheld.
    const { quiet = 0, frequency = 0 } = personas.one?.triggers['projects-80']?.withheld ?? {}
    expect(quiet + frequency).toBe(82)
  })

  test('sees a prompt go when its schedule is over, in the midst of a visit', () => {
    const lifeUnder = (schedule: object) => {
      const events: LifeEvent[] = []
      live(worldOf(configOf([{ ...LIMIT, ...schedule }]), castOfOne({ ...DAILY, usage: used(82) })), 0, (event) =>
        events.push(event),
      )
      return events
    }
    const at = lifeUnder({}).find(({ type }) => type === 'shown')?.at as number
    const until = new Date(at + 30_000).toISOString()
    expect(lifeUnder({ schedule: { until } }).filter(({ type }) => type !== 'visit')).toEqual([
      { type: 'shown', triggerId: 'projects-80', at },
      { type: 'ignored', triggerId: 'projects-80', at: at + 30_000 },
    ])
  })

  test('has one session for as long as it stays, an hour of small things among them', () => {
    const stays = { ...DAILY, visits: { perWeek: 7, minutes: 60 }, usage: used(82), events: { saved: 7 } }
    const once = configOf([{ ...LIMIT, frequency: { max: 1, per: 'session' } }])
    const { personas } = simulate(once, castOfOne(stays), { to: 5, days: 10 })
    expect(personas.one?.perSession).toEqual([0, 50])
  })

  test('is bought from with the plan offered, and sees no more of what it has answered', () => {
    const buyer = {
      ...DAILY,
      usage: used(82),
      buys: 1,
      answers: { any: { click: 1, dismiss: 0, snooze: 0, optOut: 0 } },
    }
    const { personas } = simulate(configOf([LIMIT]), castOfOne(buyer), { to: 1 })
    expect(personas.one?.triggers['projects-80']).toEqual({
      ...NONE,
      ...REST,
      shown: 1,
      clicked: 1,
      converted: 1,
      reached: 1,
      // Between the click and the purchase.
      withheld: { frequency: 1 },
    })
  })

  test('asks an admin where it cannot buy, and nothing is bought', () => {
    const member = {
      ...DAILY,
      role: 'member',
      usage: used(82),
      buys: 1,
      answers: { any: { click: 1, dismiss: 0, snooze: 0, optOut: 0 } },
    }
    const { personas } = simulate(configOf([LIMIT]), castOfOne(member), { to: 1, days: 30 })
    expect(personas.one?.triggers['projects-80']).toMatchObject({ ...NONE, ...REST, shown: 3, requested: 3 })
  })

  test('is asked about its seats once, and anew only when more are in use', () => {
    const refuses = { ...DAILY, answers: { any: { click: 0, dismiss: 1, snooze: 0, optOut: 0 } } }
    const seats = { seats: { from: 9, to: 10, curve: 'step' as const, noise: 0, over: '60d' } }
    const { personas } = simulate(configOf([TEAM]), castOfOne({ ...refuses, usage: seats }), { to: 1, days: 60 })
    expect(personas.one?.triggers['team-growth']).toMatchObject({ ...NONE, shown: 2, dismissed: 2 })
  })

  test('stops prompts of one type for good', () => {
    const stops = { ...DAILY, usage: used(82), answers: { any: { click: 0, dismiss: 0, snooze: 0, optOut: 1 } } }
    const { personas } = simulate(configOf([LIMIT]), castOfOne(stops), { to: 1, days: 10 })
    expect(personas.one?.triggers['projects-80']).toMatchObject({
      ...NONE,
      shown: 1,
      dismissed: 1,
      stopped: 1,
      withheld: { opted_out: 9 },
    })
  })

  test('is shown nothing that is held out, though it counts as shown', () => {
    const held = configOf([{ ...LIMIT, holdout: 1 }])
    const { personas } = simulate(held, castOfOne({ ...DAILY, usage: used(82) }), { to: 1, days: 10 })
    expect(personas.one?.triggers['projects-80']).toMatchObject({ ...NONE, held: 3, reached: 0 })
    expect(personas.one).toMatchObject({ never: 1 })
    expect(personas.one?.quiet.at(-1)).toBe(1)
    expect(personas.one?.quiet).toHaveLength(11)
  })

  test('celebrates each milestone that it passes, and none that it had', () => {
    const grows = { projects: { from: 5, to: 15, curve: 'step' as const, noise: 0, over: '20d' } }
    const { personas } = simulate(configOf([MILESTONE]), castOfOne({ ...DAILY, usage: grows }), { to: 1, days: 20 })
    expect(personas.one?.triggers['first-100']).toMatchObject({ ...NONE, shown: 1, ignored: 1 })
  })

  test('counts every event, and celebrates in the session that passes a milestone, the first included', () => {
    const exporter = { ...DAILY, visits: { perWeek: 7, minutes: 60 }, events: { exports: 28 } }
    const celebrated = (first: number) => {
      const days: number[] = []
      let day = 0
      const milestones = [first, 1000, 2000]
      const world = worldOf(configOf([{ ...MILESTONE, metric: 'exports', milestones }]), castOfOne(exporter), {
        days: 9,
      })
      const { accounts } = live(world, 0, (event) => {
        if (event.type === 'visit') day = event.day
        if (event.type === 'shown') days.push(day)
      })
      return { days, counts: Object.values(accounts).map(({ counts }) => counts) }
    }
    // Four each day.
    const counts = [{ exports: 36 }]
    expect(celebrated(500)).toEqual({ days: [], counts })
    expect(celebrated(4)).toEqual({ days: [0], counts })
    expect(celebrated(12)).toEqual({ days: [2], counts })
    expect(celebrated(13)).toEqual({ days: [3], counts })
  })

  test('is near a feature when it points at it, and answered when it clicks it', () => {
    const curious = { ...DAILY, features: { sso: { hover: 1 } } }
    const near = simulate(configOf([FEATURE]), castOfOne(curious), { to: 1, days: 10 })
    expect(near.personas.one?.triggers['sso-discovery']).toMatchObject({ ...NONE, shown: 1, ignored: 1, asked: 0 })
    const tries = { ...DAILY, features: { sso: { try: 1 } } }
    const asked = simulate(configOf([FEATURE]), castOfOne(tries), { to: 1, days: 10 })
    expect(asked.personas.one?.triggers['sso-discovery']).toMatchObject({ ...NONE, asked: 10 })
    const searches = { ...DAILY, features: { sso: { search: 1 } } }
    const found = simulate(configOf([FEATURE]), castOfOne(searches), { to: 1, days: 10 })
    expect(found.personas.one?.triggers['sso-discovery']).toMatchObject({ ...NONE, shown: 1, ignored: 1 })
  })
})

describe('a run', { timeout: 60_000 }, () => {
  test('gives the same for the same seed, and other lives for another', () => {
    const run = (seed: number) => simulate(config, journeys, { to: 20, days: 20, seed })
    expect(run(7)).toEqual(run(7))
    expect(run(7).personas).not.toEqual(run(8).personas)
  })

  test('is the sum of its parts, however they are shared out and added', () => {
    const part = (from: number, to: number) => simulate(config, journeys, { from, to, days: 20 })
    const [a, b, c] = [part(0, 7), part(7, 8), part(8, 20)]
    expect(merge(merge(a, b), c)).toEqual(part(0, 20))
    expect(merge(a, merge(b, c))).toEqual(part(0, 20))
    expect(merge(c, merge(b, a)).personas).toEqual(part(0, 20).personas)
  })

  test('gives each persona its share of the users, however few they are', () => {
    const weights = {
      version: 1 as const,
      personas: [
        { id: 'a', weight: 3 },
        { id: 'b', weight: 1 },
      ],
    }
    for (const users of [4, 40, 400]) {
      const { personas } = simulate(config, weights, { to: users, days: 1 })
      expect(Math.abs((personas.a?.users ?? 0) - users * 0.75)).toBeLessThanOrEqual(1)
      expect((personas.a?.users ?? 0) + (personas.b?.users ?? 0)).toBe(users)
    }
  })

  test('has lives that a longer run only lengthens, and a changed file leaves alone but for what it shows', () => {
    const other = configOf([{ ...LIMIT, at: 0.5 }, TEAM, FEATURE, MILESTONE])
    const sessions = (run: ReturnType<typeof simulate>) => Object.values(run.personas).map((one) => one.sessions)
    expect(sessions(simulate(other, journeys, { to: 20, days: 20 }))).toEqual(
      sessions(simulate(config, journeys, { to: 20, days: 20 })),
    )
  })
})
