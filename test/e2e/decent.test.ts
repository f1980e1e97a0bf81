/** Section 4: few prompts, one at a time, each at the right moment, and each easy to refuse. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  arrive,
  ask,
  block,
  call,
  calm,
  closeBrowser,
  event,
  events,
  everywhere,
  exampleConfig,
  type Host,
  holdBack,
  marksHeard,
  newVisitor,
  reasons,
  record,
  type Seen,
  settled,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

type Kind = 'banner' | 'tooltip' | 'panel' | 'modal' | 'toast'

/** What makes each kind of prompt show, on a page that was calm before. */
const signals: { readonly [kind in Kind]: readonly [method: string, argument: unknown] } = {
  banner: ['usage', { projects: { used: 82 } }],
  tooltip: ['page', '/settings'],
  panel: ['usage', { seats: { used: 9, limit: 10 } }],
  modal: ['usage', { projects: { used: 10 } }],
  toast: ['usage', { projects: { used: 10 } }],
}
const kinds = Object.keys(signals) as Kind[]

const triggers = [
  { id: 'projects-80', type: 'limit_approaching', resource: 'projects' },
  { id: 'sso-discovery', type: 'feature_discovery', feature: 'sso', near: { route: '/settings' } },
  { id: 'team-growth', type: 'team_growth' },
  { id: 'first-100', type: 'usage_milestone', metric: 'projects', milestones: [10, 100, 1000] },
]
const triggerOf = {
  banner: 'projects-80',
  tooltip: 'sso-discovery',
  panel: 'team-growth',
  modal: 'first-100',
  toast: 'first-100',
}

const script = (usage: object = calm, more = '') => `${record}${ana}plimsoll('usage', ${JSON.stringify(usage)});${more}`

/** Opens a page on which nothing shows yet. */
async function open(more: object = {}, body = everywhere, hostScript = script()): Promise<void> {
  host = await startHost(exampleConfig({ triggers, ...more }), { script: hostScript, body })
  await arrive(page, host)
}

/** Opens a page and has one kind of prompt shown there. */
async function openWith(kind: Kind, more: object = {}): Promise<void> {
  const mine = triggers.filter(({ id }) => id === triggerOf[kind])
  await open({ triggers: kind === 'toast' ? mine.map((one) => ({ ...one, surface: 'toast' })) : mine, ...more })
  await call(page, ...signals[kind])
  await widget(page, kind).waitFor()
}

const gone = (kind: string) => soon(() => widget(page, kind).count()).toBe(0)
const focus = () => page.evaluate(() => document.activeElement?.id)
const prompts = () => page.locator('[data-plimsoll-widget]').count()
/** The triggers on screen. */
const shown = () =>
  page
    .locator('[data-plimsoll-trigger]')
    .evaluateAll((found) => found.map((one) => one.getAttribute('data-plimsoll-trigger')))

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

