import { compare, contrast } from '../simulate/index.ts'
import { defineCommand } from './command.ts'
import { play } from './play.ts'
import { readRun, runOptions } from './readRun.ts'
import { writeDiff, writeDiffMarkdown } from './writeDiff.ts'

/** `plimsoll diff OLD NEW` */
export const diff = defineCommand({
  name: 'diff',
  takes: 'OLD NEW',
  least: 2,
  most: 2,
  summary:
    'Says what an edit changes: triggers added, removed and changed, and which personas see more or fewer prompts',
  options: {
    ...runOptions,
    format: { type: 'string', choices: ['text', 'markdown', 'json'], help: 'How the result is written' },
  },
  async run({ files, values }, io) {
    const read = await readRun(files, values, 2000, io)
    if (!read) return 1
    const {
      configs: [old, next = old],
      setting,
    } = read
    const comparison = compare(old, next)
    // Plans and shares mean what they meant before, so that whatever differs is the edit's.
    const runs = [old, next].map((config) => ({ config, ...setting, base: old }))
    const [before, after] = await play(runs, io)
    if (!before || !after) return 2
    const contrasts = contrast(before, after)
    const { users, days, seed } = setting
    if (values.format === 'json') {
      io.stdout(`${JSON.stringify({ users, days, seed, ...comparison, personas: contrasts }, null, 2)}\n`)
    } else if (values.format === 'markdown') io.stdout(writeDiffMarkdown(comparison, contrasts, setting))
    else io.stdout(writeDiff(comparison, contrasts, setting, io.width))
    return 0
  },
})
