/** Section 1 and 6: the script tag in every shape, the checked one, the npm form, and files that do not come. */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect } from 'vitest'
import { built, type HostOptions, startHost, strictCsp } from '../../e2e/host.ts'
import { hostScript, markup, missing, stub, tag } from '../../e2e/stored.ts'
import { action, block, calmly, engine, only, soon, type Tab, test, widget } from '../visitor.ts'

const banner = widget('banner')
const near = { config: only('banner'), script: calmly({ projects: { used: 82 } }) }
const at = (head: string, body = ''): HostOptions => ({ routes: { '/': markup(head, body) } })
const errors = async (page: Tab) => (await page.events('error')).map(({ message }) => `${message}`)

const shapes = [
  ['async in the head', stub + hostScript + tag, ''],
  ['deferred', stub + hostScript + tag.replace('async', 'defer'), ''],
  ['blocking in the head', stub + hostScript + tag.replace('async', ''), ''],
  ['blocking at the end of the body', stub + hostScript, tag.replace('async', '')],
  ['as a module', stub + hostScript + tag.replace('async', 'type="module"'), ''],
] as const

test.for(shapes)('starts %s', async ([, head, body], { visitor }) => {
  const page = await visitor.open({ ...near, host: at(head, body) })
  await page.shown(banner)
  expect(await errors(page)).toEqual([])
})

test('starts without the stub, and late, for a page that adds the script after its load', async ({ visitor }) => {
  const script = `addEventListener('load', () => {
      const script = document.createElement('script')
      Object.assign(script.dataset, { plimsoll: '', config: '/triggers.json' })
      script.src = '/plimsoll/plimsoll.js'
      document.head.append(script)
    })
    addEventListener('plimsoll:ready', () => { ${near.script} })`
  // A host that sets script.src enforces no Trusted Types.
  const csp = strictCsp.replace(/;[^;]*trusted-types.*/, '')
  const page = await visitor.open({ ...near, script, host: { ...at(hostScript), csp } })
  await page.shown(banner)
})

test('is one engine, whose snippet stands twice and whose script is loaded twice: it says so once', async ({
  visitor,
}) => {
  const again = stub + tag.replace('/plimsoll.js', '/plimsoll.js?again')
  const script = `window.warned = []; console.warn = (...words) => warned.push(words.join(' '));${near.script}`
  const page = await visitor.open({ ...near, script, host: at(stub + hostScript + tag, again) })
  await page.event('impression')
  await soon(() => page.eval(() => (window as any).warned)).toEqual(['Plimsoll is loaded twice: the first one stays.'])
  const types = (await page.events()).map(({ type }) => type)
  expect([await page.count(banner), types]).toEqual([1, ['ready', 'impression']])
})

test('hears of a breach of the policy where there is one, so that none heard means none', async ({ visitor }) => {
  const page = await visitor.open(near)
  await page.eval(
    () => void document.body.insertAdjacentElement('beforeend', Object.assign(new Image(), { src: '/x.png' })),
  )
  const breaches = () => page.eval(() => (window as any).violations.filter((one: string) => !/favicon/.test(one)))
  await soon(breaches).toEqual([expect.stringMatching(/^img-src .*x\.png$/)])
  await page.eval(() => {
    ;(window as any).violations = []
  })
})

const dist = process.env.PLIMSOLL_DIST ?? fileURLToPath(new URL('../../../packages/widgets/dist', import.meta.url))
const hashes: { readonly [file: string]: string } = JSON.parse(readFileSync(`${dist}/integrity.json`, 'utf8'))
const checkedTag = `<script async data-plimsoll data-config="/triggers.json" src="/plimsoll/plimsoll-checked.js" integrity="${hashes['plimsoll-checked.js']}"></script>`
const checked = stub + hostScript + checkedTag
const tampered = (file: string) => () => ({
  type: 'text/javascript',
  body: `window.pwned = '${file}';${built.get(file)}`,
})
const unavailable = { allowed: true, reason: 'unavailable' }
const pwned = (page: Tab) => page.eval(() => (window as any).pwned ?? null)

