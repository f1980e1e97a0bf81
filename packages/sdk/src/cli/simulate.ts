import { summarize } from '../simulate/index.ts'
import { defineCommand } from './command.ts'
import { play } from './play.ts'
import { readRun, runOptions } from './readRun.ts'
import { writeCsv } from './writeCsv.ts'
import { writeSimulation } from './writeSimulation.ts'

/** `plimsoll simulate FILE` */
export const simulate = defineCommand({
  name: 'simulate',
  takes: 'FILE',
  least: 1,
  most: 1,
  summary: 'Plays ninety days of ten thousand users through a file, and says who would be shown what, and how often',
  options: {
    ...runOptions,
    format: { type: 'string', choices: ['text', 'json', 'csv'], help: 'How the result is written' },
  },
  async run({ files, values }, io) {
    const read = await readRun(files, values, 10_000, io)
    if (!read) return 1
    const { configs, setting } = read
    const [report] = await play([{ config: configs[0], ...setting }], io)
    if (!report) return 2
    const summaries = summarize(report)
    const { days, seed, users } = setting
    if (values.format === 'json') io.stdout(`${JSON.stringify({ users, days, seed, ...summaries }, null, 2)}\n`)
    else if (values.format === 'csv') io.stdout(writeCsv(summaries))
    else io.stdout(writeSimulation(summaries, setting, configs[0], io.width))
    return 0
  },
})
