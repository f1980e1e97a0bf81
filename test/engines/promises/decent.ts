/** Section 4: nothing interrupts, nothing moves, and who cannot buy is not sold to. */

import { expect } from 'vitest'
import { DAY, exampleConfig, watching } from '../../e2e/host.ts'
import { action, anyPrompt, calmly, kinds, only, show, soon, type Tab, test, widget } from '../visitor.ts'

const focused = (page: Tab) => page.eval(() => document.activeElement?.id ?? '')

test.for(['banner', 'tooltip', 'panel', 'toast'] as const)('takes no focus: %s', async (kind, { visitor }) => {
  const page = await visitor.open({ config: only(kind) })
  await page.focus('#field')
  await page.call(...(kinds[kind].signal as [string, unknown]))
  await page.event('impression')
  expect(await focused(page)).toBe('field')
})

test.for([
  ['banner', { projects: { used: 75 } }],
  ['modal', { projects: { used: 9 } }],
] as const)('tries what may soon show where nobody notices: %s', async ([kind, usage], { visitor }) => {
  const page = await visitor.open({ config: only(kind), before: watching })
  await page.focus('#field')
  await page.call('usage', usage)
  const made = () => page.eval(() => (window as any).made.filter((name: string) => /section|dialog/.test(name)))
  await soon(made).toHaveLength(2)
  // Whatever was drawn would have come by now, in a frame or the task behind it.
  await page.eval(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  expect(await page.eval(() => (window as any).noticed)).toEqual([])
  expect(await focused(page)).toBe('field')
  expect(await page.count('plimsoll-root')).toBe(0)
})

test('keeps the focus inside the modal, and gives it back where it was', async ({ visitor }) => {
  const page = await visitor.open({ config: only('modal') })
  // Not the first of the page, to which the focus falls that is lost.
  await page.focus('#field')
  await page.call(...kinds.modal.signal)
  await page.shown(`${widget('modal')}:focus-within`)
  // More often than it has controls, both ways round.
  for (let i = 0; i < 14; i++) {
    await page.press(i < 7 ? 'Tab' : 'Shift+Tab')
    // The browser's own controls may have a turn; the page behind has none.
    expect(await focused(page)).not.toMatch(/work|field|sso/)
  }
  // Not by Esc, after which the browser gives it back by itself.
  await page.click(action('dismiss'))
  await page.gone(widget('modal'))
  expect(await focused(page)).toBe('field')
})

test('waits with the modal until nobody has typed for three seconds', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('modal'),
    script: `${calmly()}addEventListener('keydown', () => { window.typedAt = performance.now() }, true)
      const look = () => { if (all('dialog')[0]) window.drawnAt ??= performance.now(); requestAnimationFrame(look) }
      look()`,
  })
  await page.focus('#field')
  await page.type('ab')
  await page.call(...kinds.modal.signal)
  expect(await page.reasons('first-100')).toContain('typing')
  await page.shown(widget('modal'))
  expect(await page.eval(() => (window as any).drawnAt - (window as any).typedAt)).toBeGreaterThan(2900)
})

test('hides while a dialog of the host is open, and comes back uncounted', async ({ visitor }) => {
  const page = await show(visitor, 'banner', {
    body: '<p><button id="work">Work</button></p><dialog id="host"><button id="close">Close</button></dialog>',
    script: `${calmly()}addEventListener('click', ({ target }) => {
      const dialog = document.getElementById('host')
      if (target.id === 'work') dialog.showModal()
      if (target.id === 'close') dialog.close()
    })`,
  })
  await page.event('impression')
  await page.eval(() => document.getElementById('work')!.click())
  await page.gone(widget('banner'))
  expect(await page.reasons('projects-80')).toContain('dialog')
  await page.click('#close')
  await page.shown(widget('banner'))
  expect((await page.events('impression')).length).toBe(1)
  expect(await page.events('dismiss')).toEqual([])
})

test.for(['banner', 'tooltip', 'toast'] as const)('moves nothing of the page: %s', async (kind, { visitor }) => {
  const page = await visitor.open({ config: only(kind) })
  const boxes = () =>
    page.eval(() =>
      [...document.querySelectorAll('main, h1, #sso')].map((one) => `${JSON.stringify(one.getBoundingClientRect())}`),
    )
  const before = await boxes()
  await page.call(...(kinds[kind].signal as [string, unknown]))
  await page.shown(widget(kind))
  expect(await boxes()).toEqual(before)
})

