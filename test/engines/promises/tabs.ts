/** Sections 1, 4 and 6 over two tabs of one profile (windows, where the engine hides a tab). */

import { expect } from 'vitest'
import { action, anyPrompt, calmly, kinds, only, show, soon, test, widget } from '../visitor.ts'

const near = calmly({ projects: { used: 82 } })
const banner = widget('banner')

test('shows one banner, though both tabs are near the mark, and counts it once', async ({ visitor }) => {
  const first = await visitor.open({ config: only('banner'), script: near })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('usage', { projects: { used: 84 } })
  expect([await first.count(banner), await second.count(banner)]).toEqual([1, 0])
  expect(await second.events('impression')).toEqual([])
  // What one tab is told, both know.
  await soon(() => first.text(banner)).toContain('84 of 100')
})

test('closes a prompt that is answered in another tab', async ({ visitor }) => {
  const first = await visitor.open({ config: only('banner'), script: near })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('dismiss', 'projects-80')
  await second.call('optOut', 'limit_approaching')
  await first.gone(banner)
  await second.call('usage', { projects: { used: 90 } })
  expect(await second.count(banner)).toBe(0)
})

test('shows in no tab what was refused in one', async ({ visitor }) => {
  const first = await visitor.open({ config: only('banner'), script: near })
  await first.event('impression')
  const second = await visitor.another()
  await first.click(action('dismiss'))
  await first.gone(banner)
  await second.call('usage', { projects: { used: 90 } })
  expect([await first.count(anyPrompt), await second.count(anyPrompt)]).toEqual([0, 0])
  expect(await second.reasons('projects-80')).toEqual(['frequency'])
})

test('closes in every tab what a risen plan answers, and tells of one conversion', async ({ visitor }) => {
  const first = await visitor.open({ config: only('banner'), script: near })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('identify', { account: { id: 'acme', plan: 'pro' } })
  await first.gone(banner)
  await first.settled()
  const told = [...(await first.events('conversion')), ...(await second.events('conversion'))]
  expect(told.map(({ triggerId }) => triggerId)).toEqual(['projects-80'])
})

test('closes in every tab what is forgotten in one', async ({ visitor }) => {
  const first = await show(visitor, 'banner')
  const second = await visitor.another()
  await second.call('forget')
  await first.gone(banner)
  await second.call(...kinds.banner.signal)
  expect([await first.count(anyPrompt), await second.count(anyPrompt)]).toEqual([0, 0])
})
