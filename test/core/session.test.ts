import { describe, expect, test } from 'vitest'
import { newLedger } from '../../packages/sdk/src/core/ledger.ts'
import { keepSession, liveSession } from '../../packages/sdk/src/core/session.ts'
import { HOUR, ledgerOf, MINUTE, NOW, SESSION } from './sample.ts'

describe('a session', () => {
  const ledger = ledgerOf({ session: { activeAt: NOW } })

  test('lives for 30 minutes without activity', () => {
    expect(liveSession(ledger, NOW, NOW + 30 * MINUTE - 1)).toEqual({ ...SESSION, activeAt: NOW })
  })

  test('is over at 30 minutes sharp', () => {
    expect(liveSession(ledger, NOW, NOW + 30 * MINUTE)).toBe(undefined)
  })

  test('lives by activity that the record does not know of yet', () => {
    expect(liveSession(ledger, NOW + 20 * MINUTE, NOW + 49 * MINUTE)?.id).toBe('s1')
  })

  test('lives by activity in another tab, which the record knows of', () => {
    expect(liveSession(ledger, NOW - HOUR, NOW + MINUTE)?.id).toBe('s1')
  })

  test('does not live before it has begun', () => {
    expect(liveSession(newLedger('l'), NOW, NOW)).toBe(undefined)
  })
})

describe('activity', () => {
  test('begins a session', () => {
    expect(keepSession(newLedger('l'), NOW - MINUTE, NOW, 'new')).toEqual({
      ...newLedger('l'),
      session: { id: 'new', startAt: NOW, activeAt: NOW - MINUTE, prompts: 0, shown: {}, features: 0, told: [] },
    })
  })

  test('keeps the live one going', () => {
    const ledger = ledgerOf({ session: { activeAt: NOW - 29 * MINUTE, prompts: 2 } })
    expect(keepSession(ledger, NOW, NOW, 'new').session).toEqual({ ...SESSION, activeAt: NOW, prompts: 2 })
  })

  test('begins another after 30 minutes, in which nothing was shown yet', () => {
    const ledger = ledgerOf({
      session: { activeAt: NOW - 30 * MINUTE, prompts: 3, features: 3, shown: { k: 1 }, told: ['x'] },
    })
    expect(keepSession(ledger, NOW, NOW, 'new').session).toEqual({ ...SESSION, id: 'new', startAt: NOW })
  })

  test('leaves nothing of the session before on screen', () => {
    const place = { id: 'r1', tab: 'gone', triggerId: 't', at: NOW - HOUR, shown: true }
    const ledger = ledgerOf({ place, session: { activeAt: NOW - HOUR } })
    expect(keepSession(ledger, NOW, NOW, 'new').place).toBe(undefined)
  })

  test('leaves what stands in a live session', () => {
    const place = { id: 'r1', tab: 'tab2', triggerId: 't', at: NOW - MINUTE, shown: true }
    expect(keepSession(ledgerOf({ place, session: { activeAt: NOW - MINUTE } }), NOW, NOW, 'new').place).toBe(place)
  })

  test('changes nothing when it is older than what is known', () => {
    const ledger = ledgerOf()
    expect(keepSession(ledger, NOW - MINUTE, NOW, 'new')).toBe(ledger)
  })

  test('begins nothing when it is 30 minutes old', () => {
    const ledger = newLedger('l')
    expect(keepSession(ledger, NOW - 30 * MINUTE, NOW, 'new')).toBe(ledger)
  })

  test('is read as now, once, when it is later than now', () => {
    const kept = keepSession(ledgerOf({ session: { activeAt: NOW - MINUTE } }), NOW + HOUR, NOW, 'new')
    expect(kept.session?.activeAt).toBe(NOW)
    expect(keepSession(kept, NOW + HOUR, NOW, 'newer')).toBe(kept)
  })
})
