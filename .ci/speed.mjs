// @ts-check
// `npm run speed` writes the page of speed, its picture and the README's short table from the bench's results. `npm test`
// fails where they are not what this would write (test/tooling/speed.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { drawTreemap } from './treemap.mjs'

/** @typedef {import('../test/bench/measure.mjs').Summary} Summary */
/** @typedef {Record<string, Record<string, Record<string, Summary & { matched: number }>>>} Decide */
/** @typedef {{ main: Summary, longest: Summary, heap: Summary, shift: Summary }} Boot */
/** @typedef {{ min: number, gzip: number, brotli: number }} Bytes */
/** @typedef {{ brotli: number, files: string[] }} Visit */
/**
 * @typedef {object} Results
 * @property {{ chunks: (Bytes & { name: string })[], modules: Record<string, Record<string, number>>, floors: (Bytes & { name: string })[], visits: { first: Visit, returning: Visit, behind: number }, peers: (Bytes & { name: string, versions: string })[] }} size
 * @property {{ node: Decide, chromium: Decide, browser: string }} decide
 * @property {{ rows: { name: string, versions: string, failures?: string[], at1: Boot, at4: Boot }[], notStarted: Record<string, string> }} boot
 * @property {{ versions: string, warm: Record<string, { seen: Summary, readable: Summary }>, near: Record<string, { seen: Summary, readable: Summary }>, cold: Record<string, { seen: Summary, readable: Summary }> }} show
 * @property {{ tabs: Record<string, Record<string, Record<string, Summary>>> }} storage
 * @property {{ name: string, points: [number, number][], exponent: number }[]} growth
 * @property {{ node: string, cpu: string, cores: number }} machine
 */

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const files = {
  page: at('packages/sdk/docs/speed.md'),
  picture: at('packages/sdk/docs/bundle.svg'),
  readme: at('README.md'),
}

/** @returns {Results} */
export const readResults = () => JSON.parse(readFileSync(at('test/bench/results.json'), 'utf8'))

const whole = (/** @type {number} */ count) => Math.round(count).toLocaleString('en')
/** Two figures that count: 0.42, 3.1, 85, 1,200. */
const short = (/** @type {number | undefined} */ value) => {
  if (value === undefined || value === null || Number.isNaN(value)) return '–'
  const size = Math.abs(value)
  return size >= 100
    ? whole(Number(value.toPrecision(2)))
    : size >= 10
      ? value.toFixed(0)
      : size >= 1
        ? value.toFixed(1)
        : value.toFixed(2)
}
const both = (/** @type {Summary | undefined} */ { median, p95 } = /** @type {Summary} */ ({})) =>
  `${short(median)} · ${short(p95)}`
const times = (/** @type {number | undefined} */ a, /** @type {number | undefined} */ b) =>
  a && b ? `${short(a / b)}×` : '–'
