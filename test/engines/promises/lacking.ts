/** What engines lack has a fallback: each is tried where it is missing, and, for comparison, where it is not. */

import { expect } from 'vitest'
import { ana, exampleConfig, MINUTE } from '../../e2e/host.ts'
import { plain } from '../../e2e/stored.ts'
import { action, anyPrompt, block, calmly, kinds, only, show, soon, type Tab, test, widget } from '../visitor.ts'

const banner = widget('banner')
const near = calmly({ projects: { used: 82 } })

/** Takes a name away from the page before anything of ours runs, wherever the engine has it. */
const without = (...names: readonly string[]) =>
  names
    .map((name) => {
      const [of, key] = name.includes('.') ? name.split('.') : ['window', name]
      return `Object.defineProperty(${of}, '${key}', { configurable: true, value: undefined });`
    })
    .join('')

test('needs no idle callbacks, locks, random ids, estimates of storage or scheduler', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner', { suppress: { dismissals: 1, quiet: '30d' } }),
    before: without(
      'requestIdleCallback',
      'cancelIdleCallback',
      'scheduler',
      'cookieStore',
      'ReportingObserver',
      'navigator.locks',
      'navigator.storage',
      'navigator.sendBeacon',
      'navigator.clipboard',
      'crypto.randomUUID',
      'crypto.subtle',
      'Promise.try',
      'Promise.withResolvers',
    ),
    script: near,
  })
  await page.event('impression')
  await page.click(action('dismiss'))
  await page.gone(banner)
  await page.ask('use', { resource: 'projects', amount: 50 })
  await page.shown(block)
  await page.press('Escape')
  expect(await page.answer()).toMatchObject({ allowed: false, reason: 'usage_limit' })
  await page.again()
  await soon(() => page.reasons('projects-80')).toContain('quiet')
  expect(await page.events('error')).toEqual([])
})

const here = exampleConfig({
  triggers: [{ id: 'here', type: 'limit_approaching', resource: 'projects', audience: { 'page.path': '/here' } }],
})
/** A host's own router: a press leads there, without a load. */
const router = `${near}addEventListener('click', ({ target }) => {
  if (target.id === 'work') Promise.resolve().then(() => history.pushState(null, '', '/here'))
})`

test.for([
  ['by the Navigation API where there is one', ''],
  ['without it too', without('navigation')],
])('finds a route that a host’s router and the back button lead to: %s', async ([, before], { visitor }) => {
  const page = await visitor.open({ config: here, before: `${before}`, script: router })
  expect(await page.reasons('here')).toEqual(['audience'])
  await page.click('#work')
  await page.shown(banner)
  await page.eval(() => history.back())
  await page.gone(banner)
  expect(await page.eval(() => location.pathname)).toBe('/')
})

test('finds a route that nothing told of at the next signal, where there is no Navigation API', async ({ visitor }) => {
  const page = await visitor.open({ config: here, before: without('navigation'), script: near })
  await page.eval(() => history.pushState(null, '', '/here'))
  await page.call('usage', { projects: { used: 83 } })
  await page.shown(banner)
})

/** How far the widget is from the control it is beside, and whether all of it is on the screen. */
const beside = (page: Tab, selector: string) =>
  page.eval((one) => {
    const a = document.getElementById('sso')!.getBoundingClientRect()
    const b = (window as any).all(one)[0].getBoundingClientRect()
    const gap = Math.max(b.top - a.bottom, a.top - b.bottom, b.left - a.right, a.left - b.right)
    const isInside = b.left >= 0 && b.top >= 0 && b.right <= innerWidth && b.bottom <= innerHeight
    return [gap > 0 && gap < 24, isInside]
  }, selector)