describe('who wins', () => {
  /** Everything at once, said before the script has loaded, the least important first. */
  const all = {
    seats: { used: 9, limit: 10 },
    projects: { used: 85 },
  }

  /** A page on which all four triggers match, by calls that were queued before load. */
  async function openAll(more: object = {}): Promise<void> {
    await open(more)
    host.options = {
      ...host.options,
      script: `${record}plimsoll('usage', ${JSON.stringify({ seats: all.seats })});plimsoll('usage', ${JSON.stringify({ projects: all.projects })});${ana}`,
    }
    await arrive(page, host, '/settings')
  }

  /** What is on screen, once everything that would show has shown: `nothing` where nothing does or will. */
  const next = async (): Promise<string | undefined> => {
    const [[id], explained] = await Promise.all([shown(), page.evaluate(() => (window as any).plimsoll.explain())])
    return id ?? (explained.some(({ wouldShow }: { wouldShow: boolean }) => wouldShow) ? undefined : 'nothing')
  }

  /** Refuses what shows until nothing does, and says in which order it came. */
  async function order(): Promise<unknown[]> {
    const seen: unknown[] = []
    for (;;) {
      await settled(page)
      await soon(next).toBeTruthy()
      const id = await next()
      if (id === 'nothing') return seen
      seen.push(id)
      expect(await prompts()).toBe(1)
      await call(page, 'dismiss', id)
      await soon(shown).not.toContain(id)
    }
  }

  test('is one prompt for all that is said in one turn, and at most three a session', async () => {
    await openAll()
    expect(await order()).toEqual(['sso-discovery', 'projects-80', 'team-growth'])
    expect(await reasons(page, 'first-100')).toEqual(['cap_session'])
    const withheld = (await events(page, 'withheld')).map(({ triggerId, reason }) => `${triggerId} ${reason}`)
    expect(withheld.slice(0, 3)).toEqual(['projects-80 outranked', 'team-growth outranked', 'first-100 outranked'])
  })

  test('is the highest priority, then the type, whichever way the file has them', async () => {
    const [limit, feature, team, milestone] = triggers
    await openAll({
      triggers: [{ ...milestone, priority: 2 }, { ...team, priority: 1 }, limit, { ...feature, priority: -1 }],
    })
    expect(await order()).toEqual(['first-100', 'team-growth', 'projects-80'])
    expect(await reasons(page, 'sso-discovery')).toEqual(['cap_session'])
  })

  test('is the first in the file where priority and type are the same', async () => {
    const same = ['late', 'early', 'later'].map((id) => ({ id, type: 'limit_approaching', resource: 'projects' }))
    await openAll({ triggers: same, caps: { perSession: 2 } })
    expect(await order()).toEqual(['late', 'early'])
    expect(await reasons(page, 'later')).toEqual(['cap_session'])
  })

  test('leaves who lost eligible while figures say so, and no longer', async () => {
    await open()
    await page.evaluate((usage) => void (window as any).plimsoll.usage(usage), { ...all, projects: { used: 85 } })
    await widget(page, 'banner').waitFor()
    await call(page, 'usage', { seats: { used: 3, limit: 10 } })
    await call(page, 'dismiss', 'projects-80')
    await gone('banner')
    await soon(shown).toEqual(['first-100'])
    expect(await reasons(page, 'team-growth')).toEqual(['not_matched'])
  })

  test('leaves a feature eligible while the pointer stays on its control', async () => {
    await openWith('banner', { triggers: triggers.map((one) => ({ ...one, near: undefined })) })
    await marksHeard(page)
    await page.locator('#sso').hover()
    await soon(() => reasons(page, 'sso-discovery')).toEqual(['on_screen'])
    expect(await shown()).toEqual(['projects-80'])
    await page.locator('#work').hover()
    await soon(() => reasons(page, 'sso-discovery')).toEqual(['not_matched'])
    await page.locator('#sso').hover()
    await soon(() => reasons(page, 'sso-discovery')).toEqual(['on_screen'])
    await call(page, 'dismiss', 'projects-80')
    await soon(shown).toEqual(['sso-discovery'])
  })
})

describe('every gate runs again at the moment of showing', () => {
  /** Opens a calm page whose code for a kind of prompt does not come, though it be asked for ahead of need. */
  async function openHeld(kind: Kind): Promise<ReturnType<typeof holdBack>> {
    const mine = triggers.filter(({ id }) => id === triggerOf[kind])
    host = await startHost(exampleConfig({ triggers: mine }), { script: script(), body: everywhere })
    const code = holdBack(host, `plimsoll-${kind}.js`)
    await arrive(page, host)
    return code
  }

  test('figures that fell while the widget’s code was on its way show nothing', async () => {
    const code = await openHeld('banner')
    await call(page, 'usage', { projects: { used: 85 } })
    await code.asked()
    await call(page, 'usage', { projects: { used: 20 } })
    code.letGo()
    await settled(page)
    expect(await prompts()).toBe(0)
    expect(await events(page, 'impression')).toEqual([])
  })

  test('a route that was left meanwhile shows nothing', async () => {
    const code = await openHeld('tooltip')
    await page.evaluate(() => history.pushState(null, '', '/settings'))
    await settled(page)
    await code.asked()
    await page.evaluate(() => history.pushState(null, '', '/elsewhere'))
    await settled(page)
    code.letGo()
    await settled(page)
    expect(await prompts()).toBe(0)
    expect(await reasons(page, 'sso-discovery')).toEqual(['not_matched'])
  })

  test('a user who began to type meanwhile is not interrupted', async () => {
    const code = await openHeld('modal')
    await page.evaluate(() => {
      const host = window as any
      addEventListener('keydown', () => (host.keyAt = performance.now()), true)
      new MutationObserver(() => {
        const dialog = [...document.querySelectorAll('plimsoll-root')].some((root) =>
          root.shadowRoot?.querySelector('dialog'),
        )
        if (dialog) host.shownAt ??= performance.now()
      }).observe(document.documentElement, { childList: true, subtree: true })
    })
    await call(page, 'usage', { projects: { used: 10 } })
    await code.asked()
    await page.locator('#field').pressSequentially('abc')
    code.letGo()
    await widget(page, 'modal').waitFor()
    expect(await page.evaluate(() => (window as any).shownAt - (window as any).keyAt)).toBeGreaterThan(2990)
  })
})