const table = (/** @type {readonly string[]} */ head, /** @type {readonly (readonly string[])[]} */ rows) =>
  [head, head.map((_, i) => (i ? '---:' : '---')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** What the page and the README tell first. @param {Results} results */
function figures({ size, decide, boot, show, storage, growth }) {
  const bytes = (/** @type {string} */ name) => size.chunks.find((chunk) => chunk.name === name)?.brotli ?? Number.NaN
  const row = (/** @type {string} */ name) => boot.rows.find((one) => one.name === name)
  const ours = row('plimsoll, 50 triggers, returning')
  const peer = (/** @type {string} */ name) => times(ours?.at1.main.median, row(`${name}, returning`)?.at1.main.median)
  const one = (/** @type {number} */ count) => decide.node[count]?.one?.plimsoll
  const [byTriggers] = growth
  const alone = storage.tabs[1]
  const warm = show.warm['banner, from usage']?.readable.median
  const near = show.near['banner, from usage']?.readable.median
  const cold = show.cold['banner, from usage']?.readable.median
  return [
    ['`plimsoll.js`, bytes after brotli', '5,000', whole(bytes('plimsoll.js'))],
    ['A returning visit up to the painted banner, bytes after brotli', '12,000', whole(size.visits.returning.brotli)],
    ['A decision at 100 triggers, microseconds (Node)', '2', short(one(100)?.median)],
    ['A decision at 1,000 triggers, microseconds, 95th of 100', '10', short(one(1000)?.p95)],
    ['How a decision grows to 10,000 triggers, exponent', '0', (byTriggers?.exponent ?? Number.NaN).toFixed(2)],
    [
      'A reservation answered, to a bare transaction',
      '2×',
      times(alone?.plimsoll?.['reservation answered']?.median, alone?.bare?.['reservation answered']?.median),
    ],
    [
      'From the call to the readable banner, code warm, to a bare `div`',
      '1.15×',
      times(warm, show.warm['a bare div']?.readable.median),
    ],
    [
      'The first of a page whose mark was near, to a bare `div`',
      '1.15×',
      times(near, show.near['a bare div']?.readable.median),
    ],
    ['The first of a page from far, code cold', '–', times(cold, show.cold['a bare div']?.readable.median)],
    [
      'Boot, 50 triggers, returning: milliseconds of main thread at 1× and 4×',
      '5 and 15',
      `${short(ours?.at1.main.median)} and ${short(ours?.at4.main.median)}`,
    ],
    ['The same, to posthog-js and to @braze/web-sdk', '0.1×', `${peer('posthog-js')} and ${peer('@braze/web-sdk')}`],
    [
      'Its longest task at 1× and 4×, milliseconds',
      '50',
      `${short(ours?.at1.longest.median)} and ${short(ours?.at4.longest.median)}`,
    ],
    ['Its layout shift', '0', String(Math.max(0, ours?.at1.shift.median ?? Number.NaN))],
    ['Heap after it, kilobytes', '250', whole((ours?.at1.heap.median ?? Number.NaN) / 1000)],
  ]
}

/** What keeps the figures that are not reached from being so, as the same results show it. @param {Results} results */
function limits({ size, decide, boot, show }) {
  const floor = (/** @type {string} */ name) =>
    size.floors.find((part) => part.name.startsWith(name))?.brotli ?? Number.NaN
  const drawing = size.floors.slice(3)
  const row = (/** @type {string} */ name) => boot.rows.find((one) => one.name === `plimsoll, ${name}`)
  const main = (/** @type {string} */ name) => short(row(name)?.at1.main.median)
  const platform = (/** @type {string} */ visit) =>
    short(boot.rows.find(({ name }) => name.endsWith(`nothing done, ${visit}`))?.at1.main.median)
  const heap = (/** @type {string} */ name) => (row(name)?.at1.heap.median ?? Number.NaN) / 1000
  const each = (heap('500 triggers, returning') - heap('4 triggers, returning')) / 496
  const { none, one } = decide.node[100] ?? {}
  const frame = show.warm['banner, from usage']?.readable.median
  const near = show.near['banner, from usage']?.readable.median
  const cold = show.cold['banner, from usage']?.readable.median
  return `- **Bytes.** Deciding alone, pure functions without page or storage, bundled by itself, takes ${whole(floor('deciding'))} bytes after brotli; with
  all that is counted ${whole(floor('and counting'))}. No rule of the contract was given up for a byte, and nothing of it can wait for the network:
  a decision falls within a transaction. Up to a painted banner ${drawing.map(({ name, brotli }) => `${name} (${whole(brotli)})`).join(', ')} come to that:
  ${whole(floor('and counting') + drawing.reduce((sum, { brotli }) => sum + brotli, 0))}, without a line that ties them together.
- **A decision.** A signal that reaches no mark takes ${short(none?.plimsoll?.median)} µs, one that one trigger matches ${short(one?.plimsoll?.median)}: the
  difference is one trigger judged by every rule, with its figures. Neither grows with the triggers that a signal is not about.
- **The first of a page.** The banner is readable after ${short(cold)} ms where its code must be fetched and compiled first, after
  ${short(near)} where a mark was near and it was fetched and tried out in idle time, and after ${short(frame)} the next times: what was
  never drawn on this page is laid out, painted and written to the ledger for the first time.
- **Boot.** A page that asks for a file, a record, a channel and two chunks, and does nothing with them, takes ${platform('returning')} ms; the script read,
  compiled and run, and never started, ${main('not started, first')} ms at first and ${main('not started, returning')} when the browser has kept what it compiled. Started with 4, 50
  and 500 triggers, returning, it takes ${main('4 triggers, returning')}, ${main('50 triggers, returning')} and ${main('500 triggers, returning')}.
- **Heap.** The script alone holds ${whole(heap('not started, returning'))} kB, started with four triggers ${whole(heap('4 triggers, returning'))}, and each trigger more ${short(each)} kB.`
}

/** The files that a first visit takes, and what they are made of. @param {Results} results */
export function drawPicture({ size }) {
  const groups = size.visits.first.files
    .filter((name) => size.modules[name] && name !== 'plimsoll-stub.js')
    .map((name) => {
      const parts = Object.entries(size.modules[name] ?? {}).map(([module, bytes]) => ({ name: module, size: bytes }))
      return { name, size: parts.reduce((sum, part) => sum + part.size, 0), parts }
    })
  return drawTreemap(groups, 'The files that a first visit takes up to a painted banner, by module')
}

/** @param {Results} results */
export function writePage(results) {
  const { size, decide, boot, show, storage, growth, machine } = results
  const [first] = Object.values(decide.node)
  const evaluators = Object.keys(first?.one ?? {})
  const decideTable = (/** @type {Decide} */ by) =>
    ['none', 'one', 'many']
      .map((shape) => {
        const rows = evaluators.map((name) => [
          name,
          ...Object.values(by).map((all) => both(all[shape]?.[name])),
          times(by[1000]?.[shape]?.[name]?.median, by[1000]?.[shape]?.plimsoll?.median),
        ])
        const told = {
          none: 'A signal that reaches no mark',
          one: 'One that one trigger matches',
          many: 'One that ten triggers match',
        }
        const counts = Object.keys(by).map((count) => `${whole(Number(count))} triggers`)
        return `${told[/** @type {'one'} */ (shape)]}:\n\n${table(['median · p95', ...counts, 'to ours at 1,000'], rows)}`
      })
      .join('\n\n')
  const showRows = (/** @type {Results['show']['warm']} */ all) => {
    const limit = all['a bare div']?.readable.median
    return Object.entries(all).map(([name, { seen, readable }]) => [
      name,
      both(seen),
      both(readable),
      times(readable.median, limit),
    ])
  }
  const order = ['plimsoll.js', ...size.chunks.map(({ name }) => name).filter((name) => name !== 'plimsoll.js')]
  /** @type {Record<string, number>} */
  const folders = {}
  for (const [module, bytes] of Object.entries(size.modules['plimsoll.js'] ?? {})) {
    const folder = /^(sdk\/[a-z]+\/|[^/]+\/?)/.exec(module)?.[0] ?? module
    folders[folder] = (folders[folder] ?? 0) + bytes
  }
  return `# Speed

Written by \`npm run speed\` from the results of \`npm run bench\`, which measures Plimsoll and others side by side, each
part in a run of its own. Each time is a median and, after the dot, the 95th of a hundred. Times are those of one machine
(${machine.cores} cores${machine.cpu ? `, ${machine.cpu}` : ''}, Node ${machine.node.slice(1)}, Chromium ${decide.browser}); what is compared took turns, so the ratios hold on others too.

## What was asked for, and what is reached

${table(['figure', 'asked for', 'reached'], figures(results))}

What keeps the others from it:

${limits(results)}

## Bytes

A visit counts the files that the banner waits for. The first takes ${whole(size.visits.first.brotli)} bytes, a returning one
${whole(size.visits.returning.brotli)}: ${size.visits.returning.files.map((name) => `\`${name}\``).join(', ')}. Behind the banner come the hooks, ${whole(size.visits.behind)}.

![A treemap of the files that a first visit takes, by module](bundle.svg)

What \`plimsoll.js\` is made of, in bytes before compression:

${table(
  ['folder or package', 'bytes', 'share'],
  Object.entries(folders)
    .sort(([, a], [, b]) => b - a)
    .map(([name, bytes]) => [
      name,
      whole(bytes),
      `${Math.round((100 * bytes) / Object.values(folders).reduce((sum, one) => sum + one, 0))} %`,
    ]),
)}

${table(
  ['file', 'minified', 'gzip', 'brotli'],
  order
    .map((name) => size.chunks.find((chunk) => chunk.name === name))
    .flatMap((chunk) =>
      chunk ? [[`\`${chunk.name}\``, whole(chunk.min), whole(chunk.gzip), whole(chunk.brotli)]] : [],
    ),
)}

