/** The built command line, run as the process that it is. */

import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

export const program = resolve('packages/sdk/dist/cli.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly stdin?: string | Uint8Array
  readonly env?: { readonly [name: string]: string }
  /** Another copy of the program, and another user to run it as. */
  readonly copy?: string
  readonly uid?: number
}

/** Runs `plimsoll` to its end. Nothing of the tests' own surroundings reaches it but `PATH`. */
export function plimsoll(words: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const { cwd = process.cwd(), stdin = '', env = {}, copy = program, uid } = options
  const child = spawn(process.execPath, [copy, ...words], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    ...(uid !== undefined && { uid }),
  })
  // One that ends early does not read on.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => done({ code, stdout, stderr }))
  })
}

/** An empty folder for the tests of a file, and a path in it. */
export function useFolder(): (...names: string[]) => string {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plimsoll-cli-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return (...names) => join(folder, ...names)
}
