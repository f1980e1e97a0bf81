/** What strangers write is read by these: whatever they write, each answers, and its answer is sound. */

import { createPlimsoll } from '@plimsoll/sdk'
import { describe, expect, test } from 'vitest'
import { checkCondition } from '../../packages/sdk/src/config/checkCondition.ts'
import { checkLink as checkTemplate } from '../../packages/sdk/src/config/checkLink.ts'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { parseTemplate } from '../../packages/sdk/src/config/template.ts'
import type { Text } from '../../packages/sdk/src/config/types.ts'
import { checkLink, resolveLink, writePrompt } from '../../packages/sdk/src/content/index.ts'
import { compileCondition } from '../../packages/sdk/src/core/compileCondition.ts'
import { parseLedger, pruneLedger } from '../../packages/sdk/src/core/parseLedger.ts'
import example from '../cases/config/example.json' with { type: 'json' }
import { limitPrompt, page } from '../content/fixtures.ts'
import { accountLedger, counted, ledgerOf, NOW } from '../core/sample.ts'
import { fuzz } from '../fuzz.ts'

/** Campaigns end when they are over, not by the clock; a long one takes its minute. */
const PATIENCE = 600_000

/** Tells that the guide guides: a corpus that never grows beyond its seeds explores nothing. */
async function campaign(seeds: readonly unknown[], rounds: number, check: (input: never) => unknown): Promise<void> {
  const found = await fuzz({ seeds, check: (input) => check(Object(input) as never), rounds })
  expect(found.corpus).toBeGreaterThan(seeds.length)
  if (process.env.PLIMSOLL_LONG) console.log(expect.getState().currentTestName, found)
}

