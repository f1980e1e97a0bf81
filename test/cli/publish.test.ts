import { readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { brotliCompressSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { parseConfig } from '../../packages/sdk/src/config/index.ts'
import { readPublished } from '../../packages/sdk/src/published.ts'
import { change } from '../config/cases.ts'
import { plimsoll, useFolder } from './run.ts'

const inFolder = useFolder()
const publish = (...words: readonly string[]) => plimsoll(['publish', ...words], { cwd: inFolder('.') })
const source = `${JSON.stringify(change({}), null, 2)}\n`
const read = (name: string) => readFile(inFolder(name), 'utf8')

beforeEach(async () => {
  await writeFile(inFolder('triggers.json'), source)
  await writeFile(inFolder('bad.json'), '{ "version": 1, "trigers": [], "triggers": [] }')
  await writeFile(inFolder('out.json'), 'old')
})

test('writes a file that the engine takes as it is, and says what it saves', async () => {
  const { code, stdout, stderr } = await publish('triggers.json', '-o', 'out.json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const text = await read('out.json')
  expect(readPublished(text)).toEqual(parseConfig(source).config)
  const weigh = (some: string | Buffer) => brotliCompressSync(some).length
  const validator = weigh(await readFile('packages/widgets/dist/plimsoll-validator.js'))
  const less = (validator + weigh(source) - weigh(text)).toLocaleString('en')
  expect(stdout.replaceAll('\n', ' ')).toBe(
    `out.json is published. A first visit fetches ${less} bytes less: no validator (${validator.toLocaleString('en')}), and a file of ${weigh(text)} instead of ${weigh(source)}, all after brotli. `,
  )
  expect(less).toMatch(/^8,\d{3}$/)
})

test('writes to standard output for -, and what it says to the other', async () => {
  const { code, stdout, stderr } = await publish('triggers.json', '--out', '-')
  expect([code, readPublished(stdout)]).toEqual([0, parseConfig(source).config])
  expect(stderr).toMatch(/^Published\. /)
})

test('writes what a link leads to', async () => {
  await symlink('linked.json', inFolder('link.json'))
  await writeFile(inFolder('linked.json'), 'old')
  await publish('triggers.json', '-o', 'link.json')
  expect(readPublished(await read('linked.json'))).toBeDefined()
})

describe('writes nothing, and leaves what was there,', () => {
  test('where the file has faults, which it tells', async () => {
    const { code, stdout, stderr } = await publish('bad.json', '-o', 'out.json')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^bad\.json:1:17 fault key in trigers\n[\s\S]*\nNothing was published\.\n$/)
    expect(await read('out.json')).toBe('old')
  })

  test('where it would be longer than the engine reads', async () => {
    const ids = Array.from({ length: 60_000 }, (_, i) => `account-${i}`)
    await writeFile(inFolder('long.json'), JSON.stringify(change({ savedGroups: { pilots: ids } })))
    const { code, stderr } = await publish('long.json', '-o', 'out.json')
    expect(code).toBe(2)
    expect(stderr.replaceAll('\n', ' ')).toMatch(
      /^Nothing was published: it would be \d{7} bytes, and the engine reads 1000000 at most\. $/,
    )
    expect(await read('out.json')).toBe('old')
  })

  test.each([
    [['triggers.json'], 'publish needs a file to write: "plimsoll publish FILE -o OUT".\n'],
    [['triggers.json', '-o', './triggers.json'], './triggers.json is the file itself: name another with -o.\n'],
    [['triggers.json', '-o', '.'], '. is a directory: name a file in it.\n'],
    [['triggers.json', '-o', 'nowhere/out.json'], 'nowhere/out.json is in a directory that is not there.\n'],
    [['nowhere.json', '-o', 'out.json'], 'There is no file nowhere.json.\n'],
  ])('where it cannot: %j', async (words, stderr) => {
    expect(await publish(...words)).toEqual({ code: 2, stdout: '', stderr })
    expect([await read('out.json'), await read('triggers.json')]).toEqual(['old', source])
  })
})

test('leaves no other file behind', async () => {
  expect((await readdir(inFolder('.'))).filter((name) => name.startsWith('.'))).toEqual([])
})