test('leaves the page as it was: no style in or out', async ({ visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    // Of names that we use too, and elements that any sheet of ours speaks of.
    body: '<main class="widget"><p class="title">Hi</p><button id="work">Work</button> <a class="button" href="#">On</a></main>',
    script: `${calmly()}
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('* { display: none !important } html, body, main, p, button { display: block !important } html { letter-spacing: 9px; text-transform: uppercase } a, button { color: rgb(1, 2, 3) !important }')
      document.adoptedStyleSheets = [sheet]`,
  })
  /** Every property of every element of theirs. */
  const theirs = () =>
    page.eval(() =>
      [...document.querySelectorAll('html, body, body *')].map((one) => {
        const style = getComputedStyle(one)
        return [...style].map((name) => `${one.localName} ${name}: ${style.getPropertyValue(name)}`).join('\n')
      }),
    )
  const before = await theirs()
  await page.call(...kinds.banner.signal)
  await page.event('impression')
  expect(await theirs()).toEqual(before)
  const ours = await page.eval((selector) => {
    const { color, letterSpacing, textTransform } = getComputedStyle((window as any).all(selector)[0])
    return { color, letterSpacing, textTransform }
  }, action('primary'))
  expect(ours).toEqual({
    color: expect.not.stringMatching(/^rgb\(1, 2, 3\)$/),
    letterSpacing: 'normal',
    textTransform: 'none',
  })
})

test('offers a member to ask an admin, and tells of the request once', async ({ visitor }) => {
  const page = await show(visitor, 'banner', {
    config: only('banner', { frequency: null }),
    script: `plimsoll('identify', { user: { id: 'kim', role: 'member' }, account: { id: 'acme', plan: 'starter' } });plimsoll('usage', { projects: { used: 9 } });`,
  })
  expect(await page.text(action('primary'))).toBe('Ask an admin')
  expect(await page.text(widget('banner'))).not.toContain('$')
  await page.click(action('primary'))
  expect(await page.event('request')).toMatchObject({ triggerId: 'projects-80' })
  // Copied, or shown to be copied by hand, as the browser allows.
  await soon(() => page.text(widget('banner'))).toMatch(/copied|copy/i)
  // Asked again, as after a load, it is the same request of this session.
  await page.again()
  await page.call(...kinds.banner.signal)
  await page.click(action('primary'))
  await soon(() => page.text(widget('banner'))).toMatch(/copied|copy/i)
  await page.settled()
  expect(await page.events('request')).toEqual([])
})

const guardrails = [
  ['health', { health: 49 }],
  ['flag', { support_escalation: true }],
] as const

test.for(guardrails)('shows nothing to an account in trouble: %s', async ([reason, traits], { visitor }) => {
  const page = await show(visitor, 'banner')
  await page.call('identify', { account: { id: 'acme', ...traits } })
  await page.gone(anyPrompt)
  expect(await page.reasons('projects-80')).toContain(reason)
})

test('waits with features and milestones, not with limits, until the account is thirty days old', async ({
  visitor,
}) => {
  const createdAt = new Date(Date.now() - 29 * DAY).toISOString()
  const page = await visitor.open({
    path: '/settings',
    script: `${calmly()}plimsoll('identify', { account: { id: 'acme', createdAt: '${createdAt}' } });`,
  })
  await page.call(...kinds.modal.signal)
  expect([await page.reasons('sso-discovery'), await page.reasons('first-100')]).toEqual([['age'], ['age']])
  await page.call(...kinds.banner.signal)
  await page.shown(widget('banner'))
  await page.later(DAY)
  await page.again()
  await page.shown(widget('tooltip'))
})

test('reads from the right where the page does', async ({ visitor }) => {
  const page = await show(visitor, 'banner', {
    config: {
      ...only('banner', { copy: { title: 'تم استخدام {used} من {limit}', body: 'مساحة أكبر' } }),
      labels: { ar: { upgrade: 'الترقية الآن' } },
    },
    host: { lang: 'ar' },
    script: `document.documentElement.dir = 'rtl';${calmly()}`,
  })
  const [close, words] = await page.eval((selector) => {
    const left = (one: string) => (window as any).all(one)[0].getBoundingClientRect().left
    return [left(selector), left('[data-plimsoll-action="primary"]')]
  }, '[part~="dismiss"]')
  expect(close).toBeLessThan(words)
})

test('is announced politely, once, in the light', async ({ visitor }) => {
  // What was said is gone some seconds later, which may be before a busy driver asks.
  const page = await show(visitor, 'banner', {
    script: `${calmly()}window.said = []
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes)
          if (target.role === 'status') for (const { data } of addedNodes) said.push(data)
      }).observe(document, { childList: true, subtree: true })`,
  })
  await soon(() => page.eval(() => (window as any).said)).toEqual([expect.stringContaining('82 of 100 projects used')])
  expect(await page.count('[role=status]')).toBe(1)
})

test('holds the answer to a locked control back from nobody: a click displaces a banner, which returns', async ({
  visitor,
}) => {
  const page = await visitor.open({ config: exampleConfig(), script: calmly({ projects: { used: 82 } }) })
  await page.event('impression', 'projects-80')
  await page.eval(() => document.getElementById('sso')!.click())
  await page.shown(widget('tooltip'))
  expect(await page.count(anyPrompt)).toBe(1)
  await page.click(action('dismiss'))
  await page.shown(widget('banner'))
  expect((await page.events('impression')).length).toBe(1)
})