const anchors = [
  ['by anchor positioning where there is any', ''],
  [
    'without it too',
    `const { supports } = CSS; CSS.supports = (...given) => !/^position-area/.test(given[0]) && supports.apply(CSS, given)`,
  ],
  [
    'where the browser knows no source for it',
    `const { showPopover } = HTMLElement.prototype; HTMLElement.prototype.showPopover = function () { showPopover.call(this) }`,
  ],
] as const

test.for(anchors)('stands beside its control, and follows it: %s', async ([, broken], { visitor }) => {
  const page = await show(visitor, 'tooltip', { script: `${broken};${calmly()}` })
  await soon(() => beside(page, widget('tooltip'))).toEqual([true, true])
  await page.eval(() => {
    document.getElementById('sso')!.style.cssText = 'position: fixed; right: 4px; bottom: 4px'
  })
  await soon(() => beside(page, widget('tooltip'))).toEqual([true, true])
})

test('keeps to one prompt over two tabs, and to what is refused, without channels between them', async ({
  visitor,
}) => {
  const first = await visitor.open({
    config: only('banner', { frequency: null, suppress: { dismissals: 1, quiet: '30d' } }),
    before: without('BroadcastChannel'),
    script: near,
  })
  await first.event('impression')
  const second = await visitor.another()
  await second.call('usage', { projects: { used: 84 } })
  expect([await first.count(banner), await second.count(banner)]).toEqual([1, 0])
  await soon(() => second.reasons('projects-80')).toEqual(['on_screen'])
  await first.click(action('dismiss'))
  await first.gone(banner)
  await second.call('usage', { projects: { used: 90 } })
  expect([await first.count(anyPrompt), await second.count(anyPrompt)]).toEqual([0, 0])
  await soon(() => second.reasons('projects-80')).toEqual(['quiet'])
})

test('shows nothing that was refused while its page was left, whether that is kept for the way back or not', async ({
  visitor,
}) => {
  const first = await visitor.open({
    config: only('banner', { frequency: null, suppress: { dismissals: 1, quiet: '30d' } }),
    script: `${near}
      // From each arrival on, the first and the one by the way back alike.
      addEventListener('pageshow', () => { window.drawn = 0 })
      const look = () => {
        window.drawn += all('${anyPrompt}').length
        requestAnimationFrame(look)
      }
      look()`,
    // A page that may not be cached is never kept.
    host: { routes: plain, cache: 'no-cache' },
  })
  await first.event('impression')
  await first.eval(() => {
    location.href = '/plain'
  })
  await soon(() => first.eval(() => location.pathname)).toBe('/plain')
  const second = await visitor.another()
  await second.click(action('dismiss'))
  await second.gone(banner)
  await second.close()
  // Later: a page that goes at once may take the answer to this with it.
  await first.eval(() => void setTimeout(() => history.back()))
  await soon(() => first.eval(() => location.pathname)).toBe('/')
  await first.event('ready')
  const asked = await first.eval(async () => {
    const since = performance.now()
    const { allowed } = await (window as any).plimsoll.guard('use', { resource: 'projects', amount: 1 })
    return { allowed, inTime: performance.now() - since < 3000 }
  })
  expect(asked).toEqual({ allowed: true, inTime: true })
  await soon(() => first.reasons('projects-80')).toEqual(['quiet'])
  await first.call('usage', { projects: { used: 90 } })
  expect(await first.eval(() => (window as any).drawn)).toBe(0)
})

test('passes over what other scripts post on its channel', async ({ visitor }) => {
  const page = await visitor.open({ config: only('banner'), script: near })
  await page.event('impression')
  await page.eval(async () => {
    const channel = new BroadcastChannel('plimsoll')
    // Whose tabs are spoken to is no secret either.
    const heard = new Promise<string>((done) => {
      channel.onmessage = ({ data }) => data.user && done(data.user)
    })
    await (window as any).plimsoll.usage({ projects: { used: 83 } })
    const user = await heard
    const junk: unknown[] = [null, 5, 'x', [], {}, { plimsoll: 1 }]
    for (const type of ['active', 'answered', 'ledger', 'context', 'who', 'here', 'constructor'])
      for (const more of [{}, { at: Number.NaN, triggerId: {}, report: 5, account: {}, tab: null, visible: 'x' }])
        junk.push({ type, ...more }, { plimsoll: 1, type, ...more }, { plimsoll: 1, type, user, ...more })
    for (const one of junk) channel.postMessage(one)
    channel.close()
  })
  await page.call('usage', { projects: { used: 85 } })
  await soon(() => page.text(banner)).toContain('85 of 100')
  expect([await page.events('error'), await page.events('dismiss')]).toEqual([[], []])
})

