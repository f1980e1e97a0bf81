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
