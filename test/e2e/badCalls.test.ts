/** Calls with arguments of the wrong type: each is one error that says what was found, and nothing is lost. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ana,
  arrive,
  call,
  closeBrowser,
  event,
  exampleConfig,
  type Host,
  mishaps,
  near,
  newVisitor,
  record,
  soon,
  startHost,
  widget,
} from './host.ts'

afterAll(closeBrowser)

/** What each call (an expression of the page) came to: how it ended, if not well, and the errors that were told. */
function outcomes(page: Page, calls: readonly string[]): Promise<string[][]> {
  return page.evaluate(`(async () => {
    const made = []
    for (const make of [${calls.map((one) => `() => ${one}`)}]) {
      seen.length = 0
      const told = []
      try { await make() } catch (error) { told.push('threw ' + error) }
      await plimsoll.explain()
      await new Promise((done) => setTimeout(done))
      made.push([...told, ...seen.filter(({ type }) => type === 'error').map(({ message }) => message)])
    }
    return made
  })()`)
}

/** An argument, and what the error says of it where that is not how it is written. */
type Row = string | readonly [argument: string, found: string]

const x = '"x".repeat(1e6)'
const cut = `"${'x'.repeat(40)}"`
const mine = '{ throw new Error("mine") }'
const needless = (action: string): string =>
  `guard("${action}") does not say what it needs: expected a feature, or seats or a resource and a number, 0 or more.`

