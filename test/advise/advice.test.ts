/** Advice of `plimsoll check`: for each rule files that trip it, word for word, and the same files mended. */

import { describe, expect, test } from 'vitest'
import { type Advice, advise, REASONS } from '../../packages/sdk/src/advise/index.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { foresee } from '../../packages/sdk/src/simulate/index.ts'
import { change, readCases } from '../config/cases.ts'
import { codes, edit, readAdviceCases } from './cases.ts'

const NOW = Date.parse('2026-11-20T12:00Z')
const options = {
  now: NOW,
  routes: ['/', '/projects/*', '/settings/**', '/billing/**', '/plans/*'],
  foresee: (config: CheckedConfig) => foresee(config, NOW),
}

function adviseOn(file: unknown): readonly Advice[] {
  const { config, errors } = parseConfig(file)
  expect(errors).toEqual([])
  return advise(file, config as CheckedConfig, options)
}

const show = ({ path, found, fix }: Advice) => ({ path: path.join('.'), found, fix })

test('has nothing to say of a good file', () => {
  expect(adviseOn(edit({}))).toEqual([])
})

test('has a file of examples for every rule, and no other', () => {
  expect([...codes].sort()).toEqual(Object.keys(REASONS).sort())
})

describe.each(codes)('%s', (code) => {
  test.each(readAdviceCases(code))('$name', ({ bad, advice, good }) => {
    const given = adviseOn(edit(bad))
    expect(given.filter((one) => one.code === code).map(show)).toEqual(advice)
    expect(given.filter((one) => one.code !== code)).toEqual([])
    expect(adviseOn(edit(good))).toEqual([])
  })
})

test.each(['shape', 'copy', 'figures', 'conditions', 'shared-parts'])(
  'advises on what is left of files with faults in %s',
  (name) => {
    for (const { set } of readCases(name)) {
      const file = change(set)
      const { config } = parseConfig(file)
      if (config) expect(advise(file, config, options).every(({ fix }) => fix)).toBe(true)
    }
  },
)

test('weighs a holdout against the traffic that is foreseen', () => {
  const file = edit({ 'triggers[0].holdout': 0.1 })
  const { config } = parseConfig(file)
  const weigh = (heldOut: number) =>
    advise(file, config as CheckedConfig, {
      ...options,
      foresee: () => ({
        'projects-80': { users: 10_000, days: 90, shown: heldOut * 9, heldOut, converted: heldOut * 0.9 },
      }),
    }).map(show)
  // Rates of 0.1 and 0.08, groups of 9 to 1: 2.8016² × (0.08 × 0.92 + 0.1 × 0.9 ÷ 9) ÷ 0.02² = 1640.4.
  expect(weigh(1641)).toEqual([])
  expect(weigh(100)).toEqual([
    {
      path: 'triggers.0.holdout',
      found: '10 %, which holds out 100 of 10000 simulated users in 90 days',
      fix: 'About 1641 are needed to see a fifth fewer conversions. Hold out more, or wait 1477 days.',
    },
  ])
})
