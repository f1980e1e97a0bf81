import { describe, expect, test } from 'vitest'
import { applyEntry } from '../../packages/sdk/src/core/outcome.ts'
import { confirm, reserve } from '../../packages/sdk/src/core/reserve.ts'
import { DAY, type Given, given, LIMIT, ledgerOf, NOW, SECOND, SESSION } from './sample.ts'

const on = (more: Partial<Given> = {}) => given({ triggers: [LIMIT], usage: { projects: { used: 90 } }, ...more })
const place = { id: 'r1', tab: 'tab1', triggerId: 'projects-80', at: NOW, shown: false }
const claim = {
  id: 'r1',
  tab: 'tab1',
  session: 's1',
  account: 'a1',
  triggerId: 'projects-80',
  triggerType: 'limit_approaching',
  counter: { account: 'a1', key: 't:projects-80' },
  used: 90,
}

describe('reserving', () => {
  test('takes the place on screen, and counts nothing', () => {
    const { ledger, claim: got, candidate, heldBy } = reserve(on(), 'projects-80', 'r1')
    expect(ledger).toEqual({ ...ledgerOf(), place })
    expect(got).toEqual(claim)
    expect(candidate?.rule.trigger.id).toBe('projects-80')
    expect(heldBy).toBe(undefined)
  })

  test('bears the variant, the group and the metric in its claim', () => {
    const triggers = [{ ...LIMIT, group: 'g', variants: [{ id: 'v', weight: 1 }] }]
    const file = { caps: { groups: { g: { max: 1, per: '1d' } } } }
    expect(reserve(on({ triggers, file }), 'projects-80', 'r1').claim).toEqual({ ...claim, variant: 'v', group: 'g' })
  })

  test.each<[string, Partial<Given>]>([
    ['a cap is full by now', { ledger: ledgerOf({ session: { prompts: 3 } }) }],
    ['the tab is hidden', { page: { visible: false } }],
    ['the figures have changed', { usage: { projects: { used: 10 } } }],
    ['the session is over', { ledger: ledgerOf({ session: { activeAt: NOW - DAY } }), page: { activeAt: NOW - DAY } }],
  ])('changes nothing where %s', (_, more) => {
    const input = on(more)
    expect(reserve(input, 'projects-80', 'r1')).toEqual({ ledger: input.ledger })
  })

  test('knows no trigger that the file does not have', () => {
    expect(reserve(on(), 'gone', 'r1')).toEqual({ ledger: ledgerOf() })
  })

  test('says who holds the place, where only that is in the way', () => {
    const held = ledgerOf({ place: { ...place, id: 'r0', tab: 'tab2' } })
    expect(reserve(on({ ledger: held }), 'projects-80', 'r1')).toEqual({ ledger: held, heldBy: held.place })
  })

  test('takes the place over from the one that may be evicted, and no other', () => {
    const held = ledgerOf({ place: { ...place, id: 'r0', tab: 'tab2', shown: true } })
    expect(reserve(on({ ledger: held }), 'projects-80', 'r1', 'other').claim).toBe(undefined)
    expect(reserve(on({ ledger: held }), 'projects-80', 'r1', 'r0').ledger.place).toEqual(place)
  })

  test('takes a place that was not confirmed within ten seconds', () => {
    const at = (ms: number) => ledgerOf({ place: { ...place, id: 'r0', at: NOW - ms } })
    expect(reserve(on({ ledger: at(10 * SECOND - 1) }), 'projects-80', 'r1').claim).toBe(undefined)
    expect(reserve(on({ ledger: at(10 * SECOND) }), 'projects-80', 'r1').claim).toEqual(claim)
  })

  test('counts what is held out, at once', () => {
    const { ledger } = reserve(on({ triggers: [{ ...LIMIT, holdout: 1 }] }), 'projects-80', 'r1')
    expect(ledger.place).toEqual({ ...place, shown: true })
    expect(ledger.session).toEqual({ ...SESSION, prompts: 1, shown: { 't:projects-80': 1 } })
    expect(ledger.accounts.a1?.exposures).toEqual([
      { triggerId: 'projects-80', triggerType: 'limit_approaching', outcome: 'held_out', at: NOW },
    ])
  })
})

describe('confirming', () => {
  const { ledger, claim: mine } = reserve(on(), 'projects-80', 'r1')
  const later = (ms: number, changed = ledger) => on({ ledger: changed, now: NOW + ms })

  test('counts the impression', () => {
    const { ledger: seen, counted } = confirm(later(SECOND), mine!)
    expect(counted).toBe(true)
    expect(seen.place).toEqual({ ...place, shown: true })
    expect(seen.session?.prompts).toBe(1)
    expect(seen.lastAt).toBe(NOW + SECOND)
    expect(seen.accounts.a1?.counters).toEqual({ 't:projects-80': { n: 1, shown: [NOW + SECOND], refused: [] } })
  })

  test('counts it once', () => {
    const once = confirm(later(SECOND), mine!).ledger
    expect(confirm(later(2 * SECOND, once), mine!)).toEqual({ ledger: once, counted: true })
  })

  test('reserves anew from ten seconds on, if every rule still agrees', () => {
    expect(confirm(later(10 * SECOND), mine!).ledger.place).toEqual({ ...place, at: NOW + 10 * SECOND, shown: true })
    const full = { ...ledger, session: { ...SESSION, prompts: 3 } }
    expect(confirm(later(10 * SECOND, full), mine!)).toEqual({ ledger: full, counted: false })
  })

  test('counts nothing where another has taken the place', () => {
    const taken = { ...ledger, place: { ...place, id: 'r2', tab: 'tab2', at: NOW + 11 * SECOND } }
    expect(confirm(later(12 * SECOND, taken), mine!)).toEqual({ ledger: taken, counted: false })
  })

  test('counts nothing where another has come and gone, and used up the session', () => {
    const left = applyEntry(
      { ...ledger, session: { ...SESSION, prompts: 2 } },
      { t: 'left', claim: mine!, at: NOW, counted: false },
    )
    const other = { ...left, session: { ...SESSION, prompts: 3 } }
    expect(confirm(later(SECOND, other), mine!).counted).toBe(false)
  })

  test('counts nothing where it would be held out by now', () => {
    const input = on({ triggers: [{ ...LIMIT, holdout: 1 }], ledger, now: NOW + 10 * SECOND })
    expect(confirm(input, mine!)).toEqual({ ledger, counted: false })
  })
})
