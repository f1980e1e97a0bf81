/** Sections 3 and 4: few prompts, and none twice in a session, by the clock of the visitor. */

import { expect } from 'vitest'
import { ana, DAY, exampleConfig, fourControls, fourFeatures, MINUTE } from '../../e2e/host.ts'
import { action, calmly, only, show, soon, test, widget } from '../visitor.ts'

const names = ['a', 'b', 'c', 'd']
const limits = (n: number) => Object.fromEntries(names.map((name) => [name, n]))
const fourLimits = exampleConfig({
  plans: [
    { id: 'starter', name: 'Starter', limits: limits(100) },
    { id: 'pro', name: 'Pro', limits: limits(1000) },
  ],
  resources: Object.fromEntries(names.map((name) => [name, name])),
  features: {},
  links: { upgrade: '/up' },
  triggers: names.map((resource) => ({ id: resource, type: 'limit_approaching', resource })),
})
const allNear = `${ana}plimsoll('usage', ${JSON.stringify(Object.fromEntries(names.map((name) => [name, { used: 90 }])))});`

test('shows three prompts a session, one at a time, and not a fourth', async ({ visitor }) => {
  const page = await visitor.open({ config: fourLimits, script: allNear })
  for (const name of ['a', 'b', 'c']) {
    await page.shown(`[data-plimsoll-trigger="${name}"]`)
    // The others match as well, and are decided on again.
    await page.call('track', 'exported')
    expect(await page.count(widget('banner'))).toBe(1)
    await page.click(action('dismiss'))
    await page.gone(`[data-plimsoll-trigger="${name}"]`)
  }
  await page.settled()
  expect(await page.reasons('d')).toEqual(['cap_session'])
  await page.again()
  expect(await page.count(widget('banner'))).toBe(0)
})

test('shows the higher priority first, whichever way the file has them', async ({ visitor }) => {
  const page = await visitor.open({
    config: exampleConfig({
      triggers: [
        { id: 'plain', type: 'limit_approaching', resource: 'projects' },
        { id: 'first', type: 'team_growth', priority: 1 },
      ],
    }),
    script: calmly({ projects: { used: 85 }, seats: { used: 9, limit: 10 } }),
  })
  await page.shown(widget('panel'))
  expect(await page.reasons('plain')).toEqual(['on_screen'])
})

test('is over for the session once seen, though a load took it away', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner'), script: calmly({ projects: { used: 82 } }) })
  await page.event('impression')
  await page.again()
  expect(await page.reasons('projects-80')).toEqual(['frequency'])
  await page.later(31 * MINUTE)
  await page.again()
  await page.shown(widget('banner'))
})

test('withdraws what stands when 30 minutes pass without the user, and not before', async ({ visitor }) => {
  const page = await show(visitor, 'banner')
  await page.event('impression')
  await page.later(29 * MINUTE)
  expect(await page.count(widget('banner'))).toBe(1)
  await page.later(2 * MINUTE)
  await page.gone(widget('banner'))
  expect(await page.events('dismiss')).toEqual([])
})

test('keeps the time between two prompts that the file asks for', async ({ visitor }) => {
  const page = await visitor.open({
    config: { ...fourLimits, caps: { minInterval: '10m' } },
    script: allNear,
  })
  await page.click(action('dismiss'))
  await page.gone('[data-plimsoll-trigger="a"]')
  await page.settled()
  expect(await page.reasons('b')).toEqual(['cap_interval'])
  await page.later(9 * MINUTE)
  expect(await page.reasons('b')).toEqual(['cap_interval'])
  await page.later(MINUTE)
  await page.shown('[data-plimsoll-trigger="b"]')
})

test('asks anew when the plan has risen, for the question is new', async ({ visitor }) => {
  const three = exampleConfig() as { plans: object[] }
  const page = await show(visitor, 'banner', {
    config: {
      ...only('banner', { suppress: { dismissals: 1, quiet: '30d' } }),
      plans: [...three.plans, { id: 'max', name: 'Max', limits: { projects: 9000 } }],
    },
  })
  await page.click(action('dismiss'))
  await page.gone(widget('banner'))
  expect(await page.reasons('projects-80')).toContain('quiet')
  await page.call('identify', { account: { id: 'acme', plan: 'pro' } })
  await page.call('usage', { projects: { used: 900 } })
  await page.shown(widget('banner'))
  expect(await page.events('conversion')).toMatchObject([{ triggerId: 'projects-80' }])
})

