/** Days and sessions by a clock on the wall that is turned: for summer, for another zone, for years, for being wrong. */

import { createPlimsoll, type Plimsoll } from '@plimsoll/sdk'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryStore } from '../../packages/sdk/src/state/memoryStore.ts'
import { DAY, HOUR, MINUTE } from '../core/sample.ts'
import { exampleConfig } from '../e2e/host.ts'

// A busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 })

const zone = process.env.TZ
let plimsoll: Plimsoll

/** What the clock on the wall says; timers run on by themselves. */
let wall = 0
const setWall = (at: number): void => {
  wall = at
}

beforeEach(() => {
  vi.spyOn(Date, 'now').mockImplementation(() => wall)
})
afterEach(async () => {
  await plimsoll.destroy()
  vi.restoreAllMocks()
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

/** A visitor near a limit, at an hour of the wall in a zone. */
async function begin(timeZone: string, at: string, trigger: object): Promise<number> {
  process.env.TZ = timeZone
  const begunAt = new Date(at).getTime()
  setWall(begunAt)
  plimsoll = createPlimsoll({
    config: exampleConfig({ triggers: [{ id: 'near', type: 'limit_approaching', resource: 'projects', ...trigger }] }),
    store: memoryStore(),
  })
  await plimsoll.identify({ user: { id: 'ana' }, account: { id: 'acme', plan: 'starter' } })
  await plimsoll.usage({ projects: { used: 82, limit: 100 } })
  await shows()
  return begunAt
}

const shown = () => plimsoll.$decision.get().prompt?.triggerId
const why = async () => (await plimsoll.explain('near'))[0]?.reasons
const shows = () => vi.waitFor(async () => expect([shown(), await why()]).toMatchObject(['near', [{}]]), 20_000)
/** Waits until nothing but this keeps it back: a session may have to begin first. */
const waits = (reason: object) =>
  vi.waitFor(async () => expect([shown(), await why()]).toMatchObject([undefined, [reason]]), 20_000)

/** Answers what shows, and waits until that is written down. */
async function answer(how: 'dismissed' | 'clicked'): Promise<void> {
  await plimsoll.report('near', 'shown')
  await plimsoll.report('near', how)
  await waits({ reason: how === 'dismissed' ? 'quiet' : 'frequency' })
}

/** The user is there again at a moment, and that is taken in. */
async function comeAt(at: number): Promise<void> {
  setWall(at)
  await plimsoll.page('/')
  for (let turn = 0; turn < 3; turn++) {
    await plimsoll.explain()
    await new Promise((done) => setTimeout(done, 10))
  }
}

/** How many hours lie between two days of the calendar, at the same hour of the wall. */
const hoursOf = (from: string, days: number): number => {
  const start = new Date(from)
  return (new Date(new Date(from).setDate(start.getDate() + days)).getTime() - start.getTime()) / HOUR
}

const quiet = { suppress: { dismissals: 1, quiet: '30d' }, frequency: null }

describe('thirty quiet days are thirty times 24 hours', () => {
  test.each([
    ['where clocks go forward in them', 'Europe/Berlin', 'Europe/Berlin', '2027-03-10T12:00', 719],
    ['where clocks go back in them', 'America/New_York', 'America/New_York', '2026-10-10T12:00', 721],
    ['where clocks go back by half an hour', 'Australia/Lord_Howe', 'Australia/Lord_Howe', '2027-03-20T12:00', 720.5],
    ['with the leap day in them', 'America/New_York', 'America/New_York', '2028-02-20T12:00', 719],
    ['over the turn of a year', 'Pacific/Fiji', 'Pacific/Fiji', '2019-12-20T12:00', 721],
    ['where an island crosses the line of dates', 'Pacific/Apia', 'Pacific/Apia', '2011-12-10T12:00', 696],
    ['for who flies east over the line of dates', 'Pacific/Auckland', 'America/Los_Angeles', '2027-05-10T12:00', 720],
    ['for who flies west over it', 'Pacific/Honolulu', 'Pacific/Kiritimati', '2027-05-10T12:00', 720],
  ])('%s', async (_, from, to, at, hours) => {
    const begunAt = await begin(from, at, quiet)
    // By the calendar they would be these hours.
    expect(hoursOf(at, 30)).toBe(hours)
    await answer('dismissed')
    process.env.TZ = to

    await comeAt(begunAt + 30 * DAY - 1)
    await waits({ reason: 'quiet', untilAt: new Date(begunAt + 30 * DAY).toISOString() })
    await comeAt(begunAt + 30 * DAY)
    await shows()
  })
})

describe('a schedule by days is of the visitor’s day where they are by now', () => {
  test('which begins later for who flies west', async () => {
    const begunAt = await begin('Asia/Tokyo', '2027-05-10T00:30', { schedule: { from: '2027-05-10' } })
    process.env.TZ = 'Europe/London'
    await comeAt(begunAt)
    await waits({ reason: 'schedule', untilAt: '2027-05-09T23:00:00.000Z' })
    await comeAt(Date.parse('2027-05-09T23:00Z'))
    await shows()
  })

  test('which ends earlier for who flies east', async () => {
    const begunAt = await begin('America/New_York', '2027-05-10T20:00', { schedule: { until: '2027-05-10' } })
    process.env.TZ = 'Asia/Tokyo'
    await comeAt(begunAt)
    await waits({ reason: 'schedule' })
  })

  test.each([
    ['Africa/Cairo', '2027-04-30', 'begins at one o’clock', '2027-04-29T22:00Z', '2027-04-30T21:00Z'],
    ['Europe/Berlin', '2026-10-25', 'has 25 hours', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
  ])('whole, also in %s on %s, which %s', async (zone, day, _, from, until) => {
    await begin(zone, new Date(from).toISOString(), { schedule: { from: day, until: day } })
    await comeAt(Date.parse(from) - 1)
    await waits({ reason: 'schedule', untilAt: new Date(from).toISOString() })
    await comeAt(Date.parse(until) - 1)
    await shows()
    await comeAt(Date.parse(until))
    await waits({ reason: 'schedule' })
  })
})

describe('a session is thirty minutes', () => {
  test.each([
    ['where clocks go forward in it', 'Europe/Berlin', 'Europe/Berlin', '2027-03-28T01:45'],
    ['where clocks go back in it', 'Europe/Berlin', 'Europe/Berlin', '2026-10-25T02:45'],
    ['at the turn of the year, and of a zone', 'Asia/Singapore', 'Asia/Singapore', '1981-12-31T23:15'],
    ['for who crosses into another zone', 'Europe/Lisbon', 'Europe/Madrid', '2027-05-10T12:00'],
    ['for who crosses the line of dates', 'Pacific/Apia', 'Pacific/Pago_Pago', '2027-05-10T12:00'],
  ])('%s', async (_, from, to, at) => {
    const begunAt = await begin(from, at, { suppress: null, frequency: { max: 1, per: 'session' } })
    await answer('clicked')
    process.env.TZ = to

    setWall(begunAt + 30 * MINUTE - 1)
    await waits({ reason: 'frequency', figures: { per: 'session' } })
    await comeAt(begunAt + 30 * MINUTE)
    await shows()
  })
})

describe('a clock that was wrong by years when the page began', () => {
  const now = Date.UTC(2026, 10, 20, 12)

  test('lengthens no silence once it is put right', async () => {
    await begin('UTC', '2041-01-01T00:00', quiet)
    await answer('dismissed')

    await comeAt(now)
    await waits({ reason: 'quiet', untilAt: new Date(now + 30 * DAY).toISOString() })
    await comeAt(now + 30 * DAY - 1)
    await waits({ reason: 'quiet' })
    await comeAt(now + 30 * DAY)
    await shows()
  })

  test('keeps no session going from the future, and none of its counts hold for ever', async () => {
    await begin('UTC', '2041-01-01T00:00', { suppress: null, frequency: { max: 1, per: 'session' } })
    await answer('clicked')

    await comeAt(now)
    await waits({ reason: 'frequency' })
    await comeAt(now + 30 * MINUTE)
    await shows()
  })

  test('was behind, and is believed once it is put right', async () => {
    await begin('UTC', '1999-12-31T23:59', quiet)
    await answer('dismissed')
    await waits({ reason: 'quiet' })

    await comeAt(now)
    await shows()
  })
})