test('lives on in a page that replaces its body, and loses no more than its prompt where its root is removed', async ({
  visitor,
}) => {
  const page = await visitor.open({ config: only('banner'), script: near })
  await page.event('impression')
  await page.eval(() => document.body.replaceWith(document.createElement('body')))
  await page.call('usage', { projects: { used: 86 } })
  await soon(() => page.text(banner)).toContain('86 of 100')
  await page.eval(() => document.querySelector('plimsoll-root')!.remove())
  await soon(() => page.eval(() => (window as any).plimsoll.$decision.get().prompt?.triggerId ?? null)).toBe(null)
  await page.call('dismiss')
  expect([await page.count(banner), await page.events('dismiss')]).toEqual([0, []])
  await page.ask('use', { resource: 'projects', amount: 50 })
  await page.shown(block)
})

test('goes with the slot that a router swaps away with its body, and returns to the copy that it puts back, once', async ({
  visitor,
}) => {
  const page = await visitor.open({
    config: only('banner', { slot: 'here', frequency: null, suppress: { dismissals: 1, quiet: '30d' } }),
    body: '<main><div data-plimsoll-slot="here"></div></main>',
    script: near,
  })
  await page.event('impression')
  await page.eval(() => {
    // As Turbo does: what is left behind is kept as a copy, our root and all, and shown again on the way back.
    Object.assign(window, { kept: document.body.cloneNode(true) })
    document.documentElement.replaceChild(document.createElement('body'), document.body)
    history.pushState(null, '', '/next')
  })
  await page.call('usage', { projects: { used: 85 } })
  await page.gone(banner)
  await soon(() => page.reasons('projects-80')).toContain('no_place')
  await page.eval(() => {
    document.body.replaceWith((window as any).kept)
    history.pushState(null, '', '/')
  })
  await page.call('usage', { projects: { used: 86 } })
  await soon(() => page.text(banner)).toContain('86 of 100')
  expect([await page.count(banner), await page.events('dismiss'), await page.events('error')]).toEqual([1, [], []])
  await page.click(action('dismiss'))
  await page.gone(banner)
})

test('opens a dialog that a browser without closedby closes by Esc all the same', async ({ visitor }) => {
  const page = await show(visitor, 'modal', {
    before: `delete HTMLDialogElement.prototype.closedBy;delete HTMLDialogElement.prototype.requestClose;`,
  })
  await page.press('Escape')
  await page.gone(widget('modal'))
  expect(await page.events('dismiss')).toMatchObject([{ by: 'escape' }])
})

test('counts what was put off though localStorage keeps nothing', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    script: `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };${near}`,
  })
  await page.click(action('snooze'))
  await page.gone(banner)
  await page.again()
  await soon(() => page.reasons('projects-80')).toContain('snoozed')
})

test('says its words where the browser knows no such locale', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    host: { lang: 'xx-nonsense-locale' },
    script: `${ana.replace("role: 'admin'", "role: 'admin', locale: '-*-'")}plimsoll('usage', { projects: { used: 82 } })`,
  })
  await soon(() => page.text(banner)).toContain('82 of 100 projects used')
  await page.later(31 * MINUTE)
  await page.call(...(kinds.banner.signal as [string, unknown]))
  expect(await page.events('error')).toEqual([])
})
