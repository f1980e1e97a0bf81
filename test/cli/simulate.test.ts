/** `simulate` and `diff`, as processes. */

import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import type { CheckedConfig } from '../../packages/sdk/src/config/types.ts'
import { simulate, stockJourneys, summarize } from '../../packages/sdk/src/simulate/index.ts'
import { plimsoll, program, useFolder } from './run.ts'

const inFolder = useFolder()
const FILE = 'demo/triggers.json'
const SHORT = ['--days', '14', '--users', '50']
let config: CheckedConfig
let edited = ''

beforeAll(async () => {
  const text = await readFile(FILE, 'utf8')
  config = parseConfig(text).config as CheckedConfig
  edited = text.replace('[0.8, 0.95, 1]', '[0.95, 1]')
  await writeFile(inFolder('new.json'), edited)
  await writeFile(inFolder('same.json'), JSON.stringify(JSON.parse(text)))
  await writeFile(inFolder('broken.json'), text.replace('"resource": "projects"', '"resource": "projcts"'))
  await writeFile(inFolder('journeys.json'), '{ "version": 1, "personas": [{ "id": "a", "plan": "startr" }] }')
  await writeFile(inFolder('one.json'), '{ "version": 1, "personas": [{ "id": "=1+1, \\"me\\"" }] }')
})

describe('plimsoll simulate', () => {
  test('counts on all cores what one alone counts', async () => {
    const { code, stdout, stderr } = await plimsoll([
      'simulate',
      FILE,
      '--users',
      '450',
      '--days',
      '14',
      '--seed',
      '5',
      '--format',
      'json',
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const expected = summarize(simulate(config, stockJourneys(config), { to: 450, days: 14, seed: 5 }))
    expect(JSON.parse(stdout)).toEqual({ users: 450, days: 14, seed: 5, ...JSON.parse(JSON.stringify(expected)) })
  })

  test('says the same for the same seed', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => plimsoll(['simulate', FILE, ...SHORT, '--seed', '3'])))
    expect(a).toEqual(b)
  })

  test('reads well in a narrow terminal, and without colour', async () => {
    const { stdout } = await plimsoll(['simulate', FILE, ...SHORT], { env: { COLUMNS: '40', FORCE_COLOR: '1' } })
    expect(stdout.split('\n').filter((line) => line.length > 40)).toEqual([])
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain('  projects-limit\n    shown      ')
  })

  test('writes one figure a line for a spreadsheet, and no formula', async () => {
    const { stdout } = await plimsoll([
      'simulate',
      FILE,
      ...SHORT,
      '--journeys',
      inFolder('one.json'),
      '--format',
      'csv',
    ])
    const lines = stdout.trimEnd().split('\r\n')
    expect(lines[0]).toBe('persona,trigger,figure,value')
    expect(lines[1]).toBe('"\'=1+1, ""me""",,users,50')
    expect(lines).toContain('all,projects-limit,shown,0')
  })

  test('tells the faults of the file and of the journeys as check does, each in its place, and ends with 1', async () => {
    const told = await plimsoll(['check', inFolder('broken.json')])
    expect(told.stdout).toContain('  found     projcts\n')
    expect(await plimsoll(['simulate', inFolder('broken.json')])).toEqual({
      code: 1,
      stdout: '',
      stderr: told.stdout,
    })
    expect(await plimsoll(['simulate', resolve(FILE), '--journeys', 'journeys.json'], { cwd: inFolder('.') })).toEqual({
      code: 1,
      stdout: '',
      stderr: `journeys.json:1:51 fault plan in personas[0].plan
  1 │ { "version": 1, "personas": [{ "id": "a", "plan": "startr" }] }
    │                                                   ^^^^^^^^
  found     startr
  expected  a plan of the configuration: starter, pro, business
  mend      Write "starter". It is the nearest valid name.

1 file checked: 1 fault.
`,
    })
  })

  test.each([
    [['simulate', 'nowhere.json'], 'There is no file nowhere.json.\n'],
    [['simulate', FILE, '--journeys', 'demo'], 'demo is a directory: name a file in it.\n'],
    [
      ['simulate', FILE, '--users', 'many'],
      '"--users" takes a whole number from 1 to 10,000,000, and was given "many".\n',
    ],
    [['simulate', FILE, '--days', '0'], '"--days" takes a whole number from 1 to 730, and was given "0".\n'],
  ])('cannot begin, says why and ends with 2: %j', async (words, stderr) => {
    expect(await plimsoll(words)).toEqual({ code: 2, stdout: '', stderr })
  })

  test('refuses journeys of 5 MB at once', async () => {
    const stdin = `{"version":1,"personas":[{"id":"${'a'.repeat(5 * 2 ** 20)}"}]}`
    const { code, stderr } = await plimsoll(['simulate', FILE, '--journeys', '-'], { stdin })
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('  found     5242916 characters\n') })
  })
})

test('counts one as one', async () => {
  const one = ['--users', '1', '--days', '1']
  const run = async (words: string[]) => (await plimsoll([...words, ...one])).stdout
  expect(await run(['simulate', FILE])).toMatch(/^1 user over 1 day, seed 1\. /)
  expect(await run(['diff', FILE, FILE])).toContain('\nWhat 1 user sees in 1 day, seed 1:\n')
  expect(await run(['diff', FILE, FILE, '--format', 'markdown'])).toContain('\n1 simulated user over 1 day, seed 1.\n')
})

describe('plimsoll diff', () => {
  test('finds nothing where only the writing differs', async () => {
    const { code, stdout } = await plimsoll(['diff', FILE, inFolder('same.json'), ...SHORT])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Both files mean the same\.\n/)
    expect(stdout).not.toMatch(/→|\((more|fewer|other)\)/)
  })

  test('says what changed and who sees less of it, as text, Markdown and JSON', async () => {
    const run = (format: string) => plimsoll(['diff', FILE, inFolder('new.json'), '--users', '50', '--format', format])
    const [text, markdown, json] = await Promise.all(['text', 'markdown', 'json'].map(run))
    const change = 'was 80 %, 95 %, 100 %, is 95 %, 100 %'
    expect(text?.stdout).toContain(`Changed: projects-limit\n  at  ${change}\n`)
    expect(markdown?.stdout).toContain(`- **projects-limit**, at: ${change}\n`)
    expect(markdown?.stdout).toMatch(/\n\| member \(fewer\) \| \d+ \| \d+ → \d+ \|/)
    const { changed, personas } = JSON.parse(json?.stdout ?? '')
    expect(changed).toEqual([
      { id: 'projects-limit', changes: [{ field: 'at', was: '80 %, 95 %, 100 %', is: '95 %, 100 %' }] },
    ])
    const member = personas.find(({ persona }: { persona: string }) => persona === 'member')
    expect(member).toMatchObject({ verdict: 'fewer' })
    expect(member.is).toBeLessThan(member.was)
  })

  test('needs two files', async () => {
    expect((await plimsoll(['diff', FILE])).code).toBe(2)
  })
})

test('The README shows what the command says', async () => {
  const readme = await readFile('README.md', 'utf8')
  const shown = [...readme.matchAll(/```console\n\$ (.*(?:simulate|diff).*)\n([^`]*)```/g)]
  expect(shown).toHaveLength(2)
  for (const [, command = '', output] of shown) {
    const script = command.replace('npx -p @plimsoll/sdk plimsoll ', `"${process.execPath}" "${program}" `)
    const { stdout } = await promisify(execFile)('sh', ['-c', script])
    expect(stdout).toBe(output)
  }
})
