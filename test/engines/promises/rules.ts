/** Sections 2 to 5: what the file says of one trigger, and of places, is what holds. */

import { bucket } from '@plimsoll/sdk'
import { expect } from 'vitest'
import { calm, DAY, exampleConfig, MINUTE } from '../../e2e/host.ts'
import { plain } from '../../e2e/stored.ts'
import { action, block, calmly, kinds, only, show, soon, test, widget } from '../visitor.ts'

const banner = widget('banner')
const near = calmly({ projects: { used: 82 } })

test('shows nothing to who is held out, nor anything else instead, and tells of it once', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner', { holdout: 1 }), script: near })
  expect(await page.event('holdout')).toMatchObject({ triggerId: 'projects-80', figures: { used: 82 } })
  await page.again()
  expect(await page.reasons('projects-80')).toEqual(['holdout', 'frequency'])
  expect([await page.count(banner), await page.events('impression'), await page.events('holdout')]).toEqual([0, [], []])
})

const wordings = [
  { id: 'owners', if: { 'user.role': 'owner' }, copy: { title: 'For owners' } },
  { id: 'low', weight: 0.5, copy: { title: 'One half' } },
  { id: 'high', weight: 0.5, copy: { title: 'Other half' } },
]

test('says the wording whose condition holds, else the one that the account falls to', async ({ visitor }) => {
  const accounts = Array.from({ length: 40 }, (_, i) => `account-${i}`)
  const low = accounts.find((id) => bucket('projects-80', id) < 0.5)
  const [high, higher] = accounts.filter((id) => bucket('projects-80', id) >= 0.5)
  const page = await visitor.open({ config: only('banner', { variants: wordings }), script: '' })
  for (const [role, account, title] of [
    ['owner', high, 'For owners'],
    ['admin', low, 'One half'],
    ['admin', higher, 'Other half'],
  ]) {
    await page.call('identify', { user: { id: 'ana', role }, account: { id: account, plan: 'starter' } })
    await page.call('usage', { projects: { used: 82 } })
    await soon(() => page.text(banner)).toContain(title)
  }
})

test('begins to show when its schedule does, and is withdrawn when that is over, by the clock alone', async ({
  visitor,
}) => {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString()
  const schedule = { from: at(2 * DAY), until: at(4 * DAY) }
  const page = await visitor.open({ config: only('banner', { schedule }), script: near })
  expect(await page.reasons('projects-80')).toEqual(['schedule'])
  await page.later(2 * DAY + MINUTE)
  await page.eval(() => document.getElementById('work')!.dispatchEvent(new Event('pointerdown', { bubbles: true })))
  await page.again()
  await page.shown(banner)
  await page.later(2 * DAY)
  await page.gone(banner)
  await soon(() => page.reasons('projects-80')).toContain('schedule')
})

test('shows to the audience that the file names, and withdraws when it holds no more', async ({ visitor }) => {
  const audience = { 'account.seats': { $gte: 3 }, 'user.role': { $in: ['admin'] } }
  const page = await show(visitor, 'banner', {
    config: only('banner', { audience }),
    script: `${calmly()}plimsoll('identify', { account: { id: 'acme', seats: 3 } });`,
  })
  await page.call('identify', { account: { id: 'acme', seats: 2 } })
  await page.gone(banner)
  expect(await page.reasons('projects-80')).toEqual(['audience'])
})

test('covers no page of neverBlock: a refusal there has no widget, and one elsewhere has', async ({ visitor }) => {
  const page = await visitor.open({
    config: exampleConfig({ neverBlock: ['/settings/export/**'] }),
    script: calmly({ ...calm, seats: { used: 10, limit: 10 } }),
    path: '/settings/export/all',
  })
  expect(await page.call('guard', 'invite', { seats: 2 })).toMatchObject({ allowed: false, reason: 'seat_limit' })
  expect(await page.count(block)).toBe(0)
  await page.arrive('/settings')
  await page.ask('invite', { seats: 2 })
  await page.shown(block)
})

test('joins the same question to the open block, and refuses another at once', async ({ visitor }) => {
  const page = await visitor.open({
    config: exampleConfig(),
    script: calmly({ ...calm, seats: { used: 10, limit: 10 } }),
  })
  const asked = await page.eval(async () => {
    const host = window as any
    host.answers = []
    host.both = [1, 2].map(() => host.plimsoll.guard('invite', { seats: 2 }))
    for (const one of host.both) one.then((answer: unknown) => host.answers.push(answer))
    return host.plimsoll.guard('use', { resource: 'projects', amount: 500 })
  })
  expect(asked).toMatchObject({ allowed: false, reason: 'usage_limit' })
  await page.shown(block)
  expect([await page.count(block), await page.eval(() => (window as any).answers)]).toEqual([1, []])
  await page.click(action('cancel'))
  expect(await page.eval(() => Promise.all((window as any).both))).toMatchObject([
    { allowed: false, reason: 'seat_limit' },
    { allowed: false, reason: 'seat_limit' },
  ])
})

