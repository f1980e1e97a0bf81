/** Starts that cannot be made as they are asked for, and what is strange but can be read: nothing of either is lost. */

import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import {
  ana,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type HostOptions,
  mishaps,
  near,
  newVisitor,
  record,
  soon,
  startHost,
  widget,
} from './host.ts'

afterAll(closeBrowser)

/** A visitor's page, which is closed when the work with it is done; nothing may have gone wrong on it. */
async function visit(options: HostOptions, work: (page: Page) => Promise<void>): Promise<void> {
  const host = await startHost(exampleConfig(), options)
  const visitor = await newVisitor()
  const page = await visitor.newPage()
  await page.goto(host.origin)
  await work(page)
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
}

const errors = async (page: Page): Promise<unknown[]> => (await events(page, 'error')).map(({ message }) => message)

describe('init', () => {
  test('without a file is one error, and the right one may follow', async () => {
    const wrong = ['undefined', '5', '{}', '{ config: 5 }', '{ config: null }']
    const script = `${near}for (const given of [${wrong}]) plimsoll('init', given)`
    await visit({ tag: '', script }, async (page) => {
      await soon(async () => (await errors(page)).length).toBe(wrong.length)
      expect((await errors(page)).every((message) => `${message}`.startsWith('init: '))).toBe(true)
      await call(page, 'init', { config: '/triggers.json' })
      await event(page, 'impression', 'projects-80')
    })
  })

  test.each([
    ['is a number', '5', 'context: found 5'],
    ['throws', '() => { throw new Error("mine") }', 'mine'],
    ['rejects', '() => Promise.reject(new Error("mine"))', 'mine'],
    ['answers nothing', '() => {}', 'context: found undefined'],
  ])('with a context that %s is one error, and goes on with what else is known', async (_, context, why) => {
    const script = `${near}plimsoll('init', { config: '/triggers.json', context: ${context} })`
    await visit({ tag: '', script }, async (page) => {
      await event(page, 'impression', 'projects-80')
      await soon(() => errors(page)).toEqual([expect.stringContaining(why)])
    })
  })

  test.each([
    ['is a number', '5'],
    ['throws', '{ show() { throw new Error("mine") } }'],
    ['answers nothing', '{ show() {} }'],
    ['never draws', '{ show: () => ({ drawn: Promise.resolve(false), update() {}, close() {} }) }'],
  ])('with a renderer that %s is one error, and counts nothing', async (_, render) => {
    const script = `${near}plimsoll('init', { config: '/triggers.json', render: ${render} })`
    await visit({ tag: '', script }, async (page) => {
      await soon(() => errors(page)).toEqual([expect.stringContaining('could not be drawn')])
      expect(await events(page, 'impression')).toEqual([])
    })
  })
})

describe('what is strange but can be read', () => {
  test('is shown as it is: any figure of 0 or more, of any time', async () => {
    const script = near.replace('{ used: 82 }', "{ used: 82, asOf: '1900-01-01T00:00:00Z' }")
    await visit({ script }, async (page) => {
      await soon(() => widget(page, 'banner').allInnerTexts()).toEqual([expect.stringContaining('82 of 100 projects')])
      for (const [projects, words] of [
        [{ used: 1e15 }, '1,000,000,000,000,000 of 100 projects used'],
        [{ used: 82.5 }, '82.5 of 100 projects used'],
        [{ used: 83, resetsAt: '9999-12-31T23:59:59Z' }, '83 of 100 projects used'],
        // Of a time that has not come, it is of now: later figures are believed all the same.
        [{ used: 85, asOf: '9999-12-31T23:59:59Z' }, '85 of 100 projects used'],
        [{ used: 86 }, '86 of 100 projects used'],
      ] as const) {
        await call(page, 'usage', { projects })
        await soon(() => widget(page, 'banner').innerText()).toContain(words)
      }
      // What ended before 1970 has ended: the figure is unknown until it is told anew.
      await call(page, 'usage', { projects: { used: 95, resetsAt: '1969-12-31T00:00:00Z' } })
      await soon(() => widget(page, 'banner').count()).toBe(0)
      expect(await errors(page)).toEqual([])
    })
  })

  test('costs nothing of what else was said: a resource that cannot be read loses itself alone', async () => {
    await visit({ script: near }, async (page) => {
      await event(page, 'impression')
      await page.evaluate(() => (window as any).plimsoll.usage({ projects: { used: 85 }, seats: { used: 'nine' } }))
      await soon(() => widget(page, 'banner').innerText()).toContain('85 of 100 projects used')
      expect(await errors(page)).toEqual(['usage: usage.seats.used: found "nine", expected a number, 0 or more.'])
    })
  })

  test('may be an id: numbers, and texts in any script of up to 1,000 characters', async () => {
    await visit({ script: `${record}${ana}` }, async (page) => {
      await event(page, 'ready')
      for (const id of [7, 0, '名前', 'x'.repeat(1000), '\n', '💥', 'a\u0000b']) {
        await call(page, 'identify', { user: { id, role: 'admin' }, account: { id, plan: 'starter' } })
        expect(await page.evaluate(() => (window as any).plimsoll.$context.get().user.id)).toBe(id)
      }
      expect(await errors(page)).toEqual([])
    })
  })

  test('may be 10,000 calls at once: all settle, the last holds, and they are decided together', async () => {
    await visit({ script: near }, async (page) => {
      await event(page, 'impression')
      const decisions = await page.evaluate(async () => {
        const { plimsoll } = window as any
        let decided = 0
        const stop = plimsoll.$decision.listen(() => decided++)
        const made: Promise<unknown>[] = []
        for (let i = 0; i < 10_000; i++) made.push(plimsoll.usage({ projects: { used: 80 + (i % 20) } }))
        await Promise.all(made)
        await plimsoll.explain()
        stop()
        return decided
      })
      expect(decisions).toBeLessThan(10)
      await soon(() => widget(page, 'banner').innerText()).toContain('99 of 100 projects used')
    })
  })
})