test('checks every chunk of the checked script, and runs none where the engine cannot', async ({ visitor }) => {
  // What the page is asked to check, and against what.
  const script = `window.asked = {}
    const see = ({ href, integrity }) => { if (href) asked[new URL(href).pathname] = integrity }
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) => addedNodes.forEach(see)))
      .observe(document, { childList: true, subtree: true });${near.script}`
  const page = await visitor.open({ script, host: at(checked), early: true })
  const fetched = () => visitor.host.requests.filter((path) => /plimsoll-(?!stub|checked)/.test(path))
  if (engine === 'WebKitGTK') {
    await soon(() => errors(page)).toEqual([expect.stringContaining('This browser checks no hash of a module')])
    expect(await page.eval(() => (window as any).plimsoll.guard('invite', { seats: 2 }))).toEqual(unavailable)
    expect(fetched()).toEqual([])
  } else {
    await page.shown(banner)
    // And one whose code comes in several files.
    await page.call('preview', 'first-100')
    await page.shown(widget('modal'))
    // What is wanted behind them is checked too.
    await soon(() => page.count('link')).toBe(0)
    const files = fetched()
    const asked = await page.eval(() => (window as any).asked)
    expect(files).toContain('/plimsoll/plimsoll-showDialog.js')
    expect(files.map((path) => [path, asked[path]])).toEqual(
      files.map((path) => [path, hashes[path.replace('/plimsoll/', '')]]),
    )
    expect(await errors(page)).toEqual([])
  }
})

test.for([
  ['validator', 'nothing shows'],
  ['banner', 'could not be drawn'],
])(
  'runs no other file in the place of the %s, and is well again on the next load',
  async ([name, words], { visitor }) => {
    const file = `plimsoll-${name}.js`
    const page = await visitor.open({
      ...near,
      host: { routes: { '/': markup(checked), [`/plimsoll/${file}`]: tampered(file) } },
      early: true,
    })
    await soon(() => errors(page)).toEqual([
      expect.stringContaining(engine === 'WebKitGTK' ? 'nothing shows' : `${words}`),
    ])
    expect([await pwned(page), await page.count(banner)]).toEqual([null, 0])
    if (engine === 'WebKitGTK') return
    visitor.host.options = { ...visitor.host.options, routes: { '/': markup(checked) } }
    await page.again()
    await page.shown(banner)
  },
)

test('runs no other file in the place of the checked script itself', async ({ visitor }) => {
  const page = await visitor.open({
    ...near,
    script: `addEventListener('error', ({ target }) => { window.refused = target.src }, true);${near.script}`,
    host: { routes: { '/': markup(checked), '/plimsoll/plimsoll-checked.js': tampered('plimsoll-checked.js') } },
    early: true,
  })
  await soon(() => page.eval(() => (window as any).refused)).toMatch(/plimsoll-checked\.js$/)
  expect([await pwned(page), await page.events()]).toEqual([null, []])
  await page.eval(() => {
    // Told of above: the failure of a script is no error that escaped.
    ;(window as any).failures = []
  })
})

test('neither shows nor counts a prompt whose code is missing, as after a deploy, and does on a later load', async ({
  visitor,
}) => {
  const page = await visitor.open({ ...near, host: { routes: { '/plimsoll/plimsoll-banner.js': missing } } })
  await soon(() => errors(page)).toEqual([expect.stringContaining('could not be drawn')])
  expect(await page.events('impression')).toEqual([])
  visitor.host.options = { ...visitor.host.options, routes: {} }
  await page.again()
  await page.shown(banner)
})

/** What may come instead of the file. */
const bad = [
  ['is missing', missing],
  ['is a page of HTML', () => ({ type: 'text/html', body: '<!doctype html><title>Sign in</title>' })],
  ['is cut short', () => ({ body: JSON.stringify(near.config).slice(0, 500) })],
] as const