test('stays down, as if refused, once the third was seen and left unanswered', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner'), script: near })
  for (let i = 0; i < 3; i++) {
    await page.event('impression')
    await page.later(31 * MINUTE)
    await page.again()
  }
  await soon(() => page.reasons('projects-80')).toContain('quiet')
  expect(await page.count(banner)).toBe(0)
})

test('keeps two users of one browser apart: what one refused, the other is asked', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner', { suppress: { dismissals: 1, quiet: '30d' } }),
    script: near,
  })
  await page.click(action('dismiss'))
  await page.gone(banner)
  await page.call('identify', { user: { id: 'ben', role: 'admin' }, account: { id: 'beta', plan: 'starter' } })
  await page.call('usage', { projects: { used: 90 } })
  await page.shown(banner)
  await page.call('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  await page.call('usage', { projects: { used: 90 } })
  await page.gone(banner)
  await soon(() => page.reasons('projects-80')).toContain('quiet')
})

test('counts nothing that nobody can see: a slot out of sight waits until it is scrolled to', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner', { slot: 'deep' }),
    body: '<h1>Top</h1><div id="room"></div><div data-plimsoll-slot="deep"></div>',
    script: `${near}addEventListener('DOMContentLoaded', () => { document.getElementById('room').style.height = '3000px' })`,
  })
  await page.shown(banner)
  await page.later(11_000)
  // In sight it would be counted by then.
  await page.eval(() => new Promise((done) => setTimeout(done, 1200)))
  expect(await page.events('impression')).toEqual([])
  await page.eval(() => document.querySelector('[data-plimsoll-slot]')!.scrollIntoView())
  await page.event('impression')
  expect((await page.events('impression')).length).toBe(1)
})

test('takes an answer in the very frame that the prompt comes, from a script as from a person', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    script: `${near}
      const look = () => {
        const [button] = all('[data-plimsoll-action="dismiss"]')
        if (button) button.click()
        else requestAnimationFrame(look)
      }
      look()`,
  })
  await page.event('dismiss')
  await page.gone(banner)
  const types = (await page.events()).map(({ type }) => type)
  expect(types.filter((type) => type === 'impression' || type === 'dismiss')).toEqual(['impression', 'dismiss'])
  await page.again()
  await soon(() => page.reasons('projects-80')).toContain('frequency')
})

test('closes a tooltip whose control is gone for good, and finds none in what is hidden', async ({ visitor }) => {
  const page = await show(visitor, 'tooltip')
  await page.eval(() => {
    const control = document.getElementById('sso')!
    control.remove()
    ;(window as any).isExpanded = () => control.hasAttribute('aria-expanded')
  })
  await page.gone(widget('tooltip'))
  expect([await page.events('dismiss'), await page.eval(() => (window as any).isExpanded())]).toEqual([[], false])
  await page.eval(() => {
    const control = Object.assign(document.createElement('button'), { hidden: true })
    control.dataset.plimsollFeature = 'sso'
    document.body.append(control)
  })
  await page.call(...(kinds.tooltip.signal as [string, unknown]))
  await soon(() => page.reasons('sso-discovery')).toContain('no_place')
})

// Without a channel, what the others did stands in the ledger alone.
const between = [
  ['that are told of everything at once', ''],
  ['that cannot talk with each other', 'delete window.BroadcastChannel;'],
] as const

test.for(between)('never shows a fourth over three tabs %s', async ([, before], { visitor }) => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const allNear = Object.fromEntries(names.map((name) => [name, { used: 85 }]))
  const first = await visitor.open({
    before,
    path: '/plain',
    early: true,
    host: { routes: plain },
    config: exampleConfig({
      plans: [100, 1000].map((n) => ({
        id: `${n}`,
        name: `${n}`,
        limits: Object.fromEntries(names.map((one) => [one, n])),
      })),
      resources: Object.fromEntries(names.map((name) => [name, name])),
      features: {},
      links: { upgrade: '/up' },
      triggers: names.map((resource) => ({ id: resource, type: 'limit_approaching', resource })),
    }),
    script: `plimsoll('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: '100' } });plimsoll('usage', ${JSON.stringify(allNear)});`,
  })
  const tabs = await Promise.all([visitor.another(), visitor.another()])
  await first.arrive()
  const all = [first, ...tabs]
  const shown = new Set<string>()
  await soon(async () => {
    for (const tab of all) {
      const id = await tab.eval((one) => (window as any).all(one)[0]?.dataset.plimsollTrigger ?? '', banner)
      if (id) await tab.call('dismiss')
      if (id) shown.add(id)
    }
    return shown.size
  }).toBe(3)
  // Of what was shown nothing matches any more: the cap alone keeps the others away.
  const rest = Object.fromEntries(names.map((name) => [name, { used: shown.has(name) ? 10 : 90 }]))
  await Promise.all(all.map((tab) => tab.call('usage', rest)))
  expect(await Promise.all(all.map((tab) => tab.count(banner)))).toEqual([0, 0, 0])
  for (const tab of all) await soon(() => tab.reasons('e')).toContain('cap_session')
})
