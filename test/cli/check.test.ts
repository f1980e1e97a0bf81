import { readdir, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { plimsoll, type RunOptions, useFolder } from './run.ts'

const inFolder = useFolder()
const check = (words: readonly string[], options: RunOptions = {}) =>
  plimsoll(['check', ...words], { cwd: inFolder('.'), ...options })

beforeAll(async () => {
  await writeFile(inFolder('sound.json'), '{ "version": 1, "triggers": [] }')
  await writeFile(inFolder('bad.json'), '{ "version": 1,\n  "trigers": [], "triggers": [] }\n')
  await writeFile(inFolder('a, 100%: b.json'), '{ "version": 2 }')
})

const bad = `bad.json:2:3 fault key in trigers
  2 │   "trigers": [], "triggers": [] }
    │   ^^^^^^^^^
  found     trigers
  expected  a known key: $schema, product, plans, resources, features, links,
            caps, guardrails, buyers, savedGroups, neverBlock, labels, theme,
            ignore, version, triggers
  mend      Write "triggers". It is the nearest valid name.

`

describe('ends with', () => {
  test('0 where all is well, and says how many files it checked', async () => {
    expect(await check(['sound.json'])).toEqual({ code: 0, stdout: '1 file checked: no faults.\n', stderr: '' })
  })

  test('0 for every example of the studio, advice counted as faults', async () => {
    const folder = 'demo/studio/examples'
    const files = (await readdir(folder)).map((name) => `${folder}/${name}`)
    const { code, stdout } = await check(['--strict', ...files], { cwd: '.' })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '4 files checked: no faults.\n' })
  })

  test('1 where there are faults, each with its place', async () => {
    const { code, stdout } = await check(['bad.json', 'sound.json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: `${bad}2 files checked: 1 fault.\n` })
  })

  test('2 where a file cannot be read, and checks the others all the same', async () => {
    expect(await check(['nowhere.json', 'bad.json'])).toEqual({
      code: 2,
      stdout: `${bad}1 file checked: 1 fault; 1 file could not be read.\n`,
      stderr: 'There is no file nowhere.json.\n',
    })
  })

  test('1 for 5 MB, without reading them as JSON', async () => {
    const { code, stdout } = await check(['-'], { stdin: JSON.stringify({ product: 'x'.repeat(5_000_000) }) })
    expect(code).toBe(1)
    expect(stdout).toMatch(/^-:1:1 fault long\n {2}1 │ \{"product":"x+…\n {4}│ \^\n {2}found {5}5000014 characters\n/)
  })

  test('2 for what is no locale, or no format', async () => {
    const { code, stderr } = await check(['--locale', 'de,no one', 'sound.json'])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '"no one" is no locale: write language tags with commas between, such as\nde,pt-BR.\n',
    })
    expect(await check(['--format', 'jsn', 'sound.json'])).toEqual({
      code: 2,
      stdout: '',
      stderr: '"--format" knows no "jsn". Did you mean "json"? See "plimsoll help check".\n',
    })
  })
})

describe('advice', () => {
  const shouting = {
    version: 1,
    triggers: [
      { id: 'a', type: 'team_growth', copy: { title: 'MORE ROOM FOR {limit} SEATS', body: '{used} SEATS ARE TAKEN' } },
    ],
  }
  beforeAll(() => writeFile(inFolder('shouting.json'), JSON.stringify(shouting)))

  test('is told with its reason, and is no fault', async () => {
    const { code, stdout } = await check(['shouting.json'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^shouting\.json:1:\d+ advice shouting in triggers\[0\]\.copy\.title$[\s\S]*^ {2}why {4}/m)
    expect(stdout).toMatch(/^1 file checked: no faults, \d pieces of advice\.$/m)
    expect((await check(['--format', 'github', 'shouting.json'])).stdout).toMatch(
      /^::warning file=shouting\.json,line=1,/m,
    )
  })

  test('counts as a fault where --strict is asked for', async () => {
    const { code, stdout } = await check(['--strict', 'shouting.json'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^shouting\.json:1:\d+ fault shouting in /m)
    expect(stdout).toMatch(/^1 file checked: \d faults\.$/m)
  })

  test('knows the pages of a site from a file of them', async () => {
    await writeFile(
      inFolder('links.json'),
      JSON.stringify({ ...shouting, links: { upgrade: '/billing', seats: '/seats' } }),
    )
    await writeFile(inFolder('routes.txt'), '# Acme\n/billing\r\n\n/team/**\n')
    const { stdout } = await check(['--routes', 'routes.txt', 'links.json'])
    expect([...stdout.matchAll(/link-nowhere in (\S+)/g)].map(([, path]) => path)).toEqual(['links.seats'])
    expect(await check(['--routes', 'nowhere.txt', 'links.json'])).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('is written', () => {
  test('for programs', async () => {
    const { code, stdout } = await check(['--format=json', 'bad.json', 'sound.json', 'nowhere.json'])
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toEqual({
      files: [
        {
          file: 'bad.json',
          findings: [
            {
              severity: 'fault',
              code: 'key',
              path: ['trigers'],
              from: 18,
              to: 27,
              line: 2,
              column: 3,
              found: 'trigers',
              expected: expect.stringMatching(/^a known key: /),
              nearest: 'triggers',
              fix: 'Write "triggers".',
            },
          ],
        },
        { file: 'sound.json', findings: [] },
        { file: 'nowhere.json', unreadable: 'There is no file nowhere.json.' },
      ],
      faults: 1,
      advice: 0,
      unreadable: 1,
    })
  })

  test('for GitHub, with what its commands would read escaped', async () => {
    const { stdout } = await check(['--format', 'github', 'a, 100%: b.json', 'nowhere.json'])
    expect(stdout).toBe(
      '::error file=a%2C 100%25%3A b.json,line=1,col=14,title=version in version::Found: 2%0AExpected: 1%0AWrite "version": 1.\n' +
        '::error file=nowhere.json::There is no file nowhere.json.\n',
    )
  })

  test('in colour where a terminal has any, or is said to, and nowhere else', async () => {
    const plain = (text: string) => text.replaceAll('\u001b', '').replace(/\[\d+m/g, '')
    const { stdout } = await check(['bad.json'], { env: { FORCE_COLOR: '1' } })
    expect(stdout).toContain('\u001b[31m  ^^^^^^^^^\u001b[39m')
    expect(plain(stdout)).toBe(`${bad}1 file checked: 1 fault.\n`)
    for (const env of [{}, { NO_COLOR: '1' }, { FORCE_COLOR: '0' }])
      expect((await check(['bad.json'], { env })).stdout).toBe(`${bad}1 file checked: 1 fault.\n`)
  })
})