describe('nothing interrupts', () => {
  test.each(['banner', 'tooltip', 'panel', 'toast'] as const)('takes no focus: %s', async (kind) => {
    const mine = triggers.filter(({ id }) => id === triggerOf[kind])
    await open({ triggers: kind === 'toast' ? mine.map((one) => ({ ...one, surface: 'toast' })) : mine })
    await page.locator('#field').focus()
    await call(page, ...signals[kind])
    await event(page, 'impression')
    expect(await focus()).toBe('field')
    expect(await page.evaluate(() => document.hasFocus())).toBe(true)
  })

  const dialogs = {
    'a modal <dialog>': '<dialog id="host" aria-label="Host"><button id="close">Close</button></dialog>',
    'a visible aria-modal':
      '<div id="host" role="dialog" aria-modal="true" aria-label="Host" hidden><button id="close">Close</button></div>',
    'full screen': '<div id="host"><button id="close">Close</button></div>',
  }
  const opening = `
    addEventListener('click', async ({ target }) => {
      const dialog = document.getElementById('host')
      if (target.id === 'work') {
        if (dialog.showModal) dialog.showModal()
        else if (dialog.hidden) { dialog.hidden = false; document.getElementById('close').focus() }
        else await dialog.requestFullscreen()
      } else if (target.id === 'close') {
        if (dialog.close) dialog.close()
        else if (dialog.getAttribute('role')) dialog.hidden = true
        else await document.exitFullscreen()
      }
    })`

  describe.each(Object.entries(dialogs))('while %s of the host is open', (_, markup) => {
    const openHost = (more: object = {}) => open(more, everywhere + markup, script(calm, opening))
    const enter = async () => {
      await page.locator('#work').click()
      await page.locator('#close').waitFor()
      await soon(() => reasons(page, 'projects-80')).toContain('dialog')
    }

    test.each(['banner', 'panel', 'modal'] as const)('a %s waits, and comes after', async (kind) => {
      await openHost({
        triggers: triggers
          .filter(({ id }) => id === triggerOf[kind])
          .concat(kind === 'banner' ? [] : triggers.slice(0, 1)),
      })
      await enter()
      await call(page, ...signals[kind])
      expect(await reasons(page, triggerOf[kind])).toEqual(['dialog'])
      expect(await prompts()).toBe(0)
      await page.locator('#close').click()
      await widget(page, kind).waitFor()
    })

    test.each(['banner', 'panel'] as const)(
      'a %s on screen hides, and comes back without counting twice',
      async (kind) => {
        await openHost({ triggers: triggers.filter(({ id }) => id === triggerOf[kind] || id === 'projects-80') })
        await call(page, ...signals[kind])
        await event(page, 'impression', triggerOf[kind])
        await enter()
        await gone(kind)
        expect(await page.evaluate(() => (window as any).plimsoll.$decision.get().prompt)).toBe(null)
        await page.locator('#close').click()
        await widget(page, kind).waitFor()
        await page.waitForTimeout(1200)
        expect((await events(page, 'impression')).length).toBe(1)
        expect(await events(page, 'dismiss')).toEqual([])
      },
    )
  })

  test('leaves alone a dialog that is in the page but hidden', async () => {
    await open({}, `${everywhere}<div role="dialog" aria-modal="true" style="display:none">Hidden</div>`, script(calm))
    await page.evaluate(() => document.querySelector<HTMLElement>('[aria-modal]')!.style.setProperty('display', 'none'))
    await call(page, 'usage', { projects: { used: 85 } })
    await widget(page, 'banner').waitFor()
  })

  test('answers a click on a locked control inside the host’s modal dialog, where it can be reached', async () => {
    const markup = `<dialog id="host" aria-label="Share"><button id="locked" data-plimsoll-feature="sso" aria-disabled="true">SSO</button><button id="close">Close</button></dialog>`
    await open({}, `<button id="work">Share</button>${markup}`, script(calm, opening))
    await marksHeard(page)
    await page.locator('#work').click()
    await page.locator('#locked').click({ force: true })
    await widget(page, 'tooltip').waitFor()
    await page.keyboard.press('Escape')
    await gone('tooltip')
    expect(await page.locator('#host').isVisible()).toBe(true)
    await page.locator('#locked').click({ force: true })
    await action(page, 'dismiss').first().click({ timeout: 5000 })
    await gone('tooltip')
    expect(await page.locator('#host').isVisible()).toBe(true)
  })

  test('gives the focus back after the modal to where the user was', async () => {
    await open()
    await page.locator('#work').focus()
    await call(page, ...signals.modal)
    await widget(page, 'modal').waitFor()
    expect(await focus()).not.toBe('work')
    await action(page, 'dismiss').first().click()
    await gone('modal')
    expect(await focus()).toBe('work')
  })

  test('keeps the banner off the element that has the focus', async () => {
    const fields = Array.from({ length: 30 }, (_, i) => `<p><input id="f${i}" aria-label="${i}"></p>`).join('')
    await open({}, fields)
    await page.locator('#f0').focus()
    await call(page, 'usage', { projects: { used: 85 } })
    await widget(page, 'banner').waitFor()
    const clear = async (id: string) => {
      const [a, b] = await Promise.all([page.locator(`#${id}`).boundingBox(), widget(page, 'banner').boundingBox()])
      return !!a && !!b && (a.y + a.height <= b.y || b.y + b.height <= a.y)
    }
    await soon(() => clear('f0')).toBe(true)
    // The one at the screen's foot comes under the banner that gave way; a browser may scroll it into view first.
    const last = await page.evaluate(() => {
      const [found] = [...document.querySelectorAll('input')]
        .filter((field) => field.getBoundingClientRect().bottom <= innerHeight)
        .slice(-1)
      return (found as HTMLElement).id
    })
    await page.locator(`#${last}`).focus()
    await soon(() => clear(last)).toBe(true)
  })

  describe('moves nothing that the host drew, over it or in an empty slot', () => {
    const observe = `
      window.shifts = []
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries())
          shifts.push({ value, moved: sources.map(({ node }) => node?.nodeName + '#' + (node?.id ?? '')) })
      }).observe({ type: 'layout-shift', buffered: true })`
    const below = '<h2 id="below">Below</h2><p>Text of the host’s own.</p>'
    const places = {
      'a banner at the page’s top': ['banner', {}, `<h1>Top</h1>${below}`],
      'a banner in an empty slot': ['banner', { slot: 'top' }, `<div data-plimsoll-slot="top"></div>${below}`],
      'a tooltip beside its control': ['tooltip', {}, `${everywhere}${below}`],
      'a tooltip in an empty slot': ['tooltip', {}, `<div data-plimsoll-slot="sso"></div>${below}`],
      'a panel in an empty slot': ['panel', {}, `<div data-plimsoll-slot="team"></div>${below}`],
      'a toast': ['toast', { surface: 'toast' }, `<h1>Top</h1>${below}`],
    } as const

    test.each(Object.entries(places))('%s', async (_, [kind, more, body]) => {
      const mine = triggers.filter(({ id }) => id === triggerOf[kind]).map((one) => ({ ...one, ...more }))
      await open({ triggers: mine }, body, script(calm, observe))
      const before = await page.locator('#below').boundingBox()
      await call(page, ...signals[kind])
      await event(page, 'impression')
      expect(await page.locator('#below').boundingBox()).toEqual(before)
      await call(page, 'dismiss')
      await gone(kind)
      expect(
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done((window as any).shifts)))),
        ),
      ).toEqual([])
    })
  })
})

