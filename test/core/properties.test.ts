import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Decision, decide } from '../../packages/sdk/src/core/decide.ts'
import { emptyAccount, type Ledger } from '../../packages/sdk/src/core/ledger.ts'
import { mergeLedgers } from '../../packages/sdk/src/core/mergeLedgers.ts'
import { nextChangeAt } from '../../packages/sdk/src/core/nextChangeAt.ts'
import { parseLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import { liveSession } from '../../packages/sdk/src/core/session.ts'
import { file, life, live } from './lives.ts'
import { DAY, shown } from './sample.ts'

const LONG = !!process.env.PLIMSOLL_LONG
const RUNS = LONG ? Number(process.env.PLIMSOLL_RUNS ?? 20_000) : 200

/** How often a property is tried: a few times from one seed, or for long from a new one. */
const runs = (seed: number, numRuns = RUNS) => ({ numRuns, ...(!LONG && { seed }) })

describe('whatever happens in three tabs', () => {
  test('shows nothing against caps, quiet days, snoozes or refusals, and one prompt at a time', () => {
    fc.assert(
      fc.property(file, life, (config, steps) => {
        const { faults, world } = live(config, steps, (now) => expect(now.onScreen()).toBeLessThanOrEqual(1))
        expect(faults).toEqual([])
        world.ledger()
      }),
      runs(1),
    )
  }, 600_000)

  test('decides the same twice, and explains what it decides', () => {
    fc.assert(
      fc.property(file, life, (config, steps) => {
        live(config, steps, (world, at) => {
          if (at.do !== 'see' && at.do !== 'usage') return
          const input = world.input(at.tab)
          const decision = decide(input)
          expect(decide(input)).toEqual(decision)
          const explained = decide(input, input.rules.all.values(), true)
          expect(shown(explained)).toBe(shown(decision))
          for (const { triggerId, reasons } of explained.verdicts) {
            const eligible = reasons.every(({ reason }) => reason === 'holdout')
            expect(eligible).toBe(triggerId === shown(decision))
          }
          for (const { triggerId, reasons } of decision.verdicts) {
            const all = explained.verdicts.find((verdict) => verdict.triggerId === triggerId)?.reasons
            expect(all?.map(({ reason }) => reason)).toEqual(
              expect.arrayContaining(reasons.map(({ reason }) => reason)),
            )
          }
        })
      }),
      runs(2, RUNS / 4),
    )
  }, 600_000)

  test('decides otherwise by time alone at the moment that was named, and not before', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(file, life, part, (config, steps, share) => {
        live(config, steps, (world) => {
          const input = world.input(0)
          const { now, page, ledger } = input
          const session = liveSession(ledger, page.activeAt, now)
          if (!session) return
          const decision = decide(input)
          const change = Math.min(nextChangeAt(decision.verdicts, input.context, now), now + 90 * DAY)
          // Meanwhile the user stays there, so that the session does not end.
          const then = Math.floor(now + share * (change - 1 - now))
          const stays = { ...ledger, session: { ...session, activeAt: then } }
          const said = ({ verdicts }: Decision) =>
            verdicts.map(({ triggerId, reasons }) => [triggerId, reasons.map(({ reason }) => reason)])
          expect(said(decide({ ...input, ledger: stays, now: then }))).toEqual(said(decision))
        })
      }),
      runs(5, RUNS / 4),
    )
  }, 600_000)

  test('tells of each rise of plan or limit once', () => {
    fc.assert(
      fc.property(file, life, (config, steps) => {
        const { rises, expectedRises } = live(config, steps)
        expect(rises).toBe(expectedRises)
      }),
      runs(3, RUNS / 4),
    )
  }, 600_000)

  test('keeps silent what either record kept silent, when somebody logs in', () => {
    const lasting = /^(frequency|quiet|snoozed|cap_session|cap_interval|cap_group|opted_out)$/
    fc.assert(
      fc.property(file, life, life, (config, before, since) => {
        const known = live(config, before).world
        const { accounts, ...anonymous } = live(config, since).world.ledger()
        const { a1 = emptyAccount } = accounts
        const now = known.now()
        const input = known.input()
        const verdicts = (ledger: Ledger) => {
          const of = {
            ...input,
            ledger,
            accountKey: 'a1',
            page: { ...input.page, activeAt: ledger.session?.activeAt ?? 0 },
          }
          return decide(of, input.rules.all.values(), true).verdicts
        }
        const mine = parseLedger(known.ledger(), [], now, 'x').ledger
        const theirs = parseLedger({ ...anonymous, accounts: { '': a1 } }, [], now, 'y').ledger
        const merged = verdicts(mergeLedgers(mine, theirs, 'a1'))
        for (const { triggerId, reasons } of verdicts(mine)) {
          // Seats in use are measured from the later refusal.
          const isSilent = reasons.some(
            ({ reason }) => lasting.test(reason) && !(triggerId === 'team-growth' && reason === 'quiet'),
          )
          const after = merged.find((verdict) => verdict.triggerId === triggerId)?.reasons
          if (isSilent) expect(after).not.toEqual([])
        }
      }),
      runs(4, RUNS / 4),
    )
  }, 600_000)
})
