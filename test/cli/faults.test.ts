/** The corpus of faults, `test/cases/faults`: what `check` says of each file, word for word. */

import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { main } from '../../packages/sdk/src/cli/main.ts'
import { useFolder } from './run.ts'

const cases = new URL('../cases/faults/', import.meta.url)
const inFolder = useFolder()

interface Case {
  readonly title: string
  readonly file: string
  readonly words: readonly string[]
  readonly output: string
}

const form = /^## (.+)\n\n```json\n([\s\S]*?)```\n\n```console\n\$ plimsoll (.+)\n([\s\S]*?)```\n/gm
const read = (name: string): readonly Case[] =>
  Array.from(
    readFileSync(new URL(name, cases), 'utf8').matchAll(form),
    ([, title = '', file = '', words = '', output = '']) => ({ title, file, words: words.split(' '), output }),
  )
const subjects = readdirSync(cases).map((name) => ({ name, cases: read(name) }))

/** What is printed, without colour, in a terminal of so many columns. */
async function run(words: readonly string[], width = 80): Promise<string> {
  let output = ''
  const print = (text: string): void => {
    output += text
  }
  const stdin = new ReadableStream<Uint8Array>()
  await main(words, {
    cwd: inFolder('.'),
    stdin,
    stdout: print,
    stderr: print,
    color: false,
    width,
    now: Date.UTC(2026, 10, 1),
  })
  return output
}

describe.each(subjects)('of $name, check', ({ cases }) => {
  test.each(cases)('$title', async ({ file, words, output }) => {
    await writeFile(inFolder('triggers.json'), file)
    expect(await run(words)).toBe(output)
  })

  test.each(cases)('in 40 columns fits: $title', async ({ file, words }) => {
    await writeFile(inFolder('triggers.json'), file)
    const told = (await run(words, 40)).split('\n')
    // A word longer than a line stays whole, and wide letters are two columns.
    expect(told.filter((line) => line.length > 40 && line.trim().includes(' '))).toEqual([])
  })
})

test('tells of every kind of fault that a file of bounded size can have, and how to mend each', () => {
  const words = readFileSync(new URL('../../packages/sdk/src/config/describe.ts', import.meta.url), 'utf8')
  const [, table = ''] = /EXPECTED[^{]*\{ [^{]*\{([\s\S]*?)\n\}/.exec(words) ?? []
  const kinds = Array.from(table.matchAll(/^ {2}'?([a-z][\w ]*)'?:/gm), ([, kind = '']) => kind.replaceAll(' ', '-'))
  expect(kinds.length).toBeGreaterThan(50)
  const outputs = subjects.flatMap(({ cases }) => cases.map(({ output }) => output))
  const told = outputs.flatMap((output) => [...output.matchAll(/ fault ([\w-]+)/g)].map(([, code]) => code))
  // The rest: over a bound, said by the parser in its stead, or never found in text.
  const others = ['depth', 'json', 'long', 'many', 'null', 'read', 'triggers', 'value']
  expect(kinds.filter((kind) => !told.includes(kind))).toEqual(others)
  const findings = outputs.flatMap((output) => output.split('\n\n').filter((part) => part.includes(' fault ')))
  expect(findings.filter((finding) => !/^ {2}mend {2}/m.test(finding))).toEqual([])
})