test('keeps the last good file in force, and tells once, where the file is missing, HTML or cut short', async ({
  visitor,
}) => {
  const page = await visitor.open({ ...near, script: calmly() })
  await soon(() => page.reasons('projects-80')).toEqual(['not_matched'])
  for (const [how, answer] of bad) {
    visitor.host.options = { ...visitor.host.options, routes: { '/triggers.json': answer } }
    await page.again()
    await soon(async () => [how, (await errors(page)).length]).toEqual([how, 1])
    expect([how, await page.reasons('projects-80')]).toEqual([how, ['not_matched']])
  }
  await page.call('usage', { projects: { used: 82 } })
  await page.shown(banner)
})

test('takes no file from another origin, named on the tag or redirected to', async ({ visitor }) => {
  const other = await startHost(only('banner'))
  const open = { 'access-control-allow-origin': '*' }
  other.options = { routes: { '/triggers.json': () => ({ headers: open, body: JSON.stringify(only('banner')) }) } }
  const away = `${other.origin}/triggers.json`
  const script = `window.warned = []; console.warn = (...words) => warned.push(words.join(' '));${near.script}`
  try {
    const page = await visitor.open({
      ...near,
      script,
      early: true,
      host: { csp: strictCsp.replace("connect-src 'self'", 'connect-src *'), tag: `data-config="${away}"` },
    })
    await soon(() => page.eval(() => (window as any).warned)).toEqual([expect.stringContaining('is of another origin')])
    expect(other.requests).toEqual([])
    visitor.host.options = {
      ...visitor.host.options,
      tag: 'data-config="/triggers.json"',
      routes: { '/triggers.json': () => ({ status: 302, headers: { location: away }, body: '' }) },
    }
    await page.reload()
    await soon(() => errors(page)).toEqual([expect.stringContaining('redirected to another origin')])
    expect(await page.count(banner)).toBe(0)
  } finally {
    await other.close()
  }
})

/** What a host's own bundler makes of the two packages: an entry, and what it loads later. */
let bundle: HostOptions['routes'] = {}

beforeAll(async () => {
  const entry = 'virtual:host'
  const code = `import { createPlimsoll } from '@plimsoll/sdk'
    import { widgets } from '@plimsoll/widgets'
    const made = () => createPlimsoll({ config: '/triggers.json', render: widgets() })
    window.plimsoll = made()
    window.made = made`
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'host',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        output: { entryFileNames: 'host-app.js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
      },
    },
  })) as Rolldown.RolldownOutput
  bundle = Object.fromEntries(
    output.flatMap((one) =>
      one.type === 'chunk' ? [[`/${one.fileName}`, () => ({ type: 'text/javascript', body: one.code })]] : [],
    ),
  )
})

test('comes by npm too: the same prompts, blocks and memory under the same policy', async ({ visitor }) => {
  const ready = `addEventListener('plimsoll:ready', () => { ${calmly({ projects: { used: 82 } }).replaceAll(/plimsoll\('(\w+)', /g, 'plimsoll.$1(')} })`
  const page = await visitor.open({
    config: only('banner', { frequency: null, suppress: { dismissals: 1, quiet: '30d' } }),
    script: ready,
    host: { routes: { ...bundle, '/': markup(`${hostScript}<script type="module" src="/host-app.js"></script>`) } },
  })
  await page.shown(banner)
  await page.event('impression')
  await page.click(action('dismiss'))
  await page.gone(banner)
  await page.ask('use', { resource: 'projects', amount: 50 })
  await page.shown(block)
  await page.press('Escape')
  expect(await page.answer()).toMatchObject({ allowed: false, reason: 'usage_limit' })
  await page.again()
  await soon(() => page.reasons('projects-80')).toEqual(['quiet'])
  // Ended, and made anew: two instances on one page do not know each other, and the memory is one.
  await page.eval(async () => {
    const host = window as any
    await host.plimsoll.destroy()
    host.plimsoll = host.made()
  })
  await page.call('identify', { user: { id: 'ana', role: 'admin' }, account: { id: 'acme', plan: 'starter' } })
  await page.call('usage', { projects: { used: 82 } })
  await soon(() => page.reasons('projects-80')).toEqual(['quiet'])
  expect(await page.count('plimsoll-root')).toBeLessThan(2)
})
