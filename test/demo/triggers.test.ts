import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { plans } from '../../demo/server/plans.mjs'

const file = JSON.parse(readFileSync(new URL('../../demo/triggers.json', import.meta.url), 'utf8'))

test('tells Plimsoll the plans that the server charges and enforces', () => {
  expect(file.plans).toEqual(
    plans.map(({ id, name, price, seatPrice, projects, seats, features }) => ({
      id,
      name,
      price: { amount: price / 100, currency: 'USD', per: 'month' },
      seatPrice: { amount: seatPrice / 100 },
      limits: { projects, seats },
      features,
    })),
  )
})