Parts of ours, each bundled by itself with all that it needs:

${table(
  ['part', 'minified', 'gzip', 'brotli'],
  size.floors.map(({ name, min, gzip, brotli }) => [name, whole(min), whole(gzip), whole(brotli)]),
)}

Others, each as a host would load it:

${table(
  ['what', 'versions', 'minified', 'gzip', 'brotli', 'to our first visit'],
  size.peers.map(({ name, versions, min, gzip, brotli }) => [
    name,
    versions || '–',
    whole(min),
    whole(gzip),
    whole(brotli),
    times(brotli, size.visits.first.brotli),
  ]),
)}

## A decision

Microseconds for one signal: it is taken in, and what matches is found. All evaluators gave the same answers first. Ours
looks up the triggers that listen to what has changed; the others are asked about each trigger.

In Node:

${decideTable(decide.node)}

In Chromium:

${decideTable(decide.chromium)}

## Boot

What the tag adds to a page, over the same page without it: milliseconds of processor time of the main thread, its longest
task (of the page, with the tag), kilobytes of heap, layout shift. "Not started" is the script read, compiled and run, with
no file to start by: the rest is what starting takes. Others are started as their documentation has it, with a key of
nobody's; their servers were not there, so that what they would fetch is not in their figures. What was visited once or
twice only says in which order things are.

