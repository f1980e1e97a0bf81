/** Whoever writes the copy, the traits and the links: text stays text, and links stay home. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  action,
  ana,
  arrive,
  ask,
  block,
  call,
  closeBrowser,
  event,
  exampleConfig,
  type Host,
  type HostOptions,
  mishaps,
  near,
  newVisitor,
  reasons,
  record,
  soon,
  startHost,
  widget,
} from './host.ts'

let host: Host
let visitor: BrowserContext
let page: Page

/** No policy at all: what a policy would stop must not be tried either. */
const open = async (config: object | string, options: HostOptions = {}): Promise<void> => {
  host = await startHost(config, {
    script: near,
    csp: "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'",
    ...options,
  })
  await arrive(page, host)
}

beforeEach(async () => {
  visitor = await newVisitor()
  page = await visitor.newPage()
})
afterEach(async () => {
  expect(await mishaps(page)).toEqual([])
  expect(await page.evaluate(() => (window as any).pwned)).toBe(undefined)
  await visitor.close()
  await host.close()
})
afterAll(closeBrowser)

const limit = { type: 'limit_approaching', resource: 'projects' }

describe('markup and script are shown as text', () => {
  // Under 100 characters: longer traits are cut.
  const evil = '<img src=x onerror="pwned=1"><script>pwned=2</script><svg/onload=pwned=3>&lt;i&gt;'

  /** What is drawn of ours: its text, without the marks that isolate a trait's direction, and elements made of copy. */
  const drawn = (kind: string): Promise<{ text: string; made: number }> =>
    widget(page, kind).evaluate((element) => ({
      text: (element.textContent ?? '').replace(/[\u2066-\u2069]/g, ''),
      made: [...element.querySelectorAll('*')].filter(
        (one) => /^(img|script)$/.test(one.localName) || one.getAttributeNames().some((name) => name.startsWith('on')),
      ).length,
    }))

  const everywhere = exampleConfig({
    product: evil,
    plans: [
      { id: 'starter', name: `Starter ${evil}`, limits: { projects: 100, seats: 10 } },
      {
        id: 'pro',
        name: `Pro ${evil}`,
        price: { amount: 99, currency: 'USD', per: 'month' },
        limits: { projects: 1000, seats: 50 },
        features: ['sso'],
      },
    ],
    resources: { projects: { one: evil, other: evil }, seats: { one: evil, other: evil } },
    features: { sso: { name: `SSO ${evil}`, benefit: `benefits ${evil}` } },
    triggers: [
      {
        ...limit,
        id: 'banner',
        copy: { title: `{user.name} ${evil}`, body: evil },
        cta: { primary: { label: evil } },
      },
      { id: 'tooltip', type: 'feature_discovery', feature: 'sso' },
      { id: 'panel', type: 'team_growth', copy: { title: `{user.name} ${evil}` } },
      {
        id: 'modal',
        type: 'usage_milestone',
        metric: 'projects',
        milestones: [10, 100, 1000],
        copy: { title: evil, body: '{account.name}' },
      },
      { id: 'toast', type: 'usage_milestone', metric: 'projects', milestones: [10, 100, 1000], surface: 'toast' },
    ],
  })
  const name = JSON.stringify(evil)
  const who = `${record}
    plimsoll('identify', { user: { id: ${name}, name: ${name}, role: 'admin' }, account: { id: ${name}, plan: 'starter', name: ${name} } })
    plimsoll('usage', { projects: { used: 82 } })
  `
  const body = '<p><button data-plimsoll-feature="sso">SSO</button></p><div data-plimsoll-slot="team"></div>'

  test('in the copy and traits of every kind of widget', async () => {
    await open(everywhere, { script: who, body })
    await event(page, 'impression', 'banner')
    expect(await drawn('banner')).toEqual({ text: expect.stringContaining(`${evil} ${evil}`), made: 0 })
    for (const kind of ['tooltip', 'panel', 'modal', 'toast']) {
      await call(page, 'preview', kind)
      await widget(page, kind).waitFor()
      expect([kind, await drawn(kind)]).toEqual([kind, { text: expect.stringContaining(evil), made: 0 }])
    }
    await call(page, 'close')
    await page.getByRole('button', { name: 'SSO' }).click()
    await widget(page, 'tooltip').waitFor()
    await action(page, 'primary').first().click()
    await widget(page, 'explainer').waitFor()
    expect(await drawn('explainer')).toEqual({ text: expect.stringContaining(evil), made: 0 })
    await page.keyboard.press('Escape')

    await call(page, 'usage', { seats: { used: 10, limit: 10 } })
    await ask(page, 'invite', { seats: 2 })
    await block(page).waitFor()
    expect(await drawn('panel')).toEqual({ text: expect.stringContaining(evil), made: 0 })
  })

  test('but a trait that mimics an element is no text: it withholds the trigger', async () => {
    const element = {
      type: 'img',
      props: { src: 'x', onerror: 'window.pwned=4' },
      key: null,
      __v: 1,
      constructor: null,
    }
    const script = near.replace("role: 'admin'", `role: 'admin', name: ${JSON.stringify(element)}`)
    await open(exampleConfig({ triggers: [{ ...limit, id: 'hello', copy: { title: 'Hello {user.name}' } }] }), {
      script,
    })
    expect(await reasons(page, 'hello')).toEqual(['copy'])
    expect(await widget(page, 'banner').count()).toBe(0)
    await call(page, 'identify', { user: { id: 'ana', name: 'Ana' } })
    await soon(() => widget(page, 'banner').allInnerTexts()).toEqual([expect.stringMatching(/Hello .?Ana/)])
  })
})

