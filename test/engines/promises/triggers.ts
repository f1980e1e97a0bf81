/** Section 3: the four triggers fire at their moment, and what they say is drawn. */

import { expect } from 'vitest'
import { ana, exampleConfig } from '../../e2e/host.ts'
import { action, allKinds, calmly, kinds, only, show, soon, test, widget } from '../visitor.ts'

const says = {
  banner: '82 of 100 projects used',
  tooltip: 'Lets your team sign in with the company account. It is part of Pro.',
  panel: '9 of 10 seats are taken',
  modal: 'Your team has created 10 projects',
  toast: '10 projects created',
}

/** Notes when a widget is first in sight, and when that is told as an impression. */
const watch = `
  const look = () => {
    if (!window.drawnAt && all('[data-plimsoll-widget]')[0]?.checkVisibility({ visibilityProperty: true })) window.drawnAt = performance.now()
    requestAnimationFrame(look)
  }
  look()
  addEventListener('plimsoll:impression', () => { window.countedAt = performance.now() })
`

test.for(allKinds)('draws a %s that says why, and counts it after a second in sight', async (kind, { visitor }) => {
  const page = await show(visitor, kind, { script: watch + calmly() })
  expect(await page.text(widget(kind))).toContain(says[kind])
  const { triggerId } = await page.event('impression')
  expect(triggerId).toBe(kinds[kind].id)
  expect(await page.eval(() => (window as any).countedAt - (window as any).drawnAt)).toBeGreaterThan(900)
  // What is drawn is there to be hit, and its colours are its own.
  const painted = await page.eval((selector) => {
    const element = (window as any).all(selector)[0] as HTMLElement
    const { left, top, width, height } = element.getBoundingClientRect()
    const root = (element.getRootNode() as ShadowRoot).host
    const hit = document.elementFromPoint(left + width / 2, top + height / 2) === root
    return { hit, roomy: width > 200 && height > 30, background: getComputedStyle(element).backgroundColor }
  }, widget(kind))
  expect(painted).toMatchObject({ hit: true, roomy: true })
  expect(painted.background).not.toBe('rgba(0, 0, 0, 0)')
})

test('follows the figures while it stands, and goes when they fall five points under the mark', async ({ visitor }) => {
  const page = await show(visitor, 'banner')
  await page.call('usage', { projects: { used: 75 } })
  await soon(() => page.text(widget('banner'))).toContain('75 of 100 projects used')
  await page.call('usage', { projects: { used: 74 } })
  await page.gone(widget('banner'))
  expect(await page.events('dismiss')).toEqual([])
})

const feature = exampleConfig({ triggers: [{ id: 'sso-discovery', type: 'feature_discovery', feature: 'sso' }] })

test('answers the route near a feature at load', async ({ visitor }) => {
  const page = await visitor.open({ config: only('tooltip'), path: '/settings' })
  await page.shown(widget('tooltip'))
})

test('answers a locked control that is pointed at for half a second', async ({ visitor }) => {
  const page = await visitor.open({
    config: feature,
    script: `${calmly()}
      addEventListener('mouseover', ({ target }) => { if (target.id === 'sso') window.pointedAt ??= performance.now() }, true)
      ${watch}`,
  })
  await page.hears()
  await page.hover('#sso')
  await page.shown(widget('tooltip'))
  await soon(() => page.eval(() => (window as any).drawnAt)).toBeTruthy()
  expect(await page.eval(() => (window as any).drawnAt - (window as any).pointedAt)).toBeGreaterThan(490)
})

test('answers a locked control that the keyboard comes to, and leaves the focus there', async ({ visitor }) => {
  const page = await visitor.open({ config: feature })
  await page.hears()
  await page.focus('#field')
  await page.press('Tab')
  await page.shown(widget('tooltip'))
  expect(await page.eval(() => document.activeElement?.id)).toBe('sso')
})

test('answers a click on a locked control every time, uncounted', async ({ visitor }) => {
  const page = await visitor.open({ config: feature })
  await page.hears()
  for (const _ of [1, 2]) {
    await page.click('#sso')
    await page.shown(widget('tooltip'))
    await page.press('Escape')
    await page.gone(widget('tooltip'))
  }
  expect((await page.events()).filter(({ type }) => /impression|dismiss/.test(type))).toEqual([])
  expect(await page.reasons('sso-discovery')).not.toContain('frequency')
})