test('lets a higher rung silence the lower', async ({ visitor }) => {
  const page = await show(visitor, 'banner', { config: only('banner', { at: [0.8, 0.95] }) })
  await page.click(action('dismiss'))
  await page.gone(widget('banner'))
  await page.call('usage', { projects: { used: 90 } })
  expect(await page.count(widget('banner'))).toBe(0)
  await page.call('usage', { projects: { used: 95 } })
  await page.shown(widget('banner'))
  await page.click(action('dismiss'))
  await page.gone(widget('banner'))
  await page.call('usage', { projects: { used: 90 } })
  expect(await page.reasons('projects-80')).toEqual(['not_matched'])
})

test('shows two of a group in the time that the file says, and what belongs to none besides', async ({ visitor }) => {
  const page = await visitor.open({
    config: {
      ...fourLimits,
      caps: { groups: { g: { max: 2, per: '90d' } } },
      triggers: names.map((resource) => ({
        id: resource,
        type: 'limit_approaching',
        resource,
        ...(resource !== 'd' && { group: 'g' }),
      })),
    },
    script: allNear,
  })
  for (const name of ['a', 'b', 'd']) {
    await page.shown(`[data-plimsoll-trigger="${name}"]`)
    await page.click(action('dismiss'))
    await page.gone(`[data-plimsoll-trigger="${name}"]`)
  }
  expect(await page.reasons('c')).toContain('cap_group')
  await page.later(90 * DAY - MINUTE)
  await page.again()
  expect(await page.reasons('c')).toContain('cap_group')
  await page.later(2 * MINUTE)
  await soon(() => page.reasons('c')).not.toContain('cap_group')
})

test('begins counts again in a new billing period', async ({ visitor }) => {
  const usage = (used: number, days: number) => ({
    projects: { used, resetsAt: new Date(Date.now() + days * DAY).toISOString() },
  })
  const refuse = async (): Promise<void> => {
    await page.click(action('dismiss'))
    await page.gone(widget('banner'))
  }
  const frequency = [{ max: 1, per: 'session' }, { max: 2 }]
  const page = await visitor.open({ config: only('banner', { frequency }), script: calmly(usage(82, 5)) })
  await refuse()
  await page.later(5 * DAY + MINUTE)
  await page.again()
  await page.call('usage', usage(85, 35))
  await refuse()
  await page.later(31 * MINUTE)
  await page.again()
  // The third time in all, and the second in this period.
  await page.call('usage', usage(86, 35))
  await page.shown(widget('banner'))
  await refuse()
  await page.later(31 * MINUTE)
  await page.again()
  await page.call('usage', usage(87, 35))
  expect(await page.reasons('projects-80')).toEqual(['frequency', 'quiet'])
})

test('is silent for features after three of them in one session', async ({ visitor }) => {
  const page = await visitor.open({ config: fourFeatures, body: fourControls })
  await page.hears()
  for (const name of ['f1', 'f2', 'f3']) {
    await page.focus(`#${name}`)
    await page.shown(`[data-plimsoll-trigger="${name}"]`)
    // No pointer is left over the next control.
    await page.press('Escape')
    await page.gone(widget('tooltip'))
  }
  await page.focus('#f4')
  await page.event('withheld', 'f4')
  expect(await page.reasons('f4')).toEqual(['quiet', 'cap_session'])
})

test('asks a growing team no more once it refused, until seats in use rise', async ({ visitor }) => {
  const page = await visitor.open({ config: only('panel'), script: calmly({ seats: { used: 8, limit: 10 } }) })
  await page.click(action('dismiss'))
  await page.gone(widget('panel'))
  await page.later(31 * MINUTE)
  await page.again()
  expect(await page.reasons('team-growth')).toEqual(['quiet'])
  await page.call('usage', { seats: { used: 9, limit: 10 } })
  await page.shown(widget('panel'))
})
