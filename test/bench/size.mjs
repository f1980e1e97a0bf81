// @ts-check
// Bytes: of each of our files, of what visits really take up to a painted prompt, and of what peers take.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { modulesOf } from '../../.ci/modules.mjs'
import { pack, weigh } from './measure.mjs'
import { configOf, launch, pageWith, person } from './page.mjs'
import { bundle, filesOf, peers, versionOf } from './peers.mjs'
import { watchRuns } from './ran.mjs'
import { serve } from './server.mjs'

const dist = fileURLToPath(new URL('../../packages/widgets/dist/', import.meta.url))
const read = (/** @type {string} */ name) => readFileSync(dist + name, 'utf8')

/** Notes when the banner's first frame is painted: what is asked for behind it is not waited for. */
const untilPainted = `
const look = () => {
  const drawn = [...document.querySelectorAll('plimsoll-root')].some(({ shadowRoot }) =>
    shadowRoot.querySelector('[data-plimsoll-widget]'))
  if (!drawn) return requestAnimationFrame(look)
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => { window.paintedAt = performance.now() }
  port2.postMessage(0)
}
look()`

/** What a visit really downloads of ours until the banner is painted, and what of it runs. */
async function visits() {
  const config = pack(Buffer.from(JSON.stringify(configOf(4))))
  const site = await serve(
    {
      '/': pageWith(`${untilPainted}\n${person}\nplimsoll('usage', { r0: { used: 82 } })`),
      '/quiet': pageWith(
        `addEventListener('plimsoll:ready', () => setTimeout(() => { window.paintedAt = performance.now() }))
${person}\nplimsoll('usage', { r0: { used: 10 } })`,
      ),
    },
    { '/triggers.json': { type: 'application/json', body: config, packed: true } },
  )
  const browser = await launch()
  try {
    const visitor = await browser.newContext()
    // The hooks are asked for in the task before the drawing: held back, they show that no banner waits for them.
    let behind = 0
    const visit = async (path = '/', isWatched = false) => {
      const page = await visitor.newPage()
      const painted = () => page.waitForFunction('window.paintedAt')
      await page.route('**/plimsoll-hooks.js', async (route) => {
        await painted()
        await route.continue()
      })
      const runs = isWatched && (await watchRuns(page))
      site.takeSent()
      await page.goto(site.origin + path)
      await painted()
      const files = await page.evaluate(() =>
        /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'))
          .filter(
            ({ name, responseEnd }) =>
              new URL(name).pathname.startsWith('/plimsoll/') &&
              responseEnd < /** @type {{ paintedAt: number }} */ (/** @type {unknown} */ (window)).paintedAt,
          )
          .map(({ name }) => name.replace(/.*\//, '')),
      )
      const ran = runs ? await runs.take(new Map(files.map((file) => [file, read(file)]))) : undefined
      await page.waitForFunction(() => performance.getEntriesByName(`${location.origin}/plimsoll/plimsoll-hooks.js`)[0])
      const sent = site.takeSent()
      const bytes = (/** @type {string} */ file) => sent.get(`/plimsoll/${file}`) ?? Number.NaN
      behind = bytes('plimsoll-hooks.js')
      await page.close()
      return { brotli: files.reduce((sum, file) => sum + bytes(file), 0), files, ran }
    }
    const first = await visit()
    // The checked file is kept behind the decision: a visit that comes too soon would be a first one again.
    let returning = first
    while (returning.files.includes('plimsoll-validator.js')) returning = await visit()
    return {
      first,
      returning,
      behind,
      ran: { quiet: (await visit('/quiet', true)).ran, painted: (await visit('/', true)).ran },
    }
  } finally {
    await browser.close()
    await site.close()
  }
}

const packages = fileURLToPath(new URL('../../packages/', import.meta.url))
const take = (/** @type {string} */ names, /** @type {string} */ path) =>
  `export { ${names} } from '${packages}${path}'`
const deciding = [take('decide', 'sdk/src/core/decide.ts'), take('prepareRules', 'sdk/src/core/rules.ts')]
const reserving = [...deciding, take('reserve', 'sdk/src/core/reserve.ts')]
const counting = [
  ...reserving,
  take('notice', 'sdk/src/core/observe.ts'),
  take('applyEntry', 'sdk/src/core/outcome.ts'),
  take('parseLedger', 'sdk/src/core/parseLedger.ts'),
  take('mergeLedgers', 'sdk/src/core/mergeLedgers.ts'),
]
const css = ['frame/base', 'banner/banner'].map((name, i) =>
  take(`default as css${i}`, `widgets/src/${name}.css?inline`),
)

/** Parts of ours, each bundled by itself with all that it needs: what is under the figures that are asked for. */
const parts = [
  { name: 'deciding: pure functions, no page, no storage', code: deciding },
  { name: 'and reserving', code: reserving },
  { name: 'and counting: what is observed, answered, read back and merged', code: counting },
  {
    name: 'storage, journal and channel',
    code: [
      take('indexedDbStore', 'sdk/src/browser/indexedDbStore.ts'),
      take('journal', 'sdk/src/browser/journal.ts'),
      take('createTalk', 'sdk/src/state/talk.ts'),
    ],
  },
  { name: 'Preact', code: ["export { h, render } from 'preact'"] },
  { name: 'the banner’s style sheets', code: css },
  { name: 'the banner’s words', code: [take('writeLimit', 'sdk/src/content/writeLimit.ts')] },
]
// Deciding is within counting; what several parts share stands in one file once.
const floors = [
  ...parts,
  { name: 'all that a painted banner needs, as one', code: parts.slice(2).flatMap(({ code }) => code) },
]

export async function size() {
  const files = readdirSync(dist).filter((name) => /^plimsoll.*\.js$/.test(name))
  const chunks = files.map((name) => ({ name, ...weigh(readFileSync(dist + name)) }))
  const modules = Object.fromEntries(files.map((name) => [name, modulesOf(dist + name)]))
  const others = []
  for (const peer of peers) {
    const files = await filesOf(peer)
    const sum = { min: 0, gzip: 0, brotli: 0 }
    for (const file of files) {
      const { min, gzip, brotli } = weigh(file)
      sum.min += min
      sum.gzip += gzip
      sum.brotli += brotli
    }
    const versions = peer.packages.map((name) => `${name} ${name === 'preact' ? '11.2.0' : versionOf(name)}`).join(', ')
    others.push({ name: peer.name, versions, ...sum })
  }
  const weighed = []
  for (const { name, code } of floors) weighed.push({ name, ...weigh(await bundle(code.join('\n'))) })
  const div = weigh("const d=document.createElement('div');d.textContent='82 of 100';document.body.append(d)")
  return {
    chunks,
    modules,
    floors: weighed,
    visits: await visits(),
    peers: [...others, { name: 'a bare div', versions: '', ...div }],
  }
}