test('answers what is typed into a search field, and keeps the words to itself', async ({ visitor }) => {
  const page = await visitor.open({
    config: feature,
    body: '<input id="search" data-plimsoll-search aria-label="Search"><div data-plimsoll-slot="sso"></div>',
  })
  await page.hears()
  await page.focus('#search')
  await page.type('how to SAML')
  // Without a control on the page it stands in the slot, in line.
  await page.shown('[data-plimsoll-slot="sso"] > plimsoll-root')
  await page.shown(`${widget('tooltip')}[role="region"]`)
  expect(JSON.stringify(await page.events())).not.toContain('SAML')
})

test('leads from Learn more through the explainer to the upgrade', async ({ visitor }) => {
  const page = await visitor.open({ config: feature })
  await page.hears()
  await page.hover('#sso')
  await page.click(`${widget('tooltip')} ${action('primary')}`)
  await page.shown(widget('explainer'))
  expect(await page.text(widget('explainer'))).toContain('1,000 projects')
  await page.click(`${widget('explainer')} ${action('primary')}`)
  await soon(() => page.eval(() => location.pathname + location.search)).toBe(
    '/billing/upgrade?plan=pro&from=sso-discovery',
  )
})

test('leads from a milestone through the comparison of plans to the upgrade', async ({ visitor }) => {
  const page = await show(visitor, 'modal')
  await page.click(`${widget('modal')} ${action('primary')}`)
  await page.shown(widget('plans'))
  expect(await page.text(widget('plans'))).toContain('Starter')
  await page.click(`${widget('plans')} ${action('primary')}`)
  await soon(() => page.eval(() => location.pathname + location.search)).toBe(
    '/billing/upgrade?plan=pro&from=first-100',
  )
})

test('celebrates only the highest of several that are passed at once, and none of them later', async ({ visitor }) => {
  const page = await visitor.open({ config: only('modal', { milestones: [10, 20, 30] }) })
  await page.call('usage', { projects: { used: 25 } })
  await page.shown(widget('modal'))
  expect(await page.text(widget('modal'))).toContain('created 20 projects')
  await page.click(action('dismiss'))
  await page.gone(widget('modal'))
  await page.call('usage', { projects: { used: 9 } })
  await page.call('usage', { projects: { used: 25 } })
  expect(await page.reasons('first-100')).not.toEqual(['shows'])
  expect(await page.count(widget('modal'))).toBe(0)
})

test('celebrates only what is passed while somebody uses the app', async ({ visitor }) => {
  const page = await visitor.open({ config: only('modal'), script: ana })
  await page.call('usage', { projects: { used: 57 } })
  expect(await page.reasons('first-100')).toEqual(['not_matched'])
  await page.call('usage', { projects: { used: 100 } })
  await page.shown(widget('modal'))
})

test('stands beside the control that invites where there is no slot', async ({ visitor }) => {
  const page = await show(visitor, 'panel', {
    body: `<form id="invite" data-plimsoll-guard="invite"><button>Invite</button></form>${'<p>Member</p>'.repeat(9)}`,
  })
  const gap = await page.eval((selector) => {
    const { top } = (window as any).all(selector)[0].getBoundingClientRect()
    return top - document.querySelector('#invite')!.getBoundingClientRect().bottom
  }, widget('panel'))
  expect(gap).toBeGreaterThan(0)
  expect(gap).toBeLessThan(20)
})

test('closes with a link followed, which is no refusal', async ({ visitor }) => {
  const page = await show(visitor, 'banner', { config: only('banner', { suppress: { dismissals: 1, quiet: '30d' } }) })
  await page.eval(() => addEventListener('click', (event) => event.preventDefault()))
  await page.click(action('primary'))
  await page.gone(widget('banner'))
  const [click] = await page.events('click')
  expect(click).toMatchObject({ href: `${visitor.host.origin}/billing/upgrade?plan=pro&from=projects-80` })
  expect(await page.events('dismiss')).toEqual([])
  expect(await page.reasons('projects-80')).toEqual(['frequency'])
})