describe('every prompt but a block can be refused', () => {
  const refused = async (kind: Kind, by: string) => {
    await gone(kind)
    const heard = (await events(page)).filter(({ type }) => type === 'impression' || type === 'dismiss')
    expect(heard).toMatchObject([
      { type: 'impression', triggerId: triggerOf[kind] },
      { type: 'dismiss', triggerId: triggerOf[kind], by },
    ])
  }

  test.each(kinds)('by pointer, from the first frame: %s', async (kind) => {
    await openWith(kind)
    await action(page, 'dismiss').first().click()
    await refused(kind, 'close')
  })

  test.each(kinds)('by keyboard, which reaches × and finds it named: %s', async (kind) => {
    await openWith(kind)
    const close = widget(page, kind).getByRole('button', { name: 'Dismiss' }).first()
    await page.locator('#sso').focus()
    for (let i = 0; i < 12 && !(await close.evaluate((one) => one.matches(':focus'))); i++)
      await page.keyboard.press('Tab')
    expect(await close.evaluate((one) => one.matches(':focus'))).toBe(true)
    await page.keyboard.press('Enter')
    await gone(kind)
    expect((await events(page, 'dismiss')).length).toBe(1)
  })

  test.each(kinds)('for good, by “Stop showing these”, quietly, and remembered: %s', async (kind) => {
    await openWith(kind)
    await widget(page, kind).getByRole('button', { name: 'Stop showing these' }).click()
    await gone(kind)
    await settled(page)
    expect(await reasons(page, triggerOf[kind])).toContain('opted_out')
    await arrive(page, host, kind === 'tooltip' ? '/settings' : '/')
    expect(await reasons(page, triggerOf[kind])).toContain('opted_out')
    await call(page, 'optIn')
    expect(await reasons(page, triggerOf[kind])).not.toContain('opted_out')
  })

  test('“Stop showing these” ends one type and no other', async () => {
    await openWith('banner', { triggers: triggers.slice(0, 3) })
    await action(page, 'stop').click()
    await gone('banner')
    await call(page, ...signals.panel)
    await widget(page, 'panel').waitFor()
  })
})

