import { randomUUID } from 'node:crypto'
import { realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { lint } from '../lint/lint.ts'
import { writePublished } from '../published.ts'
import { defineCommand, type Io, Refusal } from './command.ts'
import { paragraph } from './layout.ts'
import { readSource, whyNot } from './readSource.ts'
import { formats } from './report.ts'

/** What the validator weighs after brotli, as this version of the script tag was built. */
declare const VALIDATOR_BYTES: number

/** Bytes that the engine reads of a file at most. */
const MOST = 1_000_000

/** `plimsoll publish FILE -o OUT` */
export const publish = defineCommand({
  name: 'publish',
  takes: 'FILE -o OUT',
  least: 1,
  most: 1,
  summary: 'Writes a file with its checked form inside, so that a first visit needs no validator',
  options: {
    out: { type: 'string', short: 'o', value: 'OUT', help: 'The file to write, - for standard output' },
  },
  async run({ files: [file = ''], values: { out } }, io) {
    if (out === undefined) throw new Refusal('publish needs a file to write: "plimsoll publish FILE -o OUT".')
    await keepApart(file, out, io)
    const text = await readSource(file, io)
    const { config, findings } = lint(text, { now: io.now })
    const faults = findings.filter(({ severity }) => severity === 'fault')
    if (!config || faults.length) {
      const { stdout } = formats.text([{ file, text, findings: faults }], io)
      io.stderr(`${stdout}Nothing was published.\n`)
      return 1
    }
    const published = `${writePublished(JSON.parse(text), config)}\n`
    const size = Buffer.byteLength(published)
    if (size > MOST)
      throw new Refusal(`Nothing was published: it would be ${size} bytes, and the engine reads ${MOST} at most.`)

    if (out === '-') io.stdout(published)
    else await replace(resolve(io.cwd, out), published, out)
    const told = paragraph(savings(text, published, out), io.width)
    if (out === '-') io.stderr(told)
    else io.stdout(told)
    return 0
  },
})

/** Publishing a file over itself would leave nothing that a person can read. */
async function keepApart(file: string, out: string, { cwd }: Io): Promise<void> {
  const [from, to] = await Promise.all([file, out].map((one) => realpath(resolve(cwd, one)).catch(() => one)))
  if (out !== '-' && from === to) throw new Refusal(`${out} is the file itself: name another with -o.`)
}

/** Writes beside, then renames: whoever reads meanwhile reads the old file or the new one, whole. */
async function replace(named: string, text: string, name: string): Promise<void> {
  // A link stays one.
  const path = await realpath(named).catch(() => named)
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}`)
  try {
    await writeFile(beside, text, { flag: 'wx' })
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw new Refusal(`${name} ${whyNot(error, 'written')}.`)
  }
}

function savings(source: string, published: string, out: string): string {
  const [was, is] = [source, published].map((text) => brotliCompressSync(text).length) as [number, number]
  const less = VALIDATOR_BYTES + was - is
  const spell = (n: number): string => n.toLocaleString('en')
  return `${out === '-' ? 'Published' : `${out} is published`}. A first visit fetches ${spell(Math.abs(less))} bytes ${less < 0 ? 'more' : 'less'}: no validator (${spell(VALIDATOR_BYTES)}), and a file of ${spell(is)} instead of ${spell(was)}, all after brotli.`
}
