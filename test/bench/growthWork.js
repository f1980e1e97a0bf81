// The work of the `growth` part that needs no page.
import { parseLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import { prepareRules } from '../../packages/sdk/src/core/rules.ts'
import { configOf, DAY, dayAt, FEATURE, HOUR, LIMIT, MILESTONE, TEAM } from '../core/sample.ts'
import { simulate } from '../core/simulate.ts'
import { deciderOf } from './decideWork.js'

/** Microseconds of one call, the median of many samples, taken in turns with those of the other calls. */
function microseconds(calls) {
  const times = calls.map(() => [])
  for (const call of calls) for (const end = performance.now() + 300; performance.now() < end; ) call()
  for (let round = 0; round < 150; round++) {
    calls.forEach((call, i) => {
      const from = performance.now()
      let made = 0
      do {
        call()
        made++
      } while (performance.now() - from < 0.3)
      times[i].push(((performance.now() - from) * 1000) / made)
    })
  }
  return times.map((all) => all.sort((a, b) => a - b)[all.length >> 1])
}

const grow = (counts, make) => {
  const found = microseconds(counts.map(make))
  return counts.map((count, i) => [count, found[i]])
}

/** Limit triggers, ten to a resource but for `matching` of the resource that the signal is about. */
function fileOf(count, matching) {
  const names = Array.from({ length: Math.ceil(count / 10) }, (_, i) => `r${i}`)
  const limits = (limit) => Object.fromEntries(['now', ...names].map((name) => [name, limit]))
  const trigger = (id, resource) => ({ id, type: 'limit_approaching', resource, at: 0.8 })
  return {
    version: 1,
    plans: [
      { id: 'starter', name: 'Starter', limits: limits(100) },
      { id: 'pro', name: 'Pro', limits: limits(1000) },
    ],
    triggers: [
      ...Array.from({ length: count - matching }, (_, i) => trigger(`t${i}`, names[i % names.length])),
      ...Array.from({ length: matching }, (_, i) => trigger(`m${i}`, 'now')),
    ],
  }
}

const near = { now: { used: 82 } }

/** A year of somebody who comes daily, whose usage rises and falls, and who answers what is shown in every way. */
function yearOf(days) {
  const triggers = [{ ...LIMIT, at: [0.8, 0.95, 1] }, TEAM, FEATURE, MILESTONE]
  const world = simulate(prepareRules(configOf(triggers), dayAt))
  world.identify({ user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  for (let day = 0; day < days; day++) {
    world.active()
    for (let visit = 0; visit < 3; visit++) {
      world.usage({ projects: { used: 60 + ((day * 7 + visit * 13) % 45) }, seats: { used: 6 + (day % 5), limit: 10 } })
      world.near('sso')
      world.turn()
      world.confirm()
      const answers = ['dismissed', 'clicked', 'snoozed']
      if (world.standing()) world.answer(answers[(day + visit) % answers.length])
      world.near('sso', false)
      world.advance(2 * HOUR)
      world.active()
    }
    world.advance(DAY - 6 * HOUR)
  }
  return { record: JSON.stringify(world.ledger()), now: world.now() }
}

export function run() {
  const days = [1, 7, 30, 90, 180, 365]
  const years = days.map(yearOf)
  const read = microseconds(
    years.map(({ record, now }) => {
      const value = JSON.parse(record)
      return () => parseLedger(value, [], now, 'x')
    }),
  )
  const many = (count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`r${i}`, { used: 10 }]))
  return {
    decisions: {
      triggers: grow([10, 100, 1000, 10_000], (count) => deciderOf(fileOf(count, 1), near)),
      matching: grow([1, 10, 100, 1000], (count) => deciderOf(fileOf(1000 + count, count), near)),
      resources: grow([1, 10, 100, 1000], (count) => deciderOf(fileOf(10_000, 1), { ...many(count), ...near })),
    },
    ledger: {
      bytes: years.map(({ record }, i) => [days[i], record.length]),
      read: days.map((day, i) => [day, read[i]]),
    },
  }
}
