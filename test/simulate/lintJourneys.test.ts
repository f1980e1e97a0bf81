import { expect, test } from 'vitest'
import { lintJourneys } from '../../packages/sdk/src/cli/lintJourneys.ts'
import { configOf, LIMIT } from '../core/sample.ts'

test('gives each kind of fault in a journeys file a code of its own', () => {
  const persona = {
    id: 'a',
    weight: 0,
    plan: 'none',
    age: '3 days',
    usage: { nothing: { from: 'much' } },
    features: { none: { hover: 2 } },
    routes: { here: 1 },
    answers: { any: { click: 0.6, dismiss: 0.6 }, popup: {} },
    colour: 'red',
  }
  const text = JSON.stringify({ version: 2, start: 'Monday', personas: [persona, { id: 'a', weight: 0 }] })
  const { findings } = lintJourneys(text, configOf([LIMIT]))
  expect(findings.map(({ path, code }) => `${path.slice(2).join('.') || path.join('.')}: ${code}`).sort()).toEqual([
    'age: duration',
    'answers.any: answers',
    'answers.popup: key',
    'colour: key',
    'features.none.hover: number',
    'features.none: feature',
    'id: unique',
    'personas: weights',
    'plan: plan',
    'routes.here: path',
    'start: day',
    'usage.nothing.from: amount',
    'usage.nothing: resource',
    'version: version',
  ])
})

test('says of each fault how it is mended', () => {
  const persona = {
    id: 'a',
    weight: 0,
    plan: 'none',
    usage: { nothing: { from: 'much' } },
    features: { none: {} },
    routes: { here: 1 },
    answers: { any: { click: 0.6, dismiss: 0.6 } },
  }
  const text = JSON.stringify({ version: 2, start: 'Monday', personas: [persona] })
  const { findings } = lintJourneys(text, configOf([LIMIT]))
  expect(findings.map(({ code, fix }) => `${code}: ${fix}`)).toEqual([
    'version: Write "version": 1.',
    'day: Write year, month and day, as in 2026-02-28.',
    'weights: Give one of them a weight, or leave "weight" out.',
    'plan: Name one of those, or leave it out for the first.',
    'resource: Name one of those.',
    'amount: Write the number without quotes, or the share within them.',
    'feature: Name one of those.',
    'path: Begin it with "/".',
    'answers: Lower them: what is left of 1 ignores the prompt.',
  ])
})

test('says how an empty file begins, and that is one', () => {
  const config = configOf([LIMIT])
  const [fault] = lintJourneys(' \n', config).findings
  expect(fault).toMatchObject({ expected: 'journeys', found: 'nothing' })
  const [, begun = ''] = /^Begin with (.*)\.$/.exec(fault?.fix ?? '') ?? []
  expect(lintJourneys(begun, config).findings).toEqual([])
})