describe('Esc', () => {
  /** The host hears every Escape, and says whether somebody has answered it. */
  const listening = `window.escapes = []; addEventListener('keydown', (e) => { if (e.key === 'Escape') setTimeout(() => escapes.push(e.defaultPrevented)) })`
  const escapes = () => page.evaluate(() => (window as any).escapes)
  const press = async () => {
    const before = (await escapes()).length
    await page.keyboard.press('Escape')
    await soon(async () => (await escapes()).length).toBe(before + 1)
  }
  const openWithKeys = async (kind: Kind) => {
    const mine = triggers.filter(({ id }) => id === triggerOf[kind])
    await open(
      { triggers: kind === 'toast' ? mine.map((one) => ({ ...one, surface: 'toast' })) : mine },
      everywhere,
      script(calm, listening),
    )
    await call(page, ...signals[kind])
    await widget(page, kind).waitFor()
  }

  test('answers the modal always', async () => {
    await openWithKeys('modal')
    await press()
    await gone('modal')
    expect(await events(page, 'dismiss')).toMatchObject([{ by: 'escape' }])
  })

  test('answers a block always', async () => {
    await open({}, everywhere, script({ ...calm, seats: { used: 10, limit: 10 } }, listening))
    await call(page, 'dismiss')
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    await press()
    await soon(() => block(page).count()).toBe(0)
  })

  test('answers a tooltip while the pointer is on its control', async () => {
    await openWithKeys('tooltip')
    await page.locator('#sso').hover()
    await press()
    await gone('tooltip')
    expect(await escapes()).toEqual([true])
  })

  test('answers a tooltip while the pointer is on it', async () => {
    await openWithKeys('tooltip')
    await widget(page, 'tooltip').hover()
    await press()
    await gone('tooltip')
  })

  test('answers a tooltip while its control has the focus', async () => {
    await openWithKeys('tooltip')
    await page.locator('#sso').focus()
    await press()
    await gone('tooltip')
  })

  test('leaves a tooltip alone while pointer and focus are elsewhere', async () => {
    await openWithKeys('tooltip')
    await page.mouse.move(0, 0)
    await page.locator('#work').focus()
    await press()
    expect(await escapes()).toEqual([false])
    expect(await widget(page, 'tooltip').count()).toBe(1)
  })

  test.each(['banner', 'panel', 'toast'] as const)('answers a %s only with the focus inside', async (kind) => {
    await openWithKeys(kind)
    await page.locator('#work').focus()
    await widget(page, kind).hover()
    await press()
    expect(await widget(page, kind).count()).toBe(1)
    await action(page, 'dismiss').first().focus()
    await press()
    await gone(kind)
    expect(await escapes()).toEqual([false, true])
    expect(await events(page, 'dismiss')).toMatchObject([{ by: 'escape' }])
  })

  test.each(kinds)('is left alone once the host has handled it: %s', async (kind) => {
    await openWithKeys(kind)
    await page.evaluate(() =>
      addEventListener('keydown', (event) => event.preventDefault(), { capture: true, once: true }),
    )
    if (kind === 'tooltip') await page.locator('#sso').focus()
    else if (kind !== 'modal') await action(page, 'dismiss').first().focus()
    await press()
    expect(await widget(page, kind).count()).toBe(1)
    await press()
    await gone(kind)
  })
})

