/** Section 2 as a user sees it: what a growth PM writes in the file, and what it changes on the page. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bucket } from '../../packages/sdk/src/core/bucket.ts'
import {
  action,
  ana,
  arrive,
  call,
  calm,
  closeBrowser,
  DAY,
  event,
  events,
  everywhere,
  exampleConfig,
  type Host,
  MINUTE,
  marksHeard,
  mishaps,
  moveClock,
  newVisitor,
  reasons,
  record,
  settled,
  soon,
  startHost,
  widget,
  withClock,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

const limit = { id: 'projects-80', type: 'limit_approaching', resource: 'projects' }
const near82 = `${record}${ana}plimsoll('usage', { projects: { used: 82 } })`

/** Opens a page near the limit, under a file with these triggers. */
async function open(
  trigger: object | readonly object[],
  more: object = {},
  options: { script?: string; body?: string; lang?: string; path?: string } = {},
): Promise<void> {
  const { path, ...rest } = options
  host = await startHost(exampleConfig({ triggers: [trigger].flat(), ...more }), {
    script: near82,
    body: everywhere,
    ...rest,
  })
  await arrive(page, host, path)
}

const banner = () => widget(page, 'banner')
const gone = (kind = 'banner') => soon(() => widget(page, kind).count()).toBe(0)
const shows = async () => {
  await banner().waitFor()
  return banner().innerText()
}
const silent = async (id: string, ...why: string[]) => {
  expect(await reasons(page, id)).toEqual(why)
  expect(await page.locator('[data-plimsoll-widget]').count()).toBe(0)
}

