/** What the README shows of the command line is what it prints. */

import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { plimsoll, useFolder } from './run.ts'

const inFolder = useFolder()
const readme = readFileSync('README.md', 'utf8')
const [, file = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? []
const shown = Array.from(
  readme.matchAll(/```console\n\$ npx -p @plimsoll\/sdk plimsoll ((?:check|publish) .+)\n([\s\S]*?)```/g),
  ([, words = '', output = '']) => ({ words: words.split(' '), output }),
)

test('shows each command that it names', () => {
  expect(shown.map(({ words: [name] }) => name)).toEqual(['check', 'publish'])
})

test.each(shown)('shows what is printed: $words', async ({ words, output }) => {
  const slip = words[0] === 'check' ? file.replace('limit_approaching', 'limit_aproaching') : file
  await writeFile(inFolder('triggers.json'), slip)
  expect((await plimsoll(words, { cwd: inFolder('.') })).stdout).toBe(output)
})
