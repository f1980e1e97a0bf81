/** Sections 2 and 6: what strangers say is text, and no link leads astray. */

import { expect } from 'vitest'
import { ana, calm, exampleConfig, startHost } from '../../e2e/host.ts'
import { hostScript, markup as pageOf, stub, tag } from '../../e2e/stored.ts'
import { action, calmly, only, show, soon, type Tab, test, widget } from '../visitor.ts'

const banner = widget('banner')
/** Nothing but ourselves is in the way of what is hostile. */
const csp = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'"
const limit = { type: 'limit_approaching', resource: 'projects' }
const pwned = (page: Tab) => page.eval(() => (window as any).pwned ?? null)

const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=2</script>'
/** What each stranger says, and what of it may be read: one line, up to 100 letters, nothing that reaches out of it. */
const strangers: readonly (readonly [what: string, said: string, shown: string])[] = [
  ['markup', markup, markup],
  ['overrides of direction', '\u202egnp.exe\u202c\u2067x\u2069\u2066', 'gnp.exex'],
  ['zalgo', `Z${'\u0351'.repeat(200)}algo`, `Z${'\u0351'.repeat(4)}algo`],
  ['controls', 'A\u0000n\u0008\u001b[31ma\r\nB', 'An[31ma B'],
  ['halves of letters', 'A\ud800na\udc00', 'A\ufffdna\ufffd'],
  ['a great length', 'x'.repeat(5000), `${'x'.repeat(99)}…`],
]
const greeting = exampleConfig({
  triggers: [{ id: 'hello', ...limit, copy: { title: '{user.name} in {account.name}' } }],
})
const who = (name: string) => ({
  user: { id: 'ana', role: 'admin', name },
  account: { id: 'acme', plan: 'starter', name },
})
/** The banner's text, without the marks that keep a name's direction to itself. */
const said = async (page: Tab) =>
  (await page.eval((one) => (window as any).all(one)[0]?.textContent ?? '', banner)).replaceAll(/[\u2068\u2069]/g, '')

test('shows names as bounded text, whatever is in them, and runs none', async ({ visitor }) => {
  const page = await visitor.open({ config: greeting, host: { csp } })
  for (const [what, name, shown] of strangers) {
    await page.call('identify', who(name))
    await page.call('usage', { projects: { used: 82 } })
    await page.call('preview', 'hello')
    await soon(() => said(page)).toContain(`${shown} in ${shown}`)
    expect([what, await page.count(`${banner} img, ${banner} script`)]).toEqual([what, 0])
  }
  expect(await pwned(page)).toBe(null)
})

test('shows what the context endpoint answers as text, and refuses one that leads to another origin', async ({
  visitor,
}) => {
  const context = (name: string) => ({ body: JSON.stringify({ ...who(name), usage: { projects: { used: 82 } } }) })
  const other = await startHost()
  const open = { 'access-control-allow-origin': '*' }
  other.options = { routes: { '/api/context': () => ({ ...context('Eve'), headers: open }) } }
  try {
    const page = await visitor.open({
      config: greeting,
      script: '',
      host: {
        csp,
        tag: 'data-config="/triggers.json" data-context="/api/context"',
        routes: { '/api/context': () => context(markup) },
      },
    })
    await soon(() => said(page)).toContain(`${markup} in ${markup}`)
    const away = () => ({ status: 302, headers: { location: `${other.origin}/api/context` }, body: '' })
    visitor.host.options = { ...visitor.host.options, routes: { '/api/context': away } }
    await page.again()
    expect((await page.event('error')).message).toContain('redirected to another origin')
    expect([await page.count(banner), await pwned(page)]).toEqual([0, null])
  } finally {
    await other.close()
  }
})

/** Ways to spell a link that runs script or names no host of its own. */
const disguises = [
  'javascript:window.pwned=1',
  'jAvAsCrIpT:window.pwned=1',
  ' javascript:window.pwned=1',
  '\u0000javascript:window.pwned=1',
  'java\tscript:window.pwned=1',
  'javascript\t:window.pwned=1',
  'javascript&colon;window.pwned=1',
  'javascript%3Awindow.pwned=1',
  'javascript://%0awindow.pwned=1',
  'data:text/html,<script>opener.pwned=1</script>',
  'vbscript:msgbox(1)',
  'blob:https://evil.example/1',
  '//evil.example/x',
  '/\\evil.example/x',
  '\\\\evil.example/x',
  '/\t/evil.example/x',
  'https:evil.example',
  'https://{user.host}/x',
  '{user.url}',
  'https://user:pass@evil.example/x',
  'https://127.0.0.1@evil.example/x',
]
/** Whole in form, so only the page can tell that they lead away from it. */
const away = ['https://evil.example/x', 'https://127.0.0.1.evil.example/x']
const linked = (href: string, i: number | string) => ({ id: `t${i}`, ...limit, cta: { primary: { href } } })

