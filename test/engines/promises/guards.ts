/** Section 5: guard and blocks, and the way back. */

import { expect } from 'vitest'
import { type Answer, ana, built, exampleConfig } from '../../e2e/host.ts'
import { action, anyPrompt, block, calmly, soon, type Tab, test } from '../visitor.ts'

const nearlyFull = { seats: { used: 9, limit: 10 }, projects: { used: 10 } }
const script = calmly(nearlyFull)
const refused = {
  allowed: false,
  reason: 'seat_limit',
  triggerId: 'team-growth',
  used: 9,
  limit: 10,
  requested: 2,
  remaining: 1,
}
const unavailable = { allowed: true, reason: 'unavailable' }

const answered = (page: Tab) => page.eval(() => (window as any).answered)

test('allows at once what fits', async ({ visitor }) => {
  const page = await visitor.open({
    script,
    host: {
      tag: 'data-config="/triggers.json" data-context="/api/context"',
      routes: { '/api/context': () => ({ body: '{}' }) },
    },
  })
  const before = visitor.host.requests.filter((path) => path === '/api/context')
  await page.ask('invite', { seats: 1 })
  expect(await page.answer()).toEqual({ allowed: true })
  expect(await page.count(block)).toBe(0)
  // Nobody was asked first.
  expect(visitor.host.requests.filter((path) => path === '/api/context')).toEqual(before)
})

test('blocks what does not fit, says so, and answers on Cancel', async ({ visitor }) => {
  const page = await visitor.open({ script })
  await page.ask('invite', { seats: 2 })
  await page.shown(`dialog${block}:modal`)
  expect(await page.text(block)).toContain('1 of these 2 invites fits')
  expect(await answered(page)).toBe(false)
  await page.click(action('cancel'))
  expect(await page.answer()).toEqual(refused)
  await page.gone(block)
  expect(await page.events('dismiss')).toEqual([])
})

const blocks = [
  ['use', { resource: 'projects', amount: 100 }, 'usage_limit'],
  ['feature', { feature: 'sso' }, 'feature_locked'],
] as const

test.for(blocks)('answers Esc on a block for %s', async ([name, request, reason], { visitor }) => {
  const page = await visitor.open({ script })
  await page.ask(name, request)
  await page.shown(block)
  await page.press('Escape')
  expect(await page.answer()).toMatchObject({ allowed: false, reason })
})

test('updates the block at a rise too small, and lets go at one that is enough', async ({ visitor }) => {
  const page = await visitor.open({ script })
  await page.ask('invite', { seats: 5 })
  await page.shown(block)
  await page.call('usage', { seats: { used: 9, limit: 12 } })
  await soon(() => page.text(block)).toContain('3 of these 5')
  await page.call('usage', { seats: { used: 9, limit: 20 } })
  expect(await page.answer()).toEqual({ allowed: true, reason: 'limit_raised' })
  await page.gone(block)
})

const missing = () => ({ status: 404, type: 'text/plain', body: 'none' })
const tooLate = (type: string, body: string) => () =>
  new Promise<Answer>((done) => setTimeout(() => done({ type, body }), 4000))
const without = [
  ['the script is missing', { '/plimsoll/plimsoll.js': missing }],
  [
    'the script comes too late',
    { '/plimsoll/plimsoll.js': tooLate('text/javascript', `${built.get('plimsoll.js')}`) },
    'later',
  ],
  ['the code of the block is missing', { '/plimsoll/plimsoll-block.js': missing }],
  [
    'the code of the block comes too late',
    { '/plimsoll/plimsoll-block.js': tooLate('text/javascript', `${built.get('plimsoll-block.js')}`) },
  ],
  [
    'the file comes too late',
    { '/triggers.json': tooLate('application/json', JSON.stringify(exampleConfig())) },
    'later',
  ],
] as const

/** Asked by the page's own script, for a driver may wait as long as the page does. */
const asking = `
  const start = performance.now()
  plimsoll('guard', 'invite', { seats: 2 }).then((result) => {
    window.told = { result, ms: performance.now() - start, isReady: seen.some(({ type }) => type === 'ready') }
  })`