describe('whatever the input', { timeout: PATIENCE }, () => {
  test('a file is checked without a throw, and what is accepted is plain data', async () => {
    const rich = structuredClone(example) as { triggers: object[] }
    rich.triggers.push(
      {
        id: 'v',
        type: 'team_growth',
        at: [0.8, 1],
        variants: [{ if: { 'user.role': 'x' }, copy: { title: { en: 'a {used}' } } }],
      },
      {
        id: 'a',
        type: 'limit_approaching',
        resource: 'projects',
        audience: { $or: [{ 'user.id': { $regex: '^a+$' } }] },
        schedule: { from: '2026-01-01' },
      },
    )
    await campaign([example, rich], 120, (file: unknown) => {
      const { config, errors } = parseConfig(JSON.stringify(file))
      for (const { path, found, expected } of errors) expect(`${path}${found}${expected}`.length).toBeLessThan(3000)
      if (config) expect(JSON.parse(JSON.stringify(config))).toEqual(config)
      else expect(errors).toHaveLength(1)
    })
  })

  test('a condition is checked and tried, and is true or false', async () => {
    const seeds = [
      { of: { 'user.role': { $in: ['admin'] } }, by: { user: { role: 'admin' } } },
      { of: { $and: [{ a: { $gte: 1 } }, { $not: { b: { $regex: '^x' } } }] }, by: { a: 2, b: 'y' } },
      { of: { a: { $elemMatch: { $vgt: '1.2.3' } } }, by: { a: ['1.10.0'] } },
      { of: { a: { $inGroup: 'beta' }, b: { $all: [1] }, c: { $size: 2 } }, by: { a: 'x', b: [1, 2], c: [1, 2] } },
    ]
    await campaign(seeds, 120, ({ of, by }: { of: never; by: never }) => {
      expect(typeof compileCondition(of, { beta: ['x'] })(by)).toBe('boolean')
      checkCondition(
        of,
        [],
        () => {},
        ['beta'],
        () => {},
        { ways: 1000 },
      )
    })
  })

  test('copy is written as bounded text that says neither undefined nor [object', async () => {
    const seeds = [
      { title: 'Hello {user.name|you}, {used} of {limit} {resource}', name: 'Ana' },
      { title: { one: '{{ {remaining}', other: '{percent}%', by: 'remaining' }, name: 'عمر' },
      { title: { en: '{account.deep.name|x}', de: { other: '{plan.price}' } }, name: '\u202eana' },
    ]
    await campaign(seeds, 120, ({ title, name }: { title: Text; name: never }) => {
      if (typeof title === 'string') {
        const parts = parseTemplate(title)
        expect(parts.every((part) => typeof part === 'string' || !/[{}|]/.test(part.name))).toBe(true)
      }
      // Only checked copy is ever written; it may say such a thing itself.
      if (/undefined|\[object/.test(JSON.stringify([title, name]))) return
      const trigger = { id: 'x', type: 'limit_approaching', resource: 'projects', copy: { title } }
      if (parseConfig({ ...example, triggers: [trigger] }).errors.length) return
      const user = { id: 'u', name }
      const written = writePrompt(limitPrompt(82, { trigger: { copy: { title } }, user }), page)?.title
      if (written === undefined) return
      expect(written.replace(JSON.stringify(title), '').length).toBeLessThan(60_000)
      expect(/undefined|\[object|\p{Cs}|(?!\s)\p{Cc}|[\u202a-\u202e]/u.exec(written)).toBe(null)
    })
  })

  test('a link stays on this page’s origin, or is refused', async () => {
    const seeds = [
      { link: '/billing/{user.id}/x?plan={plan.id}#{user.id}', value: 'a b' },
      { link: 'https://app.acme.test/{user.id|x}', value: '..' },
      { link: 'mailto:a@b.test?subject={plan.id}', value: 'x' },
      { link: '?a={v}', value: 5 },
    ]
    await campaign(seeds, 150, ({ link, value }: { link: never; value: never }) => {
      if (typeof link !== 'string') return
      const href = resolveLink(link, () => value, page)
      if (href === null) return
      const url = new URL(href)
      expect([url.href, url.username, url.password]).toEqual([href, '', ''])
      expect(url.protocol === 'mailto:' || url.origin === page.origin).toBe(true)
      expect(checkLink(href, page)).toBe(true)
      if (!checkTemplate(link)) return
      // Nor does the value lead deeper or elsewhere than a plain one does.
      const plain = new URL(resolveLink(link, () => 'v', page) as string)
      expect(url.pathname.split('/').length).toBe(plain.pathname.split('/').length)
      expect([...url.searchParams.keys()]).toEqual([...plain.searchParams.keys()])
    })
  })

  test('a stored record is read as a ledger, which reads as itself from then on', async () => {
    const place = { id: 'r1', tab: 't', triggerId: 'x', at: NOW, shown: true }
    const counters = counted({ k: { n: 1, shown: [NOW], refused: [NOW], snooze: 's1' } })
    const claim = {
      id: 'r1',
      tab: 't',
      session: 's1',
      account: 'a1',
      triggerId: 'x',
      triggerType: 'team_growth',
      counter: { account: 'a1', key: 'k' },
    }
    const seeds = [
      { record: ledgerOf({ place, lastAt: NOW, optOuts: ['all'], groups: { g: [NOW] }, ...counters }), appended: [] },
      {
        record: ledgerOf(
          accountLedger({ figures: { a: 1 }, passed: { a: { session: 's', values: [1] } }, resets: { a: NOW } }),
        ),
        appended: [
          { t: 'dismissed', claim, at: NOW - 1, counted: true },
          { t: 'optedOut', types: ['team_growth'], at: NOW },
        ],
      },
    ]
    await campaign(seeds, 120, ({ record, appended }: { record: unknown; appended: unknown }) => {
      const { ledger } = parseLedger(record, Array.isArray(appended) ? appended : [], NOW, 'new')
      pruneLedger(ledger, NOW)
      const again = parseLedger(ledger, [], NOW, 'other')
      expect(again).toEqual({ ledger, spoiled: false, newer: false, ahead: false })
    })
  })

  test('calls settle, and none throws', async () => {
    const seeds = [
      [
        ['identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } }],
        ['usage', { projects: { used: 82, limit: 100, resetsAt: '2027-01-01T00:00:00Z' } }],
        ['guard', 'use', { resource: 'projects', amount: 50 }],
        ['explain'],
      ],
      [
        ['track', 'search', { query: 'okta' }],
        ['page', '/billing'],
        ['report', 'projects-80', 'shown'],
        ['optOut', 'team_growth'],
        ['pause', 'x'],
        ['reset'],
      ],
      [['guard', 'invite', { seats: 2 }], ['forget'], ['consent', false], ['preview', 'team-growth'], ['dismiss']],
    ]
    await campaign(seeds, 30, async (calls: unknown) => {
      const plimsoll = createPlimsoll({ config: example }) as unknown as {
        [name: string]: (...args: unknown[]) => unknown
      }
      await plimsoll.explain?.()
      const made = (Array.isArray(calls) ? calls : []).map((call) => {
        const [name, ...args] = Array.isArray(call) ? call : [call]
        const is = typeof name === 'string' && Object.hasOwn(plimsoll, name) && typeof plimsoll[name] === 'function'
        return is && !/^(on|init)$/.test(name) ? plimsoll[name]?.(...args) : undefined
      })
      await Promise.all(made)
      await plimsoll.destroy?.()
    })
  })
})
