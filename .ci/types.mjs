// @ts-check
// Checks the types of each program of the repository, as many at a time as there are cores.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

const tsc = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
// The longest first, so that it is not waited for alone.
const programs = [
  'test',
  'packages/sdk',
  'packages/sdk/tsconfig.cli.json',
  'demo/studio',
  'packages/widgets',
  'packages/sdk/tsconfig.core.json',
]

const next = async () => {
  for (let program = programs.shift(); program; program = programs.shift()) {
    const check = spawn(process.execPath, [tsc, '-p', program], { stdio: 'inherit' })
    const code = await new Promise((done) => check.on('close', done))
    if (code !== 0) process.exitCode = 1
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, next))
