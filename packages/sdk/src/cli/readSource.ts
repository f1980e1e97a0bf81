import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { nearest } from '../config/nearest.ts'
import { type Io, Refusal } from './command.ts'

/** Bytes. A configuration is at most 1 MB; what is a little over it deserves the words of a check. */
const MOST = 32 * 2 ** 20

const WHY: { readonly [code: string]: string } = {
  EISDIR: 'is a directory: name a file in it',
  ENOENT: 'is in a directory that is not there',
  ENOTDIR: 'has a file in its path where a directory should be',
  ELOOP: 'is a symbolic link that leads in a circle',
  ENAMETOOLONG: 'has a name too long for the file system',
}

/** Streams that have been read to their end: there is no more in them. */
const spent = new WeakSet<object>()

/** Says why the system would not have a file read or written. */
export function whyNot(error: unknown, done: 'read' | 'written'): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM') return `may not be ${done}: you have no permission`
  return WHY[code] ?? `cannot be ${done}: ${message}`
}

/**
 * Reads a file as text, or standard input where its name is `-`. A byte order mark is left out.
 *
 * What cannot be read is a `Refusal` whose sentence says why.
 */
export async function readSource(file: string, io: Io): Promise<string> {
  const name = file === '-' ? 'Standard input' : file
  const path = resolve(io.cwd, file)
  if (file === '-') {
    if (spent.has(io.stdin)) throw new Refusal('Standard input can be read once, and was named twice.')
    spent.add(io.stdin)
  }
  let bytes: Uint8Array
  try {
    bytes = await readAll(file === '-' ? io.stdin : createReadStream(path), name)
  } catch (error) {
    if (error instanceof Refusal) throw error
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new Refusal(`${name} ${whyNot(error, 'read')}.`)
    const near = nearest(basename(path), await readdir(dirname(path)).catch(() => []))
    throw new Refusal(`There is no file ${name}.${near ? ` Did you mean ${near}?` : ''}`)
  }
  // By its mark, or, where it has none, by the empty byte beside its first sign: no JSON in UTF-8 has one.
  const isWide = /^(fffe|feff|00|..00)/.test(Buffer.from(bytes.subarray(0, 2)).toString('hex'))
  if (isWide) throw new Refusal(`${name} is UTF-16: save it as UTF-8.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal(`${name} is not text in UTF-8.`)
  }
}

async function readAll(stream: AsyncIterable<Uint8Array>, name: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > MOST) throw new Refusal(`${name} is over ${MOST / 2 ** 20} MB: it is no configuration.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