const groups: [name: string, call: (argument: string) => string, says: (found: string) => string, rows: Row[]][] = [
  [
    'identify with no object',
    (given) => `plimsoll.identify(${given})`,
    (found) => `identify: found ${found}, expected an object with user, account or usage.`,
    ['undefined', 'null', '5', '"text"', 'true', ['Symbol("x")', 'Symbol(x)'], ['10n', '10'], ['[1, 2]', 'list']],
  ],
  [
    'identify with no user, or one whose id is empty, a megabyte, or no id',
    (given) => `plimsoll.identify({ user: ${given} })`,
    (found) => `identify: user: found ${found}, expected an id as text of 1 to 1,000 characters.`,
    [
      ...['5', '"ana"', 'true', '() => {}'],
      ...(['{}', 'true', '""', 'null', x] as const).map(
        (id): Row => [`{ id: ${id} }`, id === x ? cut : id === '{}' ? 'object' : id],
      ),
    ],
  ],
  [
    'identify with no account, or one without a good id',
    (given) => `plimsoll.identify({ account: ${given} })`,
    (found) => `identify: account: found ${found}, expected an id as text of 1 to 1,000 characters.`,
    ['7', ['{ id: [] }', 'list'], ['{ id: "" }', '""'], [`{ id: ${x} }`, cut]],
  ],
  [
    'identify with a day of birth that is none',
    (given) => `plimsoll.identify({ account: { id: "acme", createdAt: ${given} } })`,
    (found) => `identify: account.createdAt: found ${found}, expected a moment in ISO 8601.`,
    ['"soon"', '5', '"2026-13-45"'],
  ],
  [
    'identify with what cannot be read to its end',
    (given) => `plimsoll.identify(${given})`,
    (found) => `identify: could not be read: ${found}.`,
    [
      [
        '(() => { const loop = { user: { id: "ana" } }; loop.user.loop = loop; return loop })()',
        'over 2000 values or 8 levels',
      ],
      ['{ user: { id: "ana", list: Array(1e5).fill(1) } }', 'over 2000 values or 8 levels'],
      [`{ user: { get id() ${mine} } }`, 'mine'],
    ],
  ],
  [
    'usage with what cannot be read to its end',
    (given) => `plimsoll.usage(${given})`,
    (found) => `usage: could not be read: ${found}.`,
    [
      [`{ projects: { get used() ${mine} } }`, 'mine'],
      [`new Proxy({}, { get() ${mine}, ownKeys() ${mine} })`, 'mine'],
    ],
  ],
  [
    'usage with no object',
    (given) => `plimsoll.usage(${given})`,
    (found) => `usage: usage: found ${found}, expected an object such as { projects: { used: 82, limit: 100 } }.`,
    ['null', '5', '"text"', 'true', ['Symbol("x")', 'Symbol(x)'], ['10n', '10'], '() => {}', ['[1, 2]', 'list']],
  ],
  [
    'usage of a resource with no object',
    (given) => `plimsoll.usage({ projects: ${given} })`,
    (found) => `usage: usage.projects: found ${found}, expected an object such as { used: 82, limit: 100 }.`,
    ['undefined', 'null', '5', '"5"', ['[5]', 'list']],
  ],
  [
    'usage with a figure that is negative, NaN, a text or none',
    (given) => `plimsoll.usage({ projects: { used: ${given} } })`,
    (found) => `usage: usage.projects.used: found ${found}, expected a number, 0 or more.`,
    ['undefined', 'null', '"82"', 'NaN', 'Infinity', '-1', ['10n', '10'], ['{}', 'object']],
  ],
  [
    'usage with a limit that is no figure',
    (given) => `plimsoll.usage({ projects: { used: 1, limit: ${given} } })`,
    (found) => `usage: usage.projects.limit: found ${found}, expected a number, 0 or more, or null.`,
    ['"100"', '-1', 'NaN', 'Infinity'],
  ],
  [
    'usage with pending ones that are no figure',
    (given) => `plimsoll.usage({ projects: { used: 1, pending: ${given} } })`,
    (found) => `usage: usage.projects.pending: found ${found}, expected a number, 0 or more.`,
    ['"1"', '-1', 'NaN', 'null'],
  ],
  ...['resetsAt', 'asOf'].map((key): (typeof groups)[number] => [
    `usage with a moment that is none for ${key}`,
    (given) => `plimsoll.usage({ projects: { used: 1, ${key}: ${given} } })`,
    (found) => `usage: usage.projects.${key}: found ${found}, expected a moment in ISO 8601.`,
    ['"soon"', '5', '"2026-13-45"', '"+012026-01-01T00:00:00Z"', 'null', ['new Date(NaN)', 'object']],
  ]),
  [
    'track with no name',
    (given) => `plimsoll.track(${given})`,
    (found) => `track: found ${found}, expected the name of an event.`,
    [
      ['undefined', 'undefined'],
      ['null', 'object'],
      ['""', 'string'],
      ['5', 'number'],
      ['[]', 'object'],
      ['() => {}', 'function'],
      ['Symbol("x")', 'symbol'],
    ],
  ],
  [
    'track with properties that cannot be read',
    (given) => `plimsoll.track("search", ${given})`,
    (found) => `track failed. ${found}`,
    [
      ['{ query: Symbol("x") }', 'Cannot convert a Symbol value to a string'],
      [`{ get query() ${mine} }`, 'mine'],
    ],
  ],
  [
    'guard with what is no question',
    (given) => `plimsoll.guard(${given})`,
    (found) => `guard: found ${found}.`,
    [
      ['undefined, {}', 'undefined, expected string'],
      ['5, {}', 'number, expected string'],
      ['{}, {}', 'object, expected string'],
      ['"invite", 5', 'number, expected object or undefined'],
      ['"invite", "x"', 'string, expected object or undefined'],
    ],
  ],
  [
    'guard with a request that says too little, or no figure',
    (given) => `plimsoll.guard(${given})`,
    (found) => needless(found),
    [
      ...['undefined', '{}', '{ resource: 5 }', '{ amount: 2 }'].map((one): Row => [`"use", ${one}`, 'use']),
      ...['"two"', '-1', 'NaN'].map((n): Row => [`"use", { resource: "projects", amount: ${n} }`, 'use']),
      ...['"two"', '-2', 'Infinity'].map((n): Row => [`"invite", { seats: ${n} }`, 'invite']),
      ...['undefined', '{ feature: 5 }'].map((one): Row => [`"feature", ${one}`, 'feature']),
    ],
  ],
  [
    'on and off without a listener or a type',
    (given) => `plimsoll.${given}`,
    (found) => found,
    [
      ['on("impression")()', 'on: found undefined, expected function.'],
      ['on("impression", {})()', 'on: found object, expected function.'],
      ['on(5, () => {})()', 'on: found number, expected string.'],
      ['off(5, 5)', 'off: found number, expected string.'],
      ['off("impression")', 'off: found undefined, expected function.'],
    ],
  ],
  ...['page', 'explain', 'pause', 'resume', 'close', 'dismiss'].map((name): (typeof groups)[number] => [
    name,
    (given) => `plimsoll.${name}(${given})`,
    (found) => `${name}: found ${found}, expected string or undefined.`,
    [
      ['5', 'number'],
      ['true', 'boolean'],
      ['{}', 'object'],
      ['() => {}', 'function'],
    ],
  ]),
  [
    'preview of nothing',
    (given) => `plimsoll.preview(${given})`,
    (found) => `preview: ${found}.`,
    [
      ['', 'found undefined, expected string'],
      ['{}', 'found object, expected string'],
      ['"nothing"', 'there is no trigger nothing'],
      ['"constructor"', 'there is no trigger constructor'],
      ['""', 'there is no trigger '],
    ],
  ],
  ...['optOut', 'optIn'].map((name): (typeof groups)[number] => [
    `${name} of no type`,
    (given) => `plimsoll.${name}(${given})`,
    (found) => `${name}: found ${found}, expected the type of a trigger.`,
    ['5', ['"limits"', 'limits'], ['""', ''], ['{}', '[object Object]'], ['"ALL"', 'ALL']],
  ]),
  [
    'report of no trigger or no outcome',
    (given) => `plimsoll.report(${given})`,
    (found) => `report: found ${found}.`,
    [
      ['', 'undefined, expected string'],
      ['5, "shown"', 'number, expected string'],
      ['"projects-80"', 'undefined, expected string'],
      ['"projects-80", "seen"', 'seen, expected shown, clicked, dismissed or snoozed'],
    ],
  ],
  [
    'init, once more',
    (given) => `plimsoll.init(${given})`,
    () => 'init was called again: the first call holds.',
    ['', 'null', '5', '{ config: "/triggers.json" }'],
  ],
]

