/** What every command has in common: how it is called, what it reads, and how it says no. */

import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import sdk from '../../packages/sdk/package.json' with { type: 'json' }
import { plimsoll, program, useFolder } from './run.ts'

const inFolder = useFolder()
const sound = JSON.stringify({ version: 1, triggers: [] })
const said = (stderr: string) => ({ code: 2, stdout: '', stderr })

beforeAll(async () => {
  await mkdir(inFolder('folder'))
  await writeFile(inFolder('triggers.json'), sound)
})

describe('is called', () => {
  test('as one file that a shell can run, with all that it needs but node inside', async () => {
    const text = await readFile(program, 'utf8')
    expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true)
    expect([...text.matchAll(/^import .* from "([^"]+)"/gm)].filter(([, name]) => !name?.startsWith('node:'))).toEqual(
      [],
    )
    await copyFile(program, inFolder('alone.mjs'))
    expect(await plimsoll(['--version'], { copy: inFolder('alone.mjs') })).toEqual({
      code: 0,
      stdout: `${sdk.version}\n`,
      stderr: '',
    })
  })

  test('without a word, and says what there is', async () => {
    const { code, stdout, stderr } = await plimsoll([])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe((await plimsoll(['--help'])).stdout)
    expect(stderr).toContain('  check ')
  })

  test.each([[['help', 'check']], [['check', '--help']], [['--help', 'check']], [['check', 'triggers.json', '-h']]])(
    'for help: %j',
    async (words) => {
      const { code, stdout, stderr } = await plimsoll(words)
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain('Usage: plimsoll check ')
    },
  )

  test('for help of help, which is that of the whole', async () => {
    const whole = await plimsoll(['--help'])
    for (const words of [
      ['help', 'help'],
      ['help', '--help'],
      ['-h', '-h'],
    ])
      expect(await plimsoll(words)).toEqual(whole)
  })

  test.each([
    [['chek', 'a.json'], 'There is no command "chek". Did you mean "check"?\n'],
    [['help', 'chekc'], 'There is no command "chekc". Did you mean "check"?\n'],
    [['--format', 'json', 'check'], 'The command comes first, then "--format". See "plimsoll help".\n'],
    [['check', ''], 'check was given "" for a file. See "plimsoll help check".\n'],
    [['check'], 'check needs a file: "plimsoll check FILE…". See "plimsoll help check".\n'],
    [['diff', 'a.json'], 'diff needs 2 files: "plimsoll diff OLD NEW". See "plimsoll help diff".\n'],
    [['check', '--quiet', 'a.json'], 'check has no option "--quiet". See "plimsoll help check".\n'],
  ])('wrongly, and says how it is meant: %j', async (words, stderr) => {
    expect(await plimsoll(words)).toEqual(said(stderr))
  })

  test('in a narrow terminal, where no line of its help is longer than that', async () => {
    for (const words of [['--help'], ['help', 'check']]) {
      const { stdout } = await plimsoll(words, { env: { COLUMNS: '40' } })
      expect(stdout.split('\n').filter((line) => line.length > 40)).toEqual([])
    }
  })
})

describe('reads', () => {
  const check = (file: string, options = {}) => plimsoll(['check', file], { cwd: inFolder('.'), ...options })

  test('a file, by its path from where it is called', async () => {
    expect((await check('triggers.json')).code).toBe(0)
    expect((await check('../triggers.json', { cwd: inFolder('folder') })).code).toBe(0)
  })

  test('standard input for -', async () => {
    expect((await check('-', { stdin: sound })).code).toBe(0)
    expect((await check('-', { stdin: '{}' })).code).toBe(1)
  })

  test('a file with a byte order mark as one without', async () => {
    await writeFile(inFolder('mark.json'), `\ufeff${sound}`)
    expect((await check('mark.json')).code).toBe(0)
  })

  test('no file that is not there, but names the one that was meant', async () => {
    expect(await check('trigers.json')).toEqual(said('There is no file trigers.json. Did you mean triggers.json?\n'))
    expect(await check('folder/other.json')).toEqual(said('There is no file folder/other.json.\n'))
    expect(await check('nowhere/other.json')).toEqual(said('There is no file nowhere/other.json.\n'))
  })

  test('no directory', async () => {
    expect(await check('folder')).toEqual(said('folder is a directory: name a file in it.\n'))
  })

  test('standard input once', async () => {
    const twice = 'Standard input can be read once, and was named twice.\n'
    expect(await plimsoll(['check', '-', '-'], { stdin: sound })).toEqual({
      code: 2,
      stdout: '1 file checked: no faults; 1 file could not be read.\n',
      stderr: twice,
    })
    expect(await plimsoll(['diff', '-', '-'], { stdin: sound })).toEqual(said(twice))
    expect(await plimsoll(['simulate', '-', '--journeys', '-'], { stdin: sound })).toEqual(said(twice))
  })

  test('nothing below a file', async () => {
    const expected = 'triggers.json/x has a file in its path where a directory should be.\n'
    expect(await check('triggers.json/x')).toEqual(said(expected))
  })

  test('nothing without permission', async () => {
    await writeFile(inFolder('secret.json'), sound)
    await chmod(inFolder('secret.json'), 0)
    await copyFile(program, inFolder('alone.mjs'))
    // The administrator may read everything: as such, it is run as nobody.
    await chmod(inFolder('.'), 0o755)
    const nobody = process.getuid?.() === 0 ? { uid: 65534 } : {}
    expect(await check('secret.json', { copy: inFolder('alone.mjs'), ...nobody })).toEqual(
      said('secret.json may not be read: you have no permission.\n'),
    )
  })

  test.each([
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x7d]), 'Standard input is not text in UTF-8.\n'],
    [
      'UTF-16, which it names',
      Buffer.from(`\ufeff${sound}`, 'utf16le'),
      'Standard input is UTF-16: save it as UTF-8.\n',
    ],
    ['UTF-16 without its mark', Buffer.from(sound, 'utf16le'), 'Standard input is UTF-16: save it as UTF-8.\n'],
    [
      'UTF-16 the other way round',
      Buffer.from(sound, 'utf16le').swap16(),
      'Standard input is UTF-16: save it as UTF-8.\n',
    ],
    ['what never ends', Buffer.alloc(33 * 2 ** 20, 32), 'Standard input is over 32 MB: it is no configuration.\n'],
  ])('no %s', async (_, stdin, stderr) => {
    expect(await check('-', { stdin })).toEqual(said(stderr))
  })
})

test.skipIf(!existsSync('/dev/full'))('says in a sentence that there is no room for what it writes', () => {
  const { status, stderr } = spawnSync(process.execPath, [program, '--help'], {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
  })
  expect(stderr.toString()).toBe('Standard output cannot be written: ENOSPC: no space left on device, write.\n')
  expect(status).toBe(2)
})