${table(
  ['what', 'versions', 'visits', 'main thread 1×', 'main thread 4×', 'longest 1×', 'longest 4×', 'heap, kB', 'shift'],
  boot.rows.map(({ name, versions, at1, at4 }) => [
    name,
    versions || '–',
    String(at1.main.n),
    both(at1.main),
    both(at4.main),
    short(at1.longest.median),
    short(at4.longest.median),
    whole(at1.heap.median / 1000),
    String(at1.shift.median),
  ]),
)}

${
  [
    ...Object.entries(boot.notStarted).map(([name, why]) => `${name} could not be started: ${why.split('\n')[0]}`),
    ...boot.rows
      .filter(({ failures }) => failures)
      .map(({ name, failures }) => `${name} threw as it started: ${failures?.join('; ')}.`),
  ].join('\n\n') || 'All could be started.'
}

## Showing

Milliseconds from the host's call, made right after a frame, to the end of the first frame with something to see, and of the
first that is fully readable. A bare \`div\` is the limit: one frame. (${show.versions}.)

With code warm:

${table(['what', 'seen', 'readable', 'to a bare div'], showRows(show.warm))}

The first of a page, where usage had been within a tenth of its limit: code is fetched and tried out in idle time.

${table(['what', 'seen', 'readable', 'to a bare div'], showRows(show.near))}

The first of a page, with code cold:

${table(['what', 'seen', 'readable', 'to a bare div'], showRows(show.cold))}

## Storage

Milliseconds, by tabs that contend, beside bare transactions that do as little as can be done in their place.

${table(
  [
    'what',
    ...Object.keys(storage.tabs).flatMap((count) => [`${count} tab${count === '1' ? '' : 's'}`, 'bare', 'ratio']),
  ],
  Object.keys(Object.values(storage.tabs)[0]?.bare ?? {}).map((name) => [
    name,
    ...Object.values(storage.tabs).flatMap(({ plimsoll, bare }) => [
      both(plimsoll?.[name]),
      both(bare?.[name]),
      times(plimsoll?.[name]?.median, bare?.[name]?.median),
    ]),
  ]),
)}

## Growth

The exponent of the power law through the points: 0 is flat, 1 in step, above 1 faster than that.

${table(
  ['what', 'exponent', 'points'],
  growth.map(({ name, points, exponent }) => [
    name,
    exponent.toFixed(2),
    points.map(([x, y]) => `${whole(x)}: ${short(y)}`).join(', '),
  ]),
)}
`
}

/** The README with its short table. @param {Results} results @param {string} readme */
export function writeReadme(results, readme) {
  const { size } = results
  const rows = [
    ['Plimsoll with its stub, a first visit up to a painted banner', whole(size.visits.first.brotli)],
    ...size.peers
      .filter(({ versions }) => versions)
      .map(({ name, versions, brotli }) => [`${name} (${versions.replace(/[^ ,]+ /g, '')})`, whole(brotli)]),
  ]
  return readme.replace(
    /(<!-- speed -->\n)[\s\S]*?(<!-- \/speed -->)/,
    (_, start, end) => `${start}${table(['beside others', 'bytes, brotli'], rows)}\n${end}`,
  )
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const results = readResults()
  writeFileSync(files.page, writePage(results))
  writeFileSync(files.picture, drawPicture(results))
  writeFileSync(files.readme, writeReadme(results, readFileSync(files.readme, 'utf8')))
}