describe('one error each is told, and nothing thrown, for', () => {
  let host: Host
  let visitor: BrowserContext
  let page: Page

  beforeAll(async () => {
    host = await startHost(exampleConfig(), { script: near })
    visitor = await newVisitor()
    page = await visitor.newPage()
    await arrive(page, host)
    await event(page, 'impression')
  })
  afterAll(async () => {
    await visitor.close()
    await host.close()
  })

  test.each(groups)('%s', async (_, write, says, rows) => {
    const calls = rows.map((row) => write(typeof row === 'string' ? row : row[0]))
    const wanted = rows.map((row) => says(typeof row === 'string' ? row : row[1]))
    const told = await outcomes(page, calls)
    expect(calls.map((one, i) => [one, ...(told[i] ?? [])])).toEqual(calls.map((one, i) => [one, wanted[i]]))
  })

  test('texts of a megabyte, in a sentence that can still be read', async () => {
    const calls = [...['preview', 'optOut', 'optIn', 'guard'].map((name) => `${name}(${x})`), `report("a", ${x})`]
    const told = await outcomes(
      page,
      calls.map((one) => `plimsoll.${one}`),
    )
    expect(told.map((messages) => messages.map(({ length }) => length <= 500))).toEqual(told.map(() => [true]))
  })

  test('none of them, in the end: what stood before stands, and what is said now is heard', async () => {
    expect(await widget(page, 'banner').innerText()).toContain('82 of 100 projects used')
    await call(page, 'usage', { projects: { used: 91 } })
    await soon(() => widget(page, 'banner').innerText()).toContain('91 of 100 projects used')
    expect(await mishaps(page)).toEqual([])
  })
})

describe('what is no call at all, by its name or in the queue,', () => {
  const junk = `window.thrown = []
    window.misuse = (target) => {
      const names = [undefined, null, 5, '', 'toString', Symbol('x'), Object.create(null), { toString() { throw new Error('mine') } }]
      const queued = [null, 5, 'track', {}, [], [null], ['track', 'x'], [['track', 'x']], [[Symbol('x')], () => {}]]
      const pushed = target.q ? queued : []
      for (const make of [...names.map((name) => () => target(name, 1)), ...pushed.map((one) => () => target.q.push(one))]) {
        try { make() } catch (error) { thrown.push(String(error)) }
      }
    }`

  test.each([
    ['before load', `${junk};misuse(plimsoll)`, ''],
    ['after load', junk, 'misuse(plimsoll)'],
    ['after load, by who kept the stub', `${junk};window.kept = plimsoll`, 'misuse(kept)'],
  ])('is left out, and nothing else is: %s', async (_, before, after) => {
    const host = await startHost(exampleConfig(), { script: `${record}${before};${ana}` })
    const visitor = await newVisitor()
    const page = await visitor.newPage()
    await arrive(page, host)
    if (after) await page.evaluate(after)
    await call(page, 'usage', { projects: { used: 82 } })
    await widget(page, 'banner').waitFor()
    expect(await page.evaluate(() => (window as any).thrown)).toEqual([])
    expect(await mishaps(page)).toEqual([])
    await visitor.close()
    await host.close()
  })
})
