#!/usr/bin/env node
import { WriteStream } from 'node:tty'
import { main } from './main.ts'
import { playAsThread } from './play.ts'
import { whyNot } from './readSource.ts'

const { argv, cwd, env, stdin, stdout, stderr } = process

let isCutOff = false
// A reader that has seen enough (`| head`) is no fault.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || isCutOff) return
  isCutOff = true
  process.exitCode = 2
  stderr.write(`Standard output ${whyNot(error, 'written')}.\n`)
})

// `exit` would cut off what is still on its way to a pipe.
if (!playAsThread()) {
  const code = await main(argv.slice(2), {
    cwd: cwd(),
    stdin,
    stdout: (text) => stdout.write(text),
    stderr: (text) => stderr.write(text),
    now: Date.now(),
    // What NO_COLOR, FORCE_COLOR and TERM say is Node's to read, which it does for terminals.
    color: (stdout.isTTY || env.FORCE_COLOR !== undefined) && WriteStream.prototype.hasColors(env),
    live: stderr.isTTY === true,
    width: stdout.columns ?? (Number(env.COLUMNS) || 80),
  })
  process.exitCode = isCutOff ? 2 : code
}