beforeEach(async () => {
  visitor = await newVisitor()
  await withClock(visitor)
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

describe('audience and enabled', () => {
  test('show to whom the condition names, and withdraw when it holds no more', async () => {
    const audience = {
      'account.plan': { $in: ['starter'] },
      'usage.projects.ratio': { $gte: 0.5 },
      'user.beta': { $ne: true },
    }
    await open({ ...limit, audience })
    await shows()
    await call(page, 'identify', { user: { id: 'ana', beta: true } })
    await gone()
    expect(await events(page, 'dismiss')).toEqual([])
    expect(await reasons(page, 'projects-80')).toContain('audience')
  })

  test('show nothing to anybody else, nor where the trigger is disabled', async () => {
    await open([
      { ...limit, audience: { 'user.role': 'owner' } },
      { ...limit, id: 'off', enabled: false },
    ])
    await silent('projects-80', 'audience')
    await silent('off', 'disabled')
  })

  test('take saved groups', async () => {
    await open(
      [
        { ...limit, audience: { 'account.id': { $inGroup: 'beta' } } },
        { ...limit, id: 'no', audience: { 'account.id': { $notInGroup: 'beta' } } },
      ],
      { savedGroups: { beta: ['acme'] } },
    )
    await shows()
    expect(await reasons(page, 'no')).toContain('audience')
  })
})

describe('a schedule', () => {
  /** The day as its visitor counts it, so many days from now. */
  const dayOf = (days: number, timeZone: string) =>
    new Date(Date.now() + days * DAY).toLocaleDateString('sv', { timeZone })

  test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
    'names days of the visitor, the last one whole: %s',
    async (timezoneId) => {
      await visitor.close()
      visitor = await newVisitor({ timezoneId })
      await withClock(visitor)
      page = await visitor.newPage()
      const today = dayOf(0, timezoneId)
      await open([
        { ...limit, id: 'over', priority: 3, schedule: { until: dayOf(-1, timezoneId) } },
        { ...limit, id: 'next', priority: 2, schedule: { from: dayOf(1, timezoneId) } },
        { ...limit, id: 'today', schedule: { from: today, until: today } },
      ])
      await shows()
      expect(await banner().getAttribute('data-plimsoll-trigger')).toBe('today')
      expect(await reasons(page, 'over')).toContain('schedule')
      const [next] = (await call(page, 'explain', 'next')) as any
      const midnight = next.reasons.find((one: any) => one.reason === 'schedule').untilAt
      expect(new Date(midnight).toLocaleString('sv', { timeZone: timezoneId })).toBe(`${dayOf(1, timezoneId)} 00:00:00`)
    },
  )

  test('begins to show when its moment comes, by itself', async () => {
    await open({ ...limit, schedule: { from: new Date(Date.now() + 10 * MINUTE).toISOString() } })
    await silent('projects-80', 'schedule')
    await moveClock(page, 11 * MINUTE)
    await shows()
  })

  test('withdraws what stands when it is over, by itself', async () => {
    await open({ ...limit, schedule: { until: new Date(Date.now() + 10 * MINUTE).toISOString() } })
    await event(page, 'impression')
    await moveClock(page, 11 * MINUTE)
    await gone()
    expect(await events(page, 'dismiss')).toEqual([])
  })
})

describe('caps', () => {
  const names = ['a', 'b', 'c', 'd']
  const plans = (limits: (n: number) => object) => [
    { id: 'starter', name: 'Starter', limits: limits(100) },
    { id: 'pro', name: 'Pro', limits: limits(1000) },
  ]
  const many = {
    plans: plans((n) => Object.fromEntries(names.map((name) => [name, n]))),
    resources: Object.fromEntries(names.map((name) => [name, name])),
    features: {},
  }
  const each = (more: object = {}) =>
    names.map((resource) => ({ id: resource, type: 'limit_approaching', resource, ...more }))
  const script = `${record}${ana}plimsoll('usage', ${JSON.stringify(Object.fromEntries(names.map((name) => [name, { used: 90 }])))})`
  /** Refuses the prompt on screen, and says which it was. */
  const refuse = async () => {
    await banner().waitFor()
    const id = await banner().getAttribute('data-plimsoll-trigger')
    await call(page, 'dismiss', id)
    await soon(() => page.locator(`[data-plimsoll-trigger="${id}"]`).count()).toBe(0)
    return id
  }

  test('of 0 a session silence everything', async () => {
    await open(limit, { caps: { perSession: 0 } })
    await silent('projects-80', 'cap_session')
  })

  test('of one a session let the next session have one', async () => {
    await open(each(), { ...many, caps: { perSession: 1 } }, { script })
    expect(await refuse()).toBe('a')
    await silent('b', 'cap_session')
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    expect(await refuse()).toBe('a')
  })

  test('keep the least time between prompts, from the answer if that was later, and show what waited by itself', async () => {
    await open(each(), { ...many, caps: { minInterval: '10m' } }, { script })
    await event(page, 'impression')
    await moveClock(page, 5 * MINUTE)
    expect(await refuse()).toBe('a')
    await silent('b', 'cap_interval')
    await moveClock(page, 6 * MINUTE)
    await settled(page)
    await silent('b', 'cap_interval')
    await moveClock(page, 5 * MINUTE)
    await banner().waitFor()
    expect(await banner().getAttribute('data-plimsoll-trigger')).toBe('b')
  })

  test('of a group roll over its triggers alone', async () => {
    const [a, b, c, d] = each({ group: 'expansion' })
    await open(
      [a, b, c, { ...d, group: undefined }] as object[],
      { ...many, caps: { groups: { expansion: { max: 2, per: '90d' } } } },
      { script },
    )
    expect([await refuse(), await refuse(), await refuse()]).toEqual(['a', 'b', 'd'])
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    await banner().waitFor()
    expect(await banner().getAttribute('data-plimsoll-trigger')).toBe('d')
    expect(await reasons(page, 'c')).toEqual(['cap_group'])
    await moveClock(page, 90 * DAY)
    await arrive(page, host)
    await banner().waitFor()
    expect(await reasons(page, 'c')).not.toContain('cap_group')
  })

  test('count no preview, and nothing the user opened', async () => {
    await open(
      [limit, { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' }],
      { caps: { perSession: 1 } },
      { script: `${record}${ana}` },
    )
    await call(page, 'preview', 'projects-80')
    await banner().waitFor()
    await call(page, 'close')
    await marksHeard(page)
    await page.locator('#sso').click({ force: true })
    await widget(page, 'tooltip').waitFor()
    await page.keyboard.press('Escape')
    await gone('tooltip')
    await call(page, 'usage', { projects: { used: 82 } })
    await shows()
  })
})

describe('frequency, suppress and snooze', () => {
  test('bend to the file: twice a session, quiet after one refusal for two days', async () => {
    await open({ ...limit, frequency: { max: 2, per: 'session' }, suppress: { dismissals: 1, quiet: '2d' } })
    await event(page, 'impression')
    await arrive(page, host)
    await event(page, 'impression')
    await call(page, 'dismiss')
    await gone()
    expect(await reasons(page, 'projects-80')).toEqual(['frequency', 'quiet'])
    await moveClock(page, 2 * DAY)
    await arrive(page, host)
    await shows()
  })

  test('put off for as long as the file says', async () => {
    await open({ ...limit, frequency: null, snooze: '1h' })
    await banner().waitFor()
    await action(page, 'snooze').click()
    await gone()
    await silent('projects-80', 'snoozed')
    await moveClock(page, 29 * MINUTE)
    await page.keyboard.press('Shift')
    await settled(page)
    await silent('projects-80', 'snoozed')
    await moveClock(page, 32 * MINUTE)
    await arrive(page, host)
    await shows()
  })
})

describe('variants', () => {
  const wordings = [
    { id: 'owners', if: { 'user.role': 'owner' }, copy: { title: 'For owners' } },
    { id: 'half', weight: 0.5, copy: { title: 'One half' } },
    {
      id: 'other',
      weight: 0.5,
      copy: { title: 'Other half' },
      cta: { primary: { label: 'Have a look', href: '/look?v={trigger.id}' } },
    },
  ]
  const who = (account: string, role = 'admin') =>
    `${record}plimsoll('identify', { user: { id: 'ana', role: '${role}' }, account: { id: '${account}', plan: 'starter' } });plimsoll('usage', { projects: { used: 82 } })`
  const accounts = Array.from({ length: 40 }, (_, i) => `account-${i}`)
  const low = accounts.find((id) => bucket('projects-80', id) < 0.5) as string
  const high = accounts.find((id) => bucket('projects-80', id) >= 0.5) as string

  test.each([
    ['the first true if, before weights', who(high, 'owner'), 'For owners', 'owners', 'Upgrade now'],
    ['the lower half of the accounts', who(low), 'One half', 'half', 'Upgrade now'],
    ['the upper half of the accounts', who(high), 'Other half', 'other', 'Have a look'],
  ])('fall to %s', async (_, script, title, variant, label) => {
    await open({ ...limit, variants: wordings }, {}, { script })
    expect(await shows()).toContain(title)
    expect(await action(page, 'primary').innerText()).toBe(label)
    expect(await event(page, 'impression')).toMatchObject({ triggerId: 'projects-80', variant })
    await arrive(page, host)
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    expect(await shows()).toContain(title)
  })

  test('leave the rest as written where weights come to less than 1', async () => {
    await open(
      { ...limit, copy: { title: 'As written' }, variants: [{ weight: 0.01, copy: { title: 'One in a hundred' } }] },
      {},
      { script: who(high) },
    )
    expect(await shows()).toContain('As written')
    expect(await event(page, 'impression')).not.toHaveProperty('variant')
  })
})

describe('a holdout', () => {
  test('shows nothing, nor anything else instead; it is told at the moment it would have shown, and counts', async () => {
    await open(
      [
        { ...limit, holdout: 1 },
        { id: 'team-growth', type: 'team_growth' },
      ],
      {},
      { script: `${record}${ana}plimsoll('usage', { projects: { used: 82 }, seats: { used: 9, limit: 10 } })` },
    )
    expect(await event(page, 'holdout')).toMatchObject({
      triggerId: 'projects-80',
      triggerType: 'limit_approaching',
      figures: { used: 82 },
    })
    await settled(page)
    await silent('team-growth', 'on_screen')
    expect(await events(page, 'impression')).toEqual([])
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toEqual(['holdout', 'frequency'])
    await widget(page, 'panel').waitFor()
    expect(await events(page, 'holdout')).toEqual([])
  })

  test('is told of a conversion after it', async () => {
    await open({ ...limit, holdout: 1 })
    await event(page, 'holdout')
    await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
    expect(await event(page, 'conversion')).toMatchObject({
      triggerId: 'projects-80',
      exposures: [{ outcome: 'held_out' }],
    })
  })

  test('keeps the same accounts out, and lets the others in', async () => {
    const accounts = Array.from({ length: 40 }, (_, i) => `account-${i}`)
    const held = accounts.find((id) => bucket('projects-80:holdout', id) < 0.5) as string
    const free = accounts.find((id) => bucket('projects-80:holdout', id) >= 0.5) as string
    await open({ ...limit, holdout: 0.5 }, {}, { script: record })
    await call(page, 'identify', { user: { id: 'ana' }, account: { id: held, plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 82 } })
    await event(page, 'holdout')
    expect(await banner().count()).toBe(0)
    await call(page, 'reset')
    await call(page, 'identify', { user: { id: 'ana' }, account: { id: free, plan: 'starter' } })
    await call(page, 'usage', { projects: { used: 82 } })
    await shows()
  })
})

describe('words', () => {
  test('of the file stand for built-in ones, by locale', async () => {
    await open(limit, { labels: { en: { snooze: 'Not now', stop: 'No more of these' }, de: { snooze: 'Später' } } })
    expect(await shows()).toContain('Not now')
    expect(await action(page, 'stop').innerText()).toBe('No more of these')
  })

  const copy = {
    title: {
      en: { one: 'One project left', other: '{remaining} projects left', by: 'remaining' },
      de: { one: 'Noch ein Projekt', other: 'Noch {remaining} Projekte', by: 'remaining' },
      pl: {
        one: 'Został {remaining} projekt',
        few: 'Zostały {remaining} projekty',
        many: 'Zostało {remaining} projektów',
        other: 'Zostało {remaining} projektu',
        by: 'remaining',
      },
    },
  }
  const used = (figure: number, user = '') =>
    `${record}plimsoll('identify', { user: { id: 'ana' ${user} }, account: { id: 'acme', plan: 'starter' } });plimsoll('usage', { projects: { used: ${figure} } })`

  test.each([
    ['en', used(99), 'One project left'],
    ['en', used(82), '18 projects left'],
    ['de-AT', used(99), 'Noch ein Projekt'],
    ['de', used(90), 'Noch 10 Projekte'],
    ['pl', used(98), 'Zostały 2 projekty'],
    ['pl', used(95), 'Zostało 5 projektów'],
    ['en', used(97, ", locale: 'pl'"), 'Zostały 3 projekty'],
    ['xx', used(98), '2 projects left'],
  ])('agree with the page’s or the user’s language and the figure: %s', async (lang, script, title) => {
    await open({ ...limit, copy }, {}, { script, lang })
    expect(await shows()).toContain(title)
    await call(page, 'usage', { projects: { used: 89 } })
    expect(await shows()).toContain('11')
  })

  test('say figures, dates and money as the locale does', async () => {
    const plans = [
      { id: 'starter', name: 'Starter', limits: { projects: 100_000 } },
      {
        id: 'pro',
        name: 'Pro',
        price: { amount: 1299.5, currency: 'EUR', per: 'month' },
        limits: { projects: 1_000_000 },
      },
    ]
    const script = `${record}plimsoll('identify', { user: { id: 'ana', name: 'Ana' }, account: { id: 'acme', plan: 'starter' } });plimsoll('usage', { projects: { used: 82500, resetsAt: '2099-03-01' } })`
    await open(
      {
        ...limit,
        copy: {
          title:
            'Hallo {user.name|du}, {user.nick|du}: {used} von {limit} {resource}, {percent}, bis {resetsAt}, {{so}}',
          body: '{plan.name}: {plan.limit}, {plan.price}',
        },
      },
      { plans },
      { script, lang: 'de' },
    )
    const text = await shows()
    expect(text).toContain('Hallo Ana, du: 82.500 von 100.000 projects, 82')
    expect(text).toContain('1. März 2099')
    expect(text).toContain('1.000.000')
    expect(text).toContain('1.299,50')
  })

  test('that need what is not known withhold the trigger, and let it show once it is', async () => {
    await open({ ...limit, copy: { title: 'Hello {user.name}' } })
    await silent('projects-80', 'copy')
    await call(page, 'identify', { user: { id: 'ana', name: 'Ana <b>' } })
    expect(await shows()).toContain('Hello Ana <b>')
  })

  test('of buttons are the file’s own, and lead where it says', async () => {
    const cta = {
      primary: { label: { one: 'Make room for {used}', other: 'Make room for {used}' }, href: '/room?u={user.id}' },
      secondary: { label: 'Leave me be', action: 'dismiss' },
    }
    await open({ ...limit, cta })
    await shows()
    expect(await action(page, 'primary').innerText()).toBe('Make room for 82')
    expect(await action(page, 'primary').getAttribute('href')).toBe(`${host.origin}/room?u=ana`)
    await widget(page, 'banner').getByRole('button', { name: 'Leave me be' }).click()
    await gone()
    expect(await events(page, 'dismiss')).toMatchObject([{ by: 'button' }])
  })
})

describe('links', () => {
  test('lead back to this page by {return}, also after the route has changed', async () => {
    await open(limit, { links: { upgrade: '/up?back={return}#{trigger.id}' } }, { path: '/projects?tab=a b&x=ü' })
    await shows()
    const leads = async () => new URL((await action(page, 'primary').getAttribute('href')) as string)
    const first = await leads()
    expect(first.searchParams.get('back')).toBe('/projects?tab=a%20b&x=%C3%BC')
    expect(first.hash).toBe('#projects-80')
    await page.evaluate(() => history.pushState(null, '', '/teams/7?tab=c#members'))
    await settled(page)
    await page.evaluate(() => addEventListener('click', (click) => click.preventDefault()))
    await action(page, 'primary').click()
    const [{ href }] = (await events(page, 'click')) as unknown as [{ href: string }]
    expect(new URL(href).searchParams.get('back')).toBe('/teams/7?tab=c#members')
  })

  test('are followed by the browser, and left to a host’s router that prevents the event', async () => {
    await open(limit)
    await shows()
    await page.evaluate(() => addEventListener('plimsoll:click', (click) => click.preventDefault(), { once: true }))
    await action(page, 'primary').click()
    await gone()
    expect(new URL(page.url()).pathname).toBe('/')
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    await action(page, 'primary').click()
    await page.waitForURL('**/billing/upgrade?plan=pro&from=projects-80')
  })
})

describe('slot and theme', () => {
  test('put the banner into its slot, and withhold it where there is none', async () => {
    await open([{ ...limit, slot: 'here' }], {}, { body: '<h1>Top</h1><div data-plimsoll-slot="here"></div>' })
    await shows()
    expect(await page.locator('[data-plimsoll-slot="here"] [data-plimsoll-widget="banner"]').count()).toBe(1)
    host.options = { ...host.options, body: '<h1>Top</h1>' }
    await moveClock(page, 31 * MINUTE)
    await arrive(page, host)
    await silent('projects-80', 'no_place')
  })

  test('wait for a slot that comes late, until the next signal finds it', async () => {
    await open([{ ...limit, slot: 'late' }], {}, { body: '<main id="main"></main>' })
    await silent('projects-80', 'no_place')
    await page.evaluate(() => {
      const slot = document.createElement('div')
      slot.dataset.plimsollSlot = 'late'
      document.querySelector('#main')!.append(slot)
    })
    await call(page, 'page', '/next')
    await shows()
  })

  test('colour widgets as the file says', async () => {
    await open(limit, { theme: { accent: '#0a7d33', radius: '3px', scheme: 'dark' } })
    await shows()
    const looks = await banner().evaluate((one) => {
      const primary = one.querySelector('[data-plimsoll-action="primary"]') as Element
      return [
        getComputedStyle(primary).backgroundColor,
        getComputedStyle(one).colorScheme,
        getComputedStyle(one).borderRadius,
      ]
    })
    expect(looks).toEqual(['rgb(10, 125, 51)', 'dark', '3px'])
  })
})

describe('a place that moves', () => {
  const sso = { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso', near: { route: '/**' } }
  const tooltip = () => widget(page, 'tooltip')
  const gap = async () => {
    const [over, at] = await Promise.all([tooltip().boundingBox(), page.locator('#sso').boundingBox()])
    return over && at && Math.round(over.y - at.y - at.height)
  }

  test('is followed by its tooltip', async () => {
    await open(sso)
    await tooltip().waitFor()
    await soon(gap).toBe(10)
    await page.evaluate(() => {
      const space = document.createElement('div')
      space.append(...Array.from({ length: 6 }, () => document.createElement('br')))
      document.body.prepend(space)
    })
    await soon(gap).toBe(10)
  })

  test('is found again where the page draws it anew', async () => {
    await open(sso)
    await tooltip().waitFor()
    await page.evaluate(() => {
      const old = document.querySelector('#sso') as Element
      old.replaceWith(old.cloneNode(true))
    })
    await soon(gap).toBe(10)
    await call(page, 'dismiss')
    await gone('tooltip')
  })

  test('takes its tooltip along when it is gone for good: no refusal, nothing left behind', async () => {
    await open(sso)
    await event(page, 'impression')
    await page.evaluate(() => document.querySelector('#sso')?.remove())
    await gone('tooltip')
    expect(await events(page, 'dismiss')).toEqual([])
    await soon(() => reasons(page, 'sso-discovery')).toContain('no_place')
    expect(await page.locator('plimsoll-root').count()).toBe(0)
  })
})

test('a milestone of the file is celebrated with the file’s words', async () => {
  await open(
    {
      id: 'm',
      type: 'usage_milestone',
      metric: 'projects',
      milestones: [10, 50, 100],
      copy: { title: { one: 'Your first!', other: '{milestone} projects. Well done, {user.name|all of you}.' } },
    },
    {},
    { script: `${record}${ana}plimsoll('usage', ${JSON.stringify(calm)})` },
  )
  await call(page, 'usage', { projects: { used: 51 } })
  await widget(page, 'modal').waitFor()
  expect(await widget(page, 'modal').innerText()).toContain('50 projects. Well done, all of you.')
})
