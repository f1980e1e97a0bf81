import { describe, expect, test } from 'vitest'
import {
  type Context,
  emptyContext,
  identify,
  idOf,
  mergeTraits,
  reportUsage,
} from '../../packages/sdk/src/core/context.ts'
import { NOW, usageOf } from './sample.ts'

const known: Context = {
  ...emptyContext,
  user: { id: 'u1', role: 'admin', name: 'Ada' },
  account: { id: 'a1', plan: 'starter' },
  usage: { projects: usageOf({ used: 82, limit: 90 }), seats: usageOf({ used: 3 }) },
  path: '/settings',
}

describe('identify', () => {
  test('merges by trait for the same id', () => {
    expect(identify(known, { user: { id: 'u1', role: 'owner', team: 'x' } })).toEqual({
      ...known,
      user: { id: 'u1', role: 'owner', name: 'Ada', team: 'x' },
    })
  })

  test('merges where no id is given', () => {
    expect(identify(known, { user: { role: 'owner' } }).user).toEqual({ id: 'u1', role: 'owner', name: 'Ada' })
  })

  test('removes a trait that is null', () => {
    expect(identify(known, { user: { id: 'u1', name: null } }).user).toEqual({ id: 'u1', role: 'admin' })
  })

  test('drops all that was known of another user, account and usage included', () => {
    expect(identify(known, { user: { id: 'u2' } })).toEqual({ ...known, user: { id: 'u2' }, account: {}, usage: {} })
  })

  test('drops account and usage of another account, and keeps the user', () => {
    expect(identify(known, { account: { id: 'a2', plan: 'pro' } })).toEqual({
      ...known,
      account: { id: 'a2', plan: 'pro' },
      usage: {},
    })
  })

  test('keeps what was known of whoever had no id yet', () => {
    const nameless = { ...known, user: { role: 'admin' }, account: { plan: 'starter' } }
    expect(identify(nameless, { user: { id: 'u1' }, account: { id: 'a1' } })).toEqual({
      ...known,
      user: { id: 'u1', role: 'admin' },
    })
  })

  test('takes a number for the same id as its digits', () => {
    expect(identify(known, { account: { id: 7 } }).account).toEqual({ id: 7 })
    expect(identify({ ...known, account: { id: '7', plan: 'pro' } }, { account: { id: 7 } }).account).toEqual({
      id: 7,
      plan: 'pro',
    })
  })

  test('forgets limits reported before the plan changed, and keeps the figures', () => {
    expect(identify(known, { account: { plan: 'pro' } }).usage).toEqual({
      projects: { used: 82, pending: 0, askedAt: NOW },
      seats: { used: 3, pending: 0, askedAt: NOW },
    })
  })

  test('keeps limits while the plan is the same', () => {
    expect(identify(known, { account: { plan: 'starter', health: 9 } }).usage).toEqual(known.usage)
  })

  test('keeps limits reported before a first plan was named', () => {
    const { plan: _, ...account } = known.account
    expect(identify({ ...known, account }, { account: { plan: 'pro' } }).usage).toEqual(known.usage)
  })

  test('forgets limits when the plan is removed', () => {
    expect(identify(known, { account: { plan: null } }).usage.projects).toEqual({ used: 82, pending: 0, askedAt: NOW })
  })
})

test('merges traits one level deep', () => {
  expect(mergeTraits({ a: { x: 1 }, b: 2 }, { a: { y: 3 } })).toEqual({ a: { y: 3 }, b: 2 })
})

test('takes no prototype for a trait', () => {
  const merged = mergeTraits({}, JSON.parse('{ "__proto__": { "admin": true } }'))
  expect(merged.admin).toBe(undefined)
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
})

test.each([
  [{ id: 'u1' }, 'u1'],
  [{ id: 7 }, '7'],
  [{}, ''],
  [{ id: null }, ''],
])('reads the id of %j as %j', (traits, id) => {
  expect(idOf(traits)).toBe(id)
})

describe('usage', () => {
  const report = (old: object, next: object) =>
    reportUsage(
      { ...known, usage: { projects: usageOf({ used: 1, ...old }) } },
      { projects: usageOf({ used: 2, ...next }) },
    ).usage.projects?.used

  test('replaces that resource’s earlier report whole, and no other', () => {
    expect(reportUsage(known, { projects: usageOf({ used: 4 }) }).usage).toEqual({
      projects: { used: 4, pending: 0, askedAt: NOW },
      seats: { used: 3, pending: 0, askedAt: NOW },
    })
  })

  test('takes the later time of asking', () => {
    expect(report({ askedAt: NOW }, { askedAt: NOW + 1 })).toBe(2)
  })

  test('leaves a report that was asked for earlier', () => {
    expect(report({ askedAt: NOW }, { askedAt: NOW - 1 })).toBe(1)
  })

  test('takes the last of two asked for at one time', () => {
    expect(report({ askedAt: NOW }, { askedAt: NOW })).toBe(2)
  })

  test('takes the later asOf, whenever it was asked for', () => {
    expect(report({ asOf: NOW - 2, askedAt: NOW }, { asOf: NOW - 1, askedAt: NOW - 9 })).toBe(2)
    expect(report({ asOf: NOW - 1, askedAt: NOW - 9 }, { asOf: NOW - 2, askedAt: NOW })).toBe(1)
  })

  test('goes by the time of asking where one report has no asOf', () => {
    expect(report({ asOf: NOW + 9, askedAt: NOW }, { askedAt: NOW + 1 })).toBe(2)
    expect(report({ askedAt: NOW }, { asOf: NOW + 9, askedAt: NOW - 1 })).toBe(1)
  })

  test('goes by the time of asking where both have one asOf', () => {
    expect(report({ asOf: NOW, askedAt: NOW }, { asOf: NOW, askedAt: NOW - 1 })).toBe(1)
  })

  test('takes a report asked for after the clock was set back', () => {
    const ahead = { ...known, usage: { projects: usageOf({ used: 1, askedAt: NOW + 9 }) } }
    expect(reportUsage(ahead, { projects: usageOf({ used: 2 }) }, NOW).usage.projects?.used).toBe(2)
  })

  test('knows a resource by any name, and no other by it', () => {
    const { usage } = reportUsage(emptyContext, Object.fromEntries([['__proto__', usageOf({ used: 1 })]]))
    expect(Object.keys(usage)).toEqual(['__proto__'])
    expect(usage.constructor).toBe(undefined)
  })
})
