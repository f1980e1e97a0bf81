import { parseConfig } from '../config/index.ts'
import { defineCommand } from './command.ts'
import { readSource } from './readSource.ts'

/** `plimsoll check FILE…` */
export const check = defineCommand({
  name: 'check',
  takes: 'FILE…',
  least: 1,
  most: Infinity,
  summary: 'Finds every fault of a file, and says how to mend it',
  options: {},
  async run({ files }, io) {
    let faults = 0
    for (const file of files) {
      const { errors } = parseConfig(await readSource(file, io))
      for (const { path, found, expected } of errors)
        io.stdout(`${file}: ${path}: found ${found}, expected ${expected}\n`)
      faults += errors.length
    }
    return faults ? 1 : 0
  },
})
