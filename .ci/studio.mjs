// @ts-check
// `npm run studio`: installs what is missing, builds the studio, and opens it. Any server of static files will do as well.
import { installPackages } from './install.mjs'

installPackages()
const { build, preview } = await import('vite')
await build({ mode: 'studio', logLevel: 'warn' })
const server = await preview({ mode: 'studio', preview: { open: !process.env.CI, port: 4174 } })
console.log(`The studio, as static files: demo/studio/dist`)
server.printUrls()
