import { expect, test } from 'vitest'
import type { PlimsollConfig } from '../../packages/sdk/src/config/types.ts'
import { checkCaps } from '../../packages/sdk/src/core/checkCaps.ts'
import { configOf, DAY, HOUR, LIMIT, ledgerOf, MINUTE, NOW, SESSION } from './sample.ts'

const check = (ledger = ledgerOf(), caps: PlimsollConfig['caps'] = {}, group?: string) => {
  const config = configOf([{ ...LIMIT, ...(group && { group }) }], { caps })
  return checkCaps(config.triggers[0]!, config, ledger, ledger.session, NOW)
}
const daysAgo = (...days: number[]) => days.map((n) => NOW - n * DAY)
const EXPANSION = { groups: { expansion: { max: 2, per: '90d' } } }

test('allows the third prompt of a session', () => {
  expect(check(ledgerOf({ session: { prompts: 2 } }))).toEqual([])
})

test('refuses the fourth, and time alone changes nothing', () => {
  expect(check(ledgerOf({ session: { prompts: 3 } }))).toEqual([
    { reason: 'cap_session', figures: { shown: 3, max: 3 } },
  ])
})

test('refuses the second where the file allows one', () => {
  expect(check(ledgerOf({ session: { prompts: 1 } }), { perSession: 1 })).toEqual([
    { reason: 'cap_session', figures: { shown: 1, max: 1 } },
  ])
})

test('counts no prompt where there is no session', () => {
  const config = configOf([LIMIT])
  expect(checkCaps(config.triggers[0]!, config, ledgerOf({ session: { prompts: 3 } }), undefined, NOW)).toEqual([])
})

test('knows no least time between prompts by default', () => {
  expect(check(ledgerOf({ lastAt: NOW }))).toEqual([])
})

test('waits for the least time between two prompts', () => {
  expect(check(ledgerOf({ lastAt: NOW - MINUTE }), { minInterval: '1h' })).toEqual([
    { reason: 'cap_interval', untilAt: NOW + 59 * MINUTE },
  ])
})

test('waits no longer when that is over', () => {
  expect(check(ledgerOf({ lastAt: NOW - HOUR }), { minInterval: '1h' })).toEqual([])
})

test('waits no longer than the file says when the clock was set back', () => {
  expect(check(ledgerOf({ lastAt: NOW + 400 * DAY }), { minInterval: '1h' })).toEqual([
    { reason: 'cap_interval', untilAt: NOW + HOUR },
  ])
})

test('refuses the third of a group that may show two in 90 days', () => {
  expect(check(ledgerOf({ groups: { expansion: daysAgo(89, 1) } }), EXPANSION, 'expansion')).toEqual([
    { reason: 'cap_group', untilAt: NOW + DAY, figures: { group: 'expansion', shown: 2, max: 2, per: 90 * DAY } },
  ])
})

test('lets the group’s window roll', () => {
  expect(check(ledgerOf({ groups: { expansion: daysAgo(90, 1) } }), EXPANSION, 'expansion')).toEqual([])
})

test('binds no trigger that does not name the group', () => {
  expect(check(ledgerOf({ groups: { expansion: daysAgo(2, 1) } }), EXPANSION)).toEqual([])
})

test('says everything that holds it back at once', () => {
  const ledger = ledgerOf({ lastAt: NOW, groups: { expansion: daysAgo(2, 1) }, session: { ...SESSION, prompts: 3 } })
  expect(check(ledger, { ...EXPANSION, minInterval: '1m' }, 'expansion').map(({ reason }) => reason)).toEqual([
    'cap_session',
    'cap_interval',
    'cap_group',
  ])
})