test('refuses a link in every disguise, each with its own trigger, and draws none that leads away', async ({
  visitor,
}) => {
  const triggers = [...disguises.map(linked), ...away.map((href, i) => linked(href, `away${i}`)), linked('/ok', 'good')]
  const page = await visitor.open({ config: exampleConfig({ triggers }), host: { csp } })
  const kept = ((await page.call('explain')) as { triggerId: string }[]).map(({ triggerId }) => triggerId)
  expect(kept).toEqual([...away.map((_, i) => `taway${i}`), 'tgood'])
  for (const [i, href] of away.entries()) {
    await page.call('preview', `taway${i}`)
    expect([href, await page.count('plimsoll-root a, a[part]')]).toEqual([href, 0])
  }
  await page.call('preview', 'tgood')
  await page.shown(`a${action('primary')}[href="${visitor.host.origin}/ok"]`)
  expect(await pwned(page)).toBe(null)
})

test('puts a trait into a link as one encoded value, and none where it would climb', async ({ visitor }) => {
  const page = await visitor.open({
    config: exampleConfig({ triggers: [linked('/go/{user.path}?to={user.path}#{user.path}', 'go')] }),
    host: { csp },
  })
  const href = async (path: string) => {
    await page.call('identify', { user: { id: 'ana', path } })
    await page.call('preview', 'tgo')
    return page.eval(() => (window as any).all('a[data-plimsoll-action]')[0]?.href.replace(location.origin, '') ?? null)
  }
  for (const [value, encoded] of [
    ['javascript:window.pwned=1', 'javascript%3Awindow.pwned%3D1'],
    ['//evil.example', '%2F%2Fevil.example'],
    ['../../admin', '..%2F..%2Fadmin'],
    ['x?admin=1&y#z', 'x%3Fadmin%3D1%26y%23z'],
    ['%2e%2e', '%252e%252e'],
  ] as const) {
    await soon(async () => [value, await href(value)]).toEqual([value, `/go/${encoded}?to=${encoded}#${encoded}`])
  }
  expect([await href('.'), await href('..')]).toEqual([null, null])
})

test('leads to another origin only where init names it, whole', async ({ visitor }) => {
  const init = (origin: string) =>
    `${calmly()}plimsoll('init', { config: '/triggers.json', linkOrigins: ['${origin}'] })`
  const config = exampleConfig({ triggers: [linked('https://pay.example/up', 'pay')] })
  const page = await visitor.open({
    config,
    script: init(`'+(localStorage.origin||'https://pay.exampl')+'`),
    host: { tag: '' },
  })
  await page.call('preview', 'tpay')
  await page.settled()
  expect(await page.count('a[data-plimsoll-action]')).toBe(0)
  await page.eval(() => localStorage.setItem('origin', 'https://pay.example'))
  await page.again()
  await page.call('preview', 'tpay')
  await page.shown(`a${action('primary')}[href="https://pay.example/up"]`)
})

test('follows no link that the page has edited between drawing and click', async ({ visitor }) => {
  const page = await show(visitor, 'banner')
  await page.eval((one) => {
    ;(window as any).all(one)[0].href = 'https://evil.example/'
  }, action('primary'))
  await page.click(action('primary'))
  await page.settled()
  expect([await page.eval(() => location.href), await page.events('click')]).toEqual([`${visitor.host.origin}/`, []])
})

test('keeps its place and its size under hostile values of the theme, and asks nobody for them', async ({
  visitor,
}) => {
  const page = await show(visitor, 'banner', { config: { ...only('banner') } })
  const box = () =>
    page.eval((one) => {
      const { left, top, width, height } = (window as any).all(one)[0].getBoundingClientRect()
      return [left, top, width, height].map(Math.round)
    }, banner)
  // It has come to rest by then.
  await page.event('impression')
  const before = await box()
  visitor.host.config = {
    ...only('banner'),
    theme: {
      accent: 'red; position: fixed; inset: 0',
      radius: '1px; width: 100vw',
      font: "x; background: url('/beacon')",
      surface: 'url(/beacon)',
      // Nothing to fear in the file, and no length: the banner would lose its edge.
      inset: 'wherever',
    },
  }
  await page.again()
  await page.later(31 * 60_000)
  await page.call('preview', 'projects-80')
  await page.shown(banner)
  await soon(box).toEqual(before)
  expect(visitor.host.requests).not.toContain('/beacon')
})

