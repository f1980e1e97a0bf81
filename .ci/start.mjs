// @ts-check
// `npm start`: installs what is missing, builds, and serves the demo.
import { spawnSync } from 'node:child_process'
import { installPackages } from './install.mjs'

installPackages()
const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
if (status === 0) await import('../demo/server.mjs')
else process.exitCode = 1
