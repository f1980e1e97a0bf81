// The work of the `decide` part, the same in Node and in Chromium: bundled for both.
import { evalCondition } from '@growthbook/growthbook'
import { LogicEngine } from 'json-logic-engine'
import jsonLogic from 'json-logic-js'
import { Query } from 'mingo'
import sift from 'sift'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { emptyContext, identify, reportUsage } from '../../packages/sdk/src/core/context.ts'
import { attributesOf, decide } from '../../packages/sdk/src/core/decide.ts'
import { newLedger } from '../../packages/sdk/src/core/ledger.ts'
import { prepareRules } from '../../packages/sdk/src/core/rules.ts'

const NOW = Date.UTC(2026, 10, 20, 12)

/**
 * Limit triggers, ten to a resource, each with an audience: a tenth of the file is about what one signal tells.
 *
 * The shapes of a signal: `none` of the marks is reached, `one` is (a resource of one trigger), `many` (all ten).
 */
function fileOf(count) {
  const resources = Math.max(1, count / 10)
  const resourceOf = (i) => (i === count - 1 ? 'alone' : `r${i % resources}`)
  const names = [...Array.from({ length: resources }, (_, i) => `r${i}`), 'alone']
  const limits = (limit) => Object.fromEntries(names.map((name) => [name, limit]))
  return {
    version: 1,
    plans: [
      { id: 'starter', name: 'Starter', limits: limits(100) },
      { id: 'pro', name: 'Pro', limits: limits(1000) },
    ],
    triggers: Array.from({ length: count }, (_, i) => ({
      id: `t${i}`,
      type: 'limit_approaching',
      resource: resourceOf(i),
      at: 0.8,
      audience: { 'user.role': { $in: ['admin', 'owner'] }, 'account.plan': 'starter' },
    })),
  }
}

const SIGNALS = { none: { r0: { used: 10 } }, one: { alone: { used: 82 } }, many: { r0: { used: 82 } } }

/** The same question as a condition over attributes, in each language. */
const asMongo = ({ audience, resource, at }) => ({ ...audience, [`usage.${resource}.ratio`]: { $gte: at } })
const asLogic = ({ resource, at }) => ({
  and: [
    { in: [{ var: 'user.role' }, ['admin', 'owner']] },
    { '==': [{ var: 'account.plan' }, 'starter'] },
    { '>=': [{ var: `usage.${resource}.ratio` }, at] },
  ],
})