const init = `plimsoll('init', { config: location.origin + '/triggers.json' })`
const head = stub + hostScript + tag.replace(' data-config="/triggers.json"', '')
const lures = [
  [
    'elements of its own names',
    pageOf(
      '',
      `<form id="plimsoll"><input name="q"></form><form name="querySelector"></form><img name="scripts" alt="">${head}`,
    ),
  ],
  ['a base that leads away', pageOf(`${head}<base href="https://evil.example/">`)],
] as const

test.for(lures)('stands its ground in a page with %s', async ([, lure], { visitor }) => {
  const page = await visitor.open({
    config: only('banner'),
    script: calmly({ projects: { used: 82 } }) + init,
    host: { csp, routes: { '/': lure } },
  })
  await page.shown(`a${action('primary')}[href^="${visitor.host.origin}/billing"]`)
  expect(visitor.host.requests).toContain('/plimsoll/plimsoll-banner.js')
})

const frames = [
  ['of another site', ''],
  ['without an origin of its own', 'sandbox="allow-scripts"'],
] as const

test.for(frames)('harms no page from a frame %s', async ([, attributes], { visitor }) => {
  const framed = await startHost(only('banner'), {
    csp: "default-src 'none'; script-src *; style-src *; connect-src *",
    script: `window.failures = []
      addEventListener('error', ({ message }) => failures.push(message))
      addEventListener('unhandledrejection', ({ reason }) => failures.push(String(reason)))
      ${ana}plimsoll('usage', ${JSON.stringify({ ...calm, projects: { used: 82 } })})
      plimsoll('guard', 'invite', { seats: 1 }).then(({ allowed }) => parent.postMessage([allowed, failures], '*'))`,
  })
  try {
    // Another site by its name.
    const src = `${framed.origin.replace('127.0.0.1', 'localhost')}/`
    const page = await visitor.open({
      early: true,
      script: `addEventListener('message', ({ data }) => { window.told = data })`,
      host: {
        csp: "default-src 'none'; script-src 'self'; frame-src *",
        routes: { '/': pageOf('<script src="/host.js"></script>', `<iframe src="${src}" ${attributes}></iframe>`) },
      },
    })
    await soon(() => page.eval(() => (window as any).told ?? null)).toEqual([true, []])
  } finally {
    await framed.close()
  }
})

const sheets = [
  '* { display: none !important }',
  'plimsoll-root { display: none !important }',
  'plimsoll-root { opacity: 0 !important; visibility: hidden !important; transform: translateX(-9999px) !important }',
  'div { all: unset } html > * { position: absolute; z-index: -1 }',
  'body { transform: rotate(180deg) scale(0.1); overflow: hidden; height: 1px }',
  'main { position: fixed; inset: 0; z-index: 2147483647; background: white }',
]

test('is seen or counted for nothing under every sheet of the host', async ({ visitor }) => {
  // Each in a frame of its own, for a user of its own.
  const page = await visitor.open({
    config: only('banner'),
    early: true,
    path: '/outer',
    script: `const n = location.hash.slice(1)
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(${JSON.stringify(sheets)}[n] ?? '')
      document.adoptedStyleSheets = [sheet]
      ${calmly({ projects: { used: 82 } }).replace("id: 'ana'", "id: 'ana' + n")}`,
    host: {
      csp: "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'",
      routes: {
        '/outer': pageOf(
          '',
          [...sheets, ''].map((_, n) => `<iframe src="/#${n}" width="240" height="300"></iframe>`).join(''),
        ),
      },
    },
  })
  const looks = () =>
    page.eval(
      (selector) =>
        Array.from(frames, (frame: any) => {
          const { x, y, width, height } = frame.all?.(selector)[0]?.getBoundingClientRect() ?? { width: -1 }
          const hit = width > 0 && frame.document.elementFromPoint(x + width / 2, y + height / 2)
          return {
            drawn: width >= 0,
            seen: hit?.localName === 'plimsoll-root',
            counted: !!frame.seen?.some(({ type }: any) => type === 'impression'),
            harm: [...(frame.violations ?? []), ...(frame.failures ?? [])].length,
          }
        }),
      banner,
    )
  await soon(async () => (await looks()).every(({ drawn, seen, counted }) => drawn && counted >= seen)).toBe(true)
  // Longer than an impression takes.
  await page.eval(() => new Promise<void>((done) => setTimeout(done, 1500)))
  const found = await looks()
  expect(found.map(({ counted }) => counted)).toEqual(found.map(({ seen }) => seen))
  expect(found.at(-1)).toEqual({ drawn: true, seen: true, counted: true, harm: 0 })
  expect(found.filter(({ harm }) => harm)).toEqual([])
})
