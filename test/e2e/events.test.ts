/** Section 7: what each event says, where it is heard, and that it is told in one tab. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  ask,
  block,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  type HostOptions,
  mishaps,
  near,
  newVisitor,
  record,
  settled,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page
/** Another tab of the same visitor: it must tell of nothing that `page` tells of. */
let other: Page

/** Opens both tabs: the one that speaks, then the other, which shows nothing while the first one does. */
async function open(config: object = exampleConfig(), options: HostOptions = {}): Promise<void> {
  host = await startHost(config, { script: near, ...options })
  await page.goto(host.origin)
  await event(page, 'ready')
  await settled(page)
  other = await visitor.newPage()
  await other.goto(host.origin)
  await event(other, 'ready')
  await settled(other)
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect([...(await mishaps(page)), ...(await mishaps(other))]).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const session = expect.stringMatching(/^[a-z0-9]{4,}$/)
const figures = {
  resource: 'projects',
  used: 82,
  limit: 100,
  percent: 82,
  remaining: 18,
  plan: 'pro',
  currentPlan: 'starter',
}
const detail = { triggerId: 'projects-80', triggerType: 'limit_approaching', sessionId: session, at: iso, figures }
const upgrade = () => `${host.origin}/billing/upgrade?plan=pro&from=projects-80`

/** The details of one type, from both tabs. */
async function told(type: string): Promise<object[]> {
  await settled(page)
  await settled(other)
  return [...(await events(page, type)), ...(await events(other, type))].map(({ type: _, ...rest }) => rest)
}

/** Seats that are full: guard blocks an invite. */
const full = `${record}${ana} plimsoll('usage', { seats: { used: 9, limit: 10 } })`

describe('the detail of', () => {
  test('ready and error names no trigger', async () => {
    await open()
    expect(await told('ready')).toEqual([{ at: iso }, { at: iso }])
    await call(page, 'usage', { projects: { used: -1 } })
    expect(await told('error')).toEqual([
      { at: iso, message: 'usage: usage.projects.used: found -1, expected a number, 0 or more.' },
    ])
  })

  test('impression has the figures that the decision used', async () => {
    await open()
    await event(page, 'impression')
    expect(await told('impression')).toEqual([detail])
  })

  test('click has the action and the link', async () => {
    await open(undefined, { script: `${near}addEventListener('plimsoll:click', (event) => event.preventDefault())` })
    await event(page, 'impression')
    await action(page, 'primary').click()
    await event(page, 'click')
    expect(await told('click')).toEqual([{ ...detail, action: 'upgrade', href: upgrade() }])
    expect(await told('dismiss')).toEqual([])
  })

  test.each([
    ['×', () => action(page, 'dismiss').click(), 'close'],
    ['Esc', () => action(page, 'dismiss').press('Escape'), 'escape'],
    ['the host', () => call(page, 'dismiss'), 'host'],
  ])('dismiss says by what: %s', async (_, refuse, by) => {
    await open()
    await event(page, 'impression')
    await refuse()
    await event(page, 'dismiss')
    expect(await told('dismiss')).toEqual([{ ...detail, by }])
    expect(await told('snooze')).toEqual([])
  })

  test('snooze comes beside its dismissal', async () => {
    await open()
    await event(page, 'impression')
    await action(page, 'snooze').click()
    await event(page, 'snooze')
    expect(await told('snooze')).toEqual([detail])
    expect(await told('dismiss')).toEqual([{ ...detail, by: 'snooze' }])
  })

  test('an answer in the first frame brings its impression first', async () => {
    const script = `${near}
      new MutationObserver(() => document.querySelector('plimsoll-root')?.shadowRoot.querySelector('[data-plimsoll-action=dismiss]')?.click())
        .observe(document.documentElement, { childList: true, subtree: true })
    `
    await open(undefined, { script })
    expect((await events(page)).map(({ type }) => type).filter((type) => /impression|dismiss/.test(type))).toEqual([
      'impression',
      'dismiss',
    ])
    await soon(() => widget(page, 'banner').count()).toBe(0)
    expect([(await told('impression')).length, (await told('dismiss')).length]).toEqual([1, 1])
  })

  test('block has what was asked and why it stopped', async () => {
    await open(undefined, { script: full })
    await call(page, 'usage', { seats: { used: 10 } })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    expect(await told('block')).toEqual([
      {
        triggerId: 'team-growth',
        triggerType: 'team_growth',
        sessionId: session,
        at: iso,
        action: 'invite',
        reason: 'seat_limit',
        figures: expect.objectContaining({ resource: 'seats', used: 10, limit: 10, requested: 2, needed: 2 }),
      },
    ])
    expect(await told('impression')).toEqual([])
  })

  test('request comes once a session, whoever asks', async () => {
    const member = near.replace("role: 'admin'", "role: 'member'")
    await open(undefined, { script: member })
    await event(page, 'impression')
    await action(page, 'primary').click()
    await event(page, 'request')
    expect(await told('request')).toEqual([detail])
  })

  test('conversion lists what was shown before it, and names the last clicked', async () => {
    await open(undefined, { script: `${near}addEventListener('plimsoll:click', (event) => event.preventDefault())` })
    await event(page, 'impression')
    await action(page, 'primary').click()
    await event(page, 'click')
    await Promise.all([page, other].map((tab) => call(tab, 'identify', { account: { id: 'acme', plan: 'pro' } })))
    const exposure = { triggerId: 'projects-80', triggerType: 'limit_approaching', at: iso }
    await soon(() => told('conversion')).toEqual([
      {
        triggerId: 'projects-80',
        triggerType: 'limit_approaching',
        sessionId: session,
        at: iso,
        figures: { plan: 'pro' },
        rise: 'plan',
        from: 'starter',
        to: 'pro',
        exposures: [
          { ...exposure, outcome: 'shown' },
          { ...exposure, outcome: 'clicked' },
        ],
      },
    ])
  })

  test('holdout comes when it would have shown, with its variant; nothing shows', async () => {
    const trigger = {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      holdout: 1,
      variants: [{ id: 'b', weight: 1, copy: { title: 'B' } }],
    }
    await open(exampleConfig({ triggers: [trigger] }))
    await event(page, 'holdout')
    expect(await told('holdout')).toEqual([{ ...detail, variant: 'b' }])
    expect(await widget(page, 'banner').count()).toBe(0)
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    await soon(() => told('conversion')).toMatchObject([
      { triggerId: 'projects-80', variant: 'b', exposures: [{ outcome: 'held_out', variant: 'b' }] },
    ])
  })

  test('withheld says the reason, once per trigger, reason and session', async () => {
    await open(undefined, { script: `${near}plimsoll('identify', { account: { id: 'acme', health: 20 } })` })
    await event(page, 'withheld')
    for (const used of [83, 84, 85])
      await Promise.all([page, other].map((tab) => call(tab, 'usage', { projects: { used } })))
    expect(await told('withheld')).toMatchObject([
      {
        triggerId: 'projects-80',
        triggerType: 'limit_approaching',
        reason: 'health',
        sessionId: session,
        at: iso,
        figures: { used: 82 },
      },
    ])
    expect(await widget(page, 'banner').count()).toBe(0)
  })
})

describe('a listener', () => {
  test('gets the detail and the event; DOM listeners hear the same event on window', async () => {
    await open()
    const heard = await page.evaluate(async () => {
      const { plimsoll } = window as any
      const got: unknown[] = []
      const both = new Promise<void>((done) => {
        plimsoll.on('dismiss', (detail: object, event: CustomEvent) =>
          got.push([event.type, event.detail === detail, event.cancelable]),
        )
        addEventListener('plimsoll:dismiss', (event) => {
          got.push([event.type, (event as CustomEvent).detail.triggerId, event.target === window])
          done()
        })
      })
      await plimsoll.dismiss()
      await both
      return got
    })
    expect(heard).toEqual([
      ['plimsoll:dismiss', true, false],
      ['plimsoll:dismiss', 'projects-80', true],
    ])
  })

  test('hears nothing more once it is taken off, by either way', async () => {
    await open()
    const calls = await page.evaluate(async () => {
      const { plimsoll } = window as any
      let calls = 0
      const count = () => {
        calls++
      }
      const stop = plimsoll.on('error', count)
      await plimsoll.usage('x')
      stop()
      await plimsoll.usage('x')
      plimsoll.on('error', count)
      await plimsoll.usage('x')
      await plimsoll.off('error', count)
      await plimsoll.usage('x')
      return calls
    })
    expect(calls).toBe(2)
  })

  test('that throws is one error event; the others are still called, and the prompt goes on', async () => {
    const script = `${near}
      plimsoll.on('dismiss', () => { throw new Error('mine') })
      plimsoll.on('dismiss', () => { window.second = true })
    `
    await open(undefined, { script })
    await event(page, 'impression')
    await action(page, 'dismiss').click()
    await soon(() => widget(page, 'banner').count()).toBe(0)
    expect(await page.evaluate(() => (window as any).second)).toBe(true)
    expect(await told('error')).toMatchObject([{ message: 'A listener for dismiss threw. mine' }])
  })

  test('that makes calls of its own, or adds and removes listeners, stops nothing', async () => {
    await open()
    await event(page, 'impression')
    const after = await page.evaluate(async () => {
      const { plimsoll } = window as any
      let errors = 0
      let late = false
      plimsoll.on('error', () => {
        if (++errors < 50) plimsoll.usage('again')
      })
      plimsoll.on('dismiss', () => {
        plimsoll.usage({ projects: { used: 95 } })
        plimsoll.on('dismiss', () => {
          late = true
        })
      })
      await plimsoll.usage('first')
      await plimsoll.dismiss()
      return [errors, late, plimsoll.$context.get().usage.projects.used]
    })
    expect(after).toEqual([50, false, 95])
    await soon(() => widget(page, 'banner').count()).toBe(0)
  })
})

describe('a host’s router', () => {
  test('takes a link over by preventing the click: nothing navigates, and the prompt is answered in all tabs', async () => {
    await open(undefined, {
      script: `${near}plimsoll.on('click', ({ href }, event) => { event.preventDefault(); history.pushState(null, '', href) })`,
    })
    await event(page, 'impression')
    const marked = await page.evaluate(() => {
      ;(window as any).alive = true
    })
    expect(marked).toBe(undefined)
    await action(page, 'primary').click()
    await soon(() => page.url()).toBe(upgrade())
    expect(await page.evaluate(() => (window as any).alive)).toBe(true)
    await soon(() => widget(page, 'banner').count()).toBe(0)
    expect((await told('click')).length).toBe(1)
    expect(await told('dismiss')).toEqual([])
  })

  test('leaves a click alone, and the link leads on', async () => {
    await open()
    await event(page, 'impression')
    await action(page, 'primary').click()
    await page.waitForURL(upgrade())
  })

  test('hears of a modified click too, which opens its own tab, and is not refused by it', async () => {
    await open()
    await event(page, 'impression')
    const opened = visitor.waitForEvent('page')
    await action(page, 'primary').click({ modifiers: ['ControlOrMeta'] })
    await (await opened).waitForURL(upgrade())
    expect((await told('click')).length).toBe(1)
    expect(await told('dismiss')).toEqual([])
  })

  test('cannot change where the click leads by editing the link', async () => {
    await open()
    await event(page, 'impression')
    await action(page, 'primary').evaluate((link: HTMLAnchorElement) => {
      link.href = 'https://evil.example/'
    })
    await action(page, 'primary').click()
    await settled(page)
    expect(page.url()).toBe(`${host.origin}/`)
    expect(await told('click')).toEqual([])
  })
})
