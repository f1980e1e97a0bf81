import { expect, test } from 'vitest'
import type { PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'
import { checkGuardrails } from '../../packages/sdk/src/core/checkGuardrails.ts'
import type { Traits } from '../../packages/sdk/src/core/prompt.ts'
import { configOf, contextOf, DAY, FEATURE, LIMIT, MILESTONE, NOW, TEAM } from './sample.ts'

const check = (trigger: Trigger, account: Traits, guardrails: PlimsollConfig['guardrails'] = {}) => {
  const config = configOf([trigger], { guardrails })
  return checkGuardrails(config.triggers[0]!, config, contextOf({ account }), NOW)
}
const daysAgo = (days: number) => new Date(NOW - days * DAY).toISOString()

test('shows nothing while the account’s health is under 50', () => {
  expect(check(LIMIT, { health: 49 })).toEqual([{ reason: 'health', figures: { health: 49, min: 50 } }])
})

test('shows at a health of 50', () => {
  expect(check(LIMIT, { health: 50 })).toEqual([])
})

test('takes the least health from the file', () => {
  expect(check(LIMIT, { health: 69 }, { minHealth: 70 })).toEqual([
    { reason: 'health', figures: { health: 69, min: 70 } },
  ])
})

test('takes a health that is no number for unknown', () => {
  expect(check(LIMIT, { health: '12' })).toEqual([])
})

test('shows nothing during a support escalation', () => {
  expect(check(LIMIT, { support_escalation: true })).toEqual([
    { reason: 'flag', figures: { flag: 'support_escalation' } },
  ])
})

test('takes the flags from the file', () => {
  expect(check(LIMIT, { support_escalation: true, churning: true }, { flags: ['churning'] })).toEqual([
    { reason: 'flag', figures: { flag: 'churning' } },
  ])
})

test('takes only true for a flag that is set', () => {
  expect(check(LIMIT, { support_escalation: 1 })).toEqual([])
})

test.each([FEATURE, MILESTONE])('holds $type back while the account is young', (trigger) => {
  const createdAt = daysAgo(29)
  expect(check(trigger, { createdAt })).toEqual([{ reason: 'age', untilAt: NOW + DAY, figures: { createdAt } }])
})

test.each([FEATURE, MILESTONE])('shows $type from the thirtieth day on', (trigger) => {
  expect(check(trigger, { createdAt: daysAgo(30) })).toEqual([])
})

test.each([LIMIT, TEAM])('shows $type at any age', (trigger) => {
  expect(check(trigger, { createdAt: daysAgo(0) })).toEqual([])
})

test('shows a feature where nobody knows the account’s age', () => {
  expect(check(FEATURE, {})).toEqual([])
})

test('takes the least age from the file', () => {
  expect(check(FEATURE, { createdAt: daysAgo(1) }, { minAccountAge: '1d' })).toEqual([])
})

test('says everything that holds it back at once, in the contract’s order', () => {
  const account = { health: 1, createdAt: daysAgo(1), support_escalation: true }
  expect(check(FEATURE, account).map(({ reason }) => reason)).toEqual(['health', 'age', 'flag'])
})