describe('who cannot buy is not sold to', () => {
  const member = (role?: unknown) =>
    `${record}plimsoll('identify', { user: { id: 'kim'${role === undefined ? '' : `, role: ${JSON.stringify(role)}`} }, account: { id: 'acme', plan: 'starter' } });plimsoll('usage', { projects: { used: 82 } })`
  const primary = () => action(page, 'primary')

  test.each([
    ['a role that buys', 'owner', 'Upgrade now'],
    ['a role in another case', 'BILLING', 'Upgrade now'],
    ['one of several roles', ['member', 'Admin'], 'Upgrade now'],
    ['no role known', undefined, 'Upgrade now'],
    ['a role that does not', 'member', 'Ask an admin'],
    ['several that do not', ['member', 'viewer'], 'Ask an admin'],
  ])('by %s', async (_, role, label) => {
    await open({}, '', member(role))
    await primary().waitFor()
    expect(await primary().innerText()).toBe(label)
    expect((await widget(page, 'banner').innerText()).includes('$')).toBe(label === 'Upgrade now')
  })

  test('takes the file’s own word for who can', async () => {
    await open({ buyers: { 'user.role': 'member' } }, '', member('member'))
    await primary().waitFor()
    expect(await primary().innerText()).toBe('Upgrade now')
  })

  test('copies a message and says so; the request is told once a session, and closing after it refuses nothing', async () => {
    await visitor.grantPermissions(['clipboard-read', 'clipboard-write'])
    await open({}, '', member('member'))
    await primary().click()
    await soon(() => widget(page, 'banner').innerText()).toContain('Message copied')
    const message = await page.evaluate(() => navigator.clipboard.readText())
    expect(message).toContain(`${host.origin}/billing/upgrade?plan=pro&from=projects-80`)
    await event(page, 'request', 'projects-80')
    await action(page, 'dismiss').first().click()
    await gone('banner')
    expect((await events(page, 'request')).length).toBe(1)
    expect(await events(page, 'dismiss')).toEqual([])
  })

  test('leads to the file’s own request page, and tells of the request', async () => {
    await open({ links: { upgrade: '/up', request: '/ask?for={trigger.id}' } }, '', member('member'))
    expect(await primary().getAttribute('href')).toBe(`${host.origin}/ask?for=projects-80`)
    await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()))
    await primary().click()
    await event(page, 'request', 'projects-80')
  })
})