test.for(without)(
  'stands in nobody’s way, and no longer than 3 seconds, where %s',
  async ([, routes, comes], { visitor }) => {
    const page = await visitor.open({ script: script + asking, host: { routes }, early: true })
    await soon(() => page.eval(() => !!(window as any).told)).toBe(true)
    const { result, ms, isReady } = await page.eval(() => (window as any).told)
    expect(result).toEqual(unavailable)
    expect(ms).toBeLessThan(4500)
    expect(await page.count(block)).toBe(0)
    if (!comes) return
    expect(isReady).toBe(false)
    // What was answered without it is not asked again: the next question has the screen to itself.
    await page.event('ready')
    await page.settled()
    await page.ask('use', { resource: 'projects', amount: 100 })
    await page.shown(block)
    expect([await page.count(block), await answered(page)]).toEqual([1, false])
    expect(await page.text(block)).toContain('projects')
  },
)

test('never covers the page that its own link leads to', async ({ visitor }) => {
  const page = await visitor.open({ script, path: '/billing/seats' })
  expect(await page.call('guard', 'invite', { seats: 2 })).toEqual(refused)
  expect(await page.count(block)).toBe(0)
})

const form = `<form id="form" action="/sent" data-plimsoll-guard="invite" data-plimsoll-request='{"seats":2}'>
  <input name="mail" value="ben@example.com"><button id="send" name="by" value="button">Invite</button></form>`

test('stops a marked form over the limit, and sends it again with its button once there is room', async ({
  visitor,
}) => {
  const page = await visitor.open({ script, body: form, config: exampleConfig() })
  await page.hears()
  await page.click('#send')
  await page.shown(block)
  expect(await page.eval(() => location.pathname)).toBe('/')
  await page.call('usage', { seats: { used: 9, limit: 20 } }).catch(() => {}) // the page is left meanwhile
  await soon(() => page.eval(() => location.pathname + location.search)).toBe('/sent?mail=ben%40example.com&by=button')
})

test('leaves a marked form alone under the limit', async ({ visitor }) => {
  const page = await visitor.open({
    script: `${calmly({ seats: { used: 2, limit: 10 } })}
      addEventListener('submit', () => { sessionStorage.submits = Number(sessionStorage.submits ?? 0) + 1 }, true)`,
    body: form,
  })
  await page.hears()
  await page.click('#send')
  await soon(() => page.eval(() => location.pathname)).toBe('/sent')
  // Stopped and sent again, it would be submitted twice.
  expect(await page.eval(() => sessionStorage.submits)).toBe('1')
})

/** Lets pass what the tab that asked has to say that it still lives. */
async function silence(page: Tab): Promise<void> {
  await page.settled()
  await page.eval(() => new Promise((done) => setTimeout(done, 2000)))
}

test('tells of what fits after the way to billing and back, once', async ({ visitor }) => {
  const page = await visitor.open({
    script: `${ana}plimsoll('usage', { seats: { used: 9, limit: Number(localStorage.limit || 10) } })`,
    // As long as a server takes: what the click wrote is committed by then.
    host: { slow: { '/billing/seats': 1500 } },
  })
  await page.ask('invite', { seats: 2, ref: { form: 'invite' } })
  await page.click(`${block} ${action('primary')}`)
  await soon(() => page.eval(() => location.pathname)).toBe('/billing/seats')
  await page.event('ready')
  await silence(page)
  expect(await page.events('unblocked')).toEqual([])
  await page.eval(() => localStorage.setItem('limit', '20'))
  await page.arrive()
  expect(await page.event('unblocked')).toMatchObject({ action: 'invite', requested: 2, ref: { form: 'invite' } })
  await page.again()
  await silence(page)
  expect(await page.events('unblocked')).toEqual([])
})

test('asks the context once more before it blocks, so that nobody is blocked after paying', async ({ visitor }) => {
  let limit = 10
  const context = () => ({
    body: JSON.stringify({
      user: { id: 'ana', role: 'admin' },
      account: { id: 'acme', plan: 'starter' },
      usage: { seats: { used: 9, limit } },
    }),
  })
  const page = await visitor.open({
    script: '',
    host: { tag: 'data-config="/triggers.json" data-context="/api/context"', routes: { '/api/context': context } },
  })
  limit = 20
  expect(await page.call('guard', 'invite', { seats: 2 })).toMatchObject({ allowed: true })
  expect(await page.count(anyPrompt)).toBe(0)
})