describe('links', () => {
  /** Ways to spell a link that runs script or leads away; `content/links.test.ts` knows more. */
  const script = [
    'javascript:window.pwned=1',
    'jAvAsCrIpT:window.pwned=1',
    ' javascript:window.pwned=1',
    '\u0000javascript:window.pwned=1',
    '\u001fjavascript:window.pwned=1',
    '\u00a0javascript:window.pwned=1',
    '\u200bjavascript:window.pwned=1',
    '\ufeffjavascript:window.pwned=1',
    'java\tscript:window.pwned=1',
    'java\r\nscript:window.pwned=1',
    'javascript\t:window.pwned=1',
    'javascript&colon;window.pwned=1',
    '&#106;avascript:window.pwned=1',
    'javascript%3Awindow.pwned=1',
    'javascript://%0awindow.pwned=1',
    'javascript:/*{plan.id}*/window.pwned=1',
    'data:text/html,<script>opener.pwned=1</script>',
    'vbscript:msgbox(1)',
    'blob:https://evil.example/1',
    'view-source:javascript:1',
    'jar:https://evil.example!/x',
    'file:///etc/passwd',
    '//evil.example/x',
    '/\\evil.example/x',
    '\\\\evil.example/x',
    '/\t/evil.example/x',
    'https:evil.example',
    'https://{user.host}/x',
    '{user.url}',
    'tel:+1',
  ]
  /** Whole in form, so only the page can tell that they lead away from it. */
  const away = [
    'https://evil.example/x',
    'https://user:pass@evil.example/x',
    'https://127.0.0.1@evil.example/x',
    'https://127.0.0.1.evil.example/x',
  ]

  /** Links of ours on the page that lead elsewhere than to this origin, as the browser reads them. */
  const astray = (): Promise<string[]> =>
    page
      .locator('plimsoll-root a, plimsoll-root [href], plimsoll-root form')
      .evaluateAll((all) =>
        all.map((one) => (one as HTMLAnchorElement).href).filter((href) => !href.startsWith(`${location.origin}/`)),
      )

  const linked = (href: string, i: number | string) => ({ ...limit, id: `t${i}`, cta: { primary: { href } } })

  test('that run script or name no host are faults in every disguise, each of its trigger alone', async () => {
    await open(exampleConfig({ triggers: [...script.map(linked), linked('/ok', 'good')] }))
    await event(page, 'impression', 'tgood')
    const kept = ((await call(page, 'explain')) as { triggerId: string }[]).map(({ triggerId }) => triggerId)
    expect(kept.map((id) => script[Number(id.slice(1))] ?? id)).toEqual(['tgood'])
    expect(await action(page, 'primary').getAttribute('href')).toBe(`${host.origin}/ok`)
  })

  test('to another origin are drawn nowhere', async () => {
    await open(exampleConfig({ triggers: away.map(linked) }))
    for (const i of away.keys()) {
      await call(page, 'preview', `t${i}`)
      expect([away[i], await astray()]).toEqual([away[i], []])
    }
    expect(await page.locator('plimsoll-root a').count()).toBe(0)
  })

  test('of the file’s own places are refused as well: upgrade, seats, compare, request, contact', async () => {
    const links = {
      upgrade: 'javascript:window.pwned=1',
      seats: ' javascript:window.pwned=1',
      compare: 'data:text/html,x',
      request: '//evil.example',
      contact: 'vbscript:x',
    }
    await open(exampleConfig({ links }))
    const { errors } = (await event(page, 'error')) as unknown as { errors: { path: string }[] }
    expect(
      errors
        .map(({ path }) => path)
        .filter((path) => path.startsWith('links'))
        .sort(),
    ).toEqual(['compare', 'contact', 'request', 'seats', 'upgrade'].map((key) => `links.${key}`))
    expect(await astray()).toEqual([])
  })

  test('take a trait as one encoded value, whatever it holds, and none where it would climb', async () => {
    const triggers = [linked('/go/{user.path}?to={user.path}#{user.path}', 'go')]
    await open(exampleConfig({ triggers }), { script: `${record}${ana}` })
    await call(page, 'usage', { projects: { used: 82 } })
    const shown = async (path: string): Promise<string | undefined> => {
      await call(page, 'identify', { user: { id: 'ana', path } })
      await call(page, 'preview', 'tgo')
      const [href] = await page.locator('plimsoll-root a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))
      return href?.replace(host.origin, '')
    }
    // The first waits for code.
    await shown('any')
    await page.locator('[data-plimsoll-widget]').waitFor()
    for (const [value, encoded] of [
      ['javascript:window.pwned=1', 'javascript%3Awindow.pwned%3D1'],
      ['//evil.example', '%2F%2Fevil.example'],
      ['../../admin', '..%2F..%2Fadmin'],
      ['\\\\evil.example', '%5C%5Cevil.example'],
      ['x?admin=1&y#z', 'x%3Fadmin%3D1%26y%23z'],
      ['"><img src=x onerror=window.pwned=1>', '%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.pwned%3D1%3E'],
      ['a\u0000\r\nb', 'a%00%0D%0Ab'],
      ['%2e%2e', '%252e%252e'],
    ] as const) {
      expect([value, await shown(value)]).toEqual([value, `/go/${encoded}?to=${encoded}#${encoded}`])
    }
    expect([await shown('.'), await shown('..')]).toEqual([undefined, undefined])
  })

  test('lead to another origin only where init names it, whole', async () => {
    const config = exampleConfig({ triggers: [linked('https://pay.example/up', 'pay')] })
    const byHand = (linkOrigins: unknown) =>
      `${near}plimsoll('init', { config: '/triggers.json', linkOrigins: ${JSON.stringify(linkOrigins)} })`
    host = await startHost(config, { tag: '' })
    const drawn = async (linkOrigins: unknown): Promise<string[]> => {
      host.options = { ...host.options, script: byHand(linkOrigins) }
      await arrive(page, host)
      await call(page, 'preview', 'tpay')
      return astray()
    }
    for (const wrong of [
      ['https://pay.example.evil', 'https://pay.exampl'],
      ['http://pay.example'],
      'https://pay.example.com',
      5,
    ])
      expect([wrong, await drawn(wrong)]).toEqual([wrong, []])
    expect(await drawn(['https://pay.example'])).toEqual(['https://pay.example/up'])
  })
})