describe('guardrails', () => {
  const withAccount = (account: string) =>
    `${record}plimsoll('identify', { user: { id: 'ana' }, account: { id: 'acme', plan: 'starter', ${account} } });plimsoll('usage', ${JSON.stringify(calm)})`
  const daysAgo = (days: number) => `createdAt: new Date(Date.now() - ${days} * 864e5).toISOString()`

  test.each([
    ['health under 50', 'health: 49', 'health'],
    ['support_escalation', 'support_escalation: true', 'flag'],
  ])('nothing but a block shows with %s', async (_, account, reason) => {
    await open({}, everywhere, withAccount(account))
    for (const kind of kinds.slice(0, 4)) {
      await call(page, ...signals[kind])
      expect(await reasons(page, triggerOf[kind])).toContain(reason)
    }
    expect(await prompts()).toBe(0)
    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
  })

  test.each([
    ['health of 50', 'health: 50'],
    ['health that is not known', 'health: null'],
    ['a flag that is false', 'support_escalation: false'],
    ['an account of 30 days', daysAgo(30)],
  ])('everything shows with %s', async (_, account) => {
    await open({}, everywhere, withAccount(account))
    await call(page, ...signals.modal)
    await widget(page, 'modal').waitFor()
  })

  test('features and milestones wait until the account is 30 days old, limits and seats do not', async () => {
    await open({}, everywhere, withAccount(daysAgo(29)))
    await call(page, ...signals.modal)
    await call(page, ...signals.tooltip)
    expect([await reasons(page, 'first-100'), await reasons(page, 'sso-discovery')]).toEqual([['age'], ['age']])
    await call(page, ...signals.banner)
    await widget(page, 'banner').waitFor()
  })

  test('what stands goes when the account falls under, uncounted by anybody’s refusal', async () => {
    await openWith('banner')
    await call(page, 'identify', { account: { id: 'acme', health: 10 } })
    await gone('banner')
    expect(await events(page, 'dismiss')).toEqual([])
  })

  test('bend to the file', async () => {
    await open(
      { guardrails: { minHealth: 20, flags: ['churning'], minAccountAge: '1d' } },
      everywhere,
      withAccount(`health: 21, support_escalation: true, ${daysAgo(2)}`),
    )
    await call(page, ...signals.modal)
    await widget(page, 'modal').waitFor()
    await call(page, 'identify', { account: { id: 'acme', churning: true } })
    await gone('modal')
  })
})

describe('what displaces a prompt', () => {
  test('is the answer to the user’s own click, after which it comes back, counted once', async () => {
    await openWith('banner', { triggers })
    await event(page, 'impression', 'projects-80')
    await page.locator('#sso').click({ force: true })
    await widget(page, 'tooltip').waitFor()
    expect(await shown()).toEqual(['sso-discovery'])
    await page.keyboard.press('Escape')
    await widget(page, 'banner').waitFor()
    expect(await shown()).toEqual(['projects-80'])
    expect(
      (await events(page))
        .filter(({ type }: Seen) => type === 'impression' || type === 'dismiss')
        .map(({ type, triggerId }) => [type, triggerId]),
    ).toEqual([['impression', 'projects-80']])
  })

  test('is a block, after which it comes back', async () => {
    await openWith('banner', { triggers })
    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 1 })
    await block(page).waitFor()
    expect(await shown()).toEqual(['team-growth'])
    await action(page, 'cancel').click()
    await widget(page, 'banner').waitFor()
    expect(await prompts()).toBe(1)
  })

  test('is nothing else: a higher priority waits', async () => {
    await openWith('banner', { triggers: triggers.slice(0, 3).map((one, i) => ({ ...one, priority: i })) })
    await call(page, ...signals.panel)
    await call(page, ...signals.tooltip)
    expect([await reasons(page, 'team-growth'), await reasons(page, 'sso-discovery')]).toEqual([
      ['on_screen'],
      ['on_screen'],
    ])
    expect(await shown()).toEqual(['projects-80'])
  })
})
