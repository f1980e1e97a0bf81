// @ts-check
// `npm run speed` writes the page of speed, its picture and the README's short table from the bench's results. `npm test`
// fails where they are not what this would write (test/tooling/speed.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { both, readResults, short, table, times, whole } from './results.mjs'
import { ahead, figures, limits, PLATFORM } from './told.mjs'
import { drawTreemap } from './treemap.mjs'

/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {import('./results.mjs').Decide} Decide */
const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const files = {
  page: at('packages/sdk/docs/speed.md'),
  picture: at('packages/sdk/docs/bundle.svg'),
  readme: at('README.md'),
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
  const { size, decide, boot, heap, show, storage, growth, machine } = results
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
  /** The row of the same kind of visit, first or returning. */
  const bootOf = (/** @type {string} */ what, /** @type {string} */ name) =>
    boot.rows.find((row) => row.name === `${what},${name.replace(/.*,/, '')}`)
  const parts = (/** @type {Record<string, Record<string, number>>} */ all) =>
    table(
      ['what', 'in all', ...Object.keys(Object.values(all)[0] ?? {})],
      Object.entries(all).map(([name, byPart]) => {
        const each = Object.values(byPart)
        return [name, ...[each.reduce((sum, one) => sum + one, 0), ...each].map(short)]
      }),
    )
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
part in a run of its own. Each time is a median and, after the dot, where there were twenty or more, the 95th of a hundred. Times are those of one machine
(${machine.cores} cores${machine.cpu ? `, ${machine.cpu}` : ''}, Node ${machine.node.slice(1)}, Chromium ${decide.browser}); what is compared took turns, so the ratios hold on others too.

## What was asked for, and what is reached

${table(['figure', 'asked for', 'reached', 'the least'], figures(results))}

The least is what its parts take by themselves on the same machine: the code that no banner can do without, as one file; a
signal that reaches no mark; a bare transaction, a bare \`div\`; a page that asks for a file, a record, a channel and two
chunks, and does nothing with them.

What keeps the others from it:

${limits(results)}

## Where others are ahead

${ahead(results)}

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

What of these files ran in a visit, in bytes after brotli: the file, only its functions that were called, and of these
only the branches that were taken, as Chromium counts them block by block. One visit shows nothing, one paints a banner:

${table(
  ['file', 'whole', 'shows nothing: functions', 'branches', 'up to a banner: functions', 'branches'],
  Object.entries(size.visits.ran.painted).map(([name, { brotli, functions, branches }]) => {
    const quiet = size.visits.ran.quiet[name]
    // Together they are other files in either visit.
    const isAll = !name.endsWith('.js')
    return [
      isAll ? name : `\`${name}\``,
      whole(brotli),
      ...(quiet ? [whole(quiet.functions), whole(quiet.branches)] : ['–', '–']),
      whole(functions),
      whole(branches),
    ]
  }),
)}

Others, each as a host would load it: the vendor's own file for a script tag where there is one, else what a bundler makes of
its modules, fully minified as ours are.

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
no file to start by: the rest is what starting takes. Both ratios are of the main thread at 1×, to ours with 50 triggers and to
a page that asks the platform for what a start needs, in the same kind of visit. Others are started as their documentation has it, with a key of
nobody's; their servers were not there, so that what they would fetch is not in their figures. What was visited once or
twice only says in which order things are.

${table(
  [
    'what',
    'versions',
    'visits',
    'main thread 1×',
    'main thread 4×',
    'to ours',
    'to the platform',
    'longest 1×',
    'longest 4×',
    'heap, kB',
    'shift',
  ],
  boot.rows.map(({ name, versions, at1, at4 }) => [
    name,
    versions || '–',
    String(at1.main.n),
    both(at1.main),
    both(at4.main),
    ...['plimsoll, 50 triggers', PLATFORM].map((one) => times(at1.main.median, bootOf(one, name)?.at1.main.median)),
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

Where a returning visit’s time goes at 1×, in milliseconds, by what a trace says of each event without those within it. These
are visits of their own: tracing makes them longer, and the bare page’s time is in them.

${parts(boot.goesTo)}

What the heap of a returning visit holds over the bare page's, in kilobytes, from snapshots of it: compiled code is what V8 made
of the functions that ran, with the tables that belong to it. What a snapshot does not list is what taking it frees, and room.

${table(
  ['what', 'in all', ...Object.keys(heap[0]?.kinds ?? {})],
  heap.map((row) => [row.name, ...[row.heap, ...Object.values(row.kinds)].map((bytes) => whole(bytes / 1000))]),
)}

## Showing

Milliseconds from the host's call, made right after a frame, to the end of the first frame with something to see, and of the
first that is fully readable. A bare \`div\` is the limit: one frame. (${show.versions}.)

With code warm:

${table(['what', 'seen', 'readable', 'to a bare div'], showRows(show.warm))}

The first of a page, where usage had been within a tenth of its limit: code is fetched and tried out in idle time.

${table(['what', 'seen', 'readable', 'to a bare div'], showRows(show.near))}

Of such a first one, traced as above, the main thread works for so many milliseconds; else it waits, for a frame or for the ledger.

${parts(show.goesTo)}

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