/** What a file decides by, once `usage` is reported. */
function inputsOf(file) {
  const { config, errors } = parseConfig(file)
  if (errors.length) throw new Error(JSON.stringify(errors[0]))
  const rules = prepareRules(config, (day, plus) => Date.parse(day) + plus * 864e5)
  const who = identify(emptyContext, { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  const session = { id: 's', startAt: NOW, activeAt: NOW, prompts: 0, shown: {}, features: 0, told: [] }
  const ledger = { ...newLedger('l'), session }
  const page = {
    tab: 't',
    visible: true,
    typingUntilAt: 0,
    dialog: false,
    paused: false,
    consent: true,
    storage: true,
    activeAt: NOW,
    hashBy: 'account',
    hasPlace: () => true,
  }
  return (usage) => {
    const reports = {}
    for (const name of Object.keys(usage)) reports[name] = { used: usage[name].used, pending: 0, askedAt: NOW }
    return { rules, context: reportUsage(who, reports, NOW), ledger, accountKey: 'a', page, now: NOW }
  }
}

/** One signal to a page that knows the rest already, and the decision upon it. */
export function deciderOf(file, usage) {
  const input = inputsOf(file)(usage)
  const [signal] = Object.entries(input.context.usage).slice(-1)
  const report = Object.fromEntries([signal])
  return () => decide({ ...input, context: reportUsage(input.context, report, NOW) })
}

/** Every evaluator as one function: what a signal changes goes in, the ids of the triggers that match come out. */
function evaluators(file) {
  const inputOf = inputsOf(file)
  const plimsoll = (usage) => {
    const matched = []
    for (const { triggerId, reasons } of decide(inputOf(usage)).verdicts)
      if (!reasons.length || reasons[0].reason === 'outranked') matched.push(triggerId)
    return matched
  }
  /** What any evaluator must be given: the attributes after the signal. */
  const attributes = (usage) => {
    const input = inputOf(usage)
    return attributesOf({ ...input, rules: { ...input.rules, asksUsage: true } })
  }
  const { triggers } = file
  const evaluator = (tests) => (usage) => {
    const given = attributes(usage)
    const matched = []
    for (let i = 0; i < triggers.length; i++) if (tests[i](given)) matched.push(triggers[i].id)
    return matched
  }
  const engine = new LogicEngine()
  return {
    plimsoll,
    'growthbook evalCondition': evaluator(
      triggers.map(asMongo).map((condition) => (given) => evalCondition(given, condition)),
    ),
    'json-logic-engine, compiled': evaluator(triggers.map(asLogic).map((rule) => engine.build(rule))),
    'json-logic-js': evaluator(triggers.map(asLogic).map((rule) => (given) => jsonLogic.apply(rule, given))),
    mingo: evaluator(
      triggers
        .map(asMongo)
        .map((condition) => new Query(condition))
        .map((query) => (given) => query.test(given)),
    ),
    sift: evaluator(triggers.map(asMongo).map((condition) => sift(condition))),
  }
}

/** A sample takes about so long: over the clock's resolution, and under a slice that a busy machine gives to others. */
const SAMPLE_MS = 0.4

/** How many calls make a sample, once the engine has made the function as quick as it gets. */
function batchOf(call, warmUpMs) {
  let batch = 1
  for (const end = performance.now() + warmUpMs; ; ) {
    const from = performance.now()
    for (let i = 0; i < batch; i++) call()
    const at = performance.now()
    if (at - from < SAMPLE_MS / 2 && batch < 4096) batch *= 2
    else if (at > end) return batch
    else if (at - from > SAMPLE_MS * 4 && batch > 1) batch /= 2
  }
}

/**
 * Microseconds for one call of each function, sample by sample and in turns: what else the machine does hits all alike.
 *
 * @param {Record<string, () => unknown>} calls
 */
function timeAll(calls, samples, budgetMs) {
  const all = Object.entries(calls).map(([name, call]) => ({
    name,
    call,
    batch: batchOf(call, budgetMs / 30),
    times: [],
  }))
  const end = performance.now() + budgetMs
  for (let round = 0; round < samples && (round < 5 || performance.now() < end); round++) {
    for (const { call, batch, times } of all) {
      const from = performance.now()
      for (let i = 0; i < batch; i++) call()
      times.push(((performance.now() - from) * 1000) / batch)
    }
  }
  return Object.fromEntries(all.map(({ name, times }) => [name, times]))
}

/**
 * @param {number} count Triggers in the file.
 * @param {string} only The one evaluator to measure; without it, all, once they are seen to answer alike.
 * @returns {Record<string, Record<string, { times: number[], matched: number }>>} By signal, then by evaluator.
 */
export function run(count, samples = 200, budgetMs = 6000, only = undefined) {
  const all = evaluators(fileOf(count))
  const results = {}
  for (const [shape, usage] of Object.entries(SIGNALS)) {
    const expected = all.plimsoll(usage).sort()
    const calls = {}
    for (const [name, evaluate] of Object.entries(all)) {
      if (only && name !== only) continue
      const answer = evaluate(usage)
      if (JSON.stringify(answer.toSorted()) !== JSON.stringify(expected))
        throw new Error(`${name} answers ${answer.length} of ${count} for "${shape}", not the same as plimsoll`)
      calls[name] = () => evaluate(usage)
    }
    results[shape] = {}
    for (const [name, times] of Object.entries(timeAll(calls, samples, budgetMs)))
      results[shape][name] = { times, matched: expected.length }
  }
  return results
}
