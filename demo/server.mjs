/**
 * Serves the demo. Node alone, no build of its own.
 *
 *     node demo/server.mjs [--port 4173] [--host 127.0.0.1] [--state FILE] [--triggers FILE]
 *
 * The last line printed is its address.
 */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createDemo } from './server/app.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '4173' },
    host: { type: 'string', default: process.env.HOST ?? '127.0.0.1' },
    state: { type: 'string', default: fileURLToPath(new URL('../.cache/demo.json', import.meta.url)) },
    triggers: { type: 'string', default: fileURLToPath(new URL('triggers.json', import.meta.url)) },
  },
})

const script = new URL('../packages/widgets/dist/plimsoll.js', import.meta.url)
if (!existsSync(script))
  console.warn('packages/widgets/dist/plimsoll.js is missing: `npm run build` makes it. The app works without.')

const server = createDemo({ state: values.state, triggers: values.triggers })
server.on('error', (cause) => {
  const inUse = 'code' in cause && cause.code === 'EADDRINUSE'
  console.error(inUse ? `Port ${values.port} is in use: give another, as in: npm start -- --port 8080` : cause)
  process.exitCode = 1
})
server.listen(Number(values.port), values.host, () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : values.port
  console.log(`Edit ${values.triggers} while it runs.`)
  console.log(`http://${values.host.includes(':') ? `[${values.host}]` : values.host}:${port}/`)
})

for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    server.close()
    server.closeAllConnections()
  })
