// @ts-check
// Writes a picture of every widget in every state: light, dark, 320 px wide, right to left, in forced colours, with text
// of twice the size, wide and narrow, under another accent. `npm run screenshots <folder> [<states>]`.
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'
import { findChromium } from '../../.ci/chromium.mjs'

const folder = resolve(process.argv[2] ?? 'screenshots')
const only = process.argv[3]
const top = fileURLToPath(new URL('../..', import.meta.url))

/** @type {{ [look: string]: { width: number, height: number, query?: string } & import('playwright-core').BrowserContextOptions }} */
const looks = {
  light: { width: 1280, height: 720 },
  dark: { width: 1280, height: 720, colorScheme: 'dark' },
  320: { width: 320, height: 640, hasTouch: true, isMobile: true },
  rtl: { width: 1280, height: 720, query: '&dir=rtl' },
  forced: { width: 1280, height: 720, forcedColors: 'active' },
  'text-200': { width: 1280, height: 720, query: '&text=200' },
  'text-200-320': { width: 320, height: 640, query: '&text=200', hasTouch: true, isMobile: true },
  accent: { width: 1280, height: 720, query: '&accent=%23ff6a00' },
  'accent-dark': { width: 1280, height: 720, query: '&accent=%23ff6a00', colorScheme: 'dark' },
}

await mkdir(folder, { recursive: true })
const server = await createServer({
  root: top,
  configFile: join(top, 'vite.config.ts'),
  server: { port: 0 },
  logLevel: 'error',
})
await server.listen()
const address = server.httpServer?.address()
if (!address || typeof address === 'string') throw new Error('The server has no port')
const gallery = `http://localhost:${address.port}/test/widgets/gallery/`
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--hide-scrollbars'] })

let failed = 0
try {
  const { cases, arabicCases } = await server.ssrLoadModule('/test/widgets/cases.ts')
  for (const [look, { width, height, query = '', ...device }] of Object.entries(looks)) {
    const context = await browser.newContext({
      colorScheme: 'light',
      viewport: { width, height },
      deviceScaleFactor: 1.5,
      reducedMotion: 'reduce',
      ...device,
    })
    const page = await context.newPage()
    page.on('pageerror', (error) => {
      failed++
      console.error(`${look}: ${error.message}`)
    })
    for (const state of Object.keys(look === 'rtl' ? arabicCases : cases)) {
      if (only && !state.match(only)) continue
      await page.goto(`${gallery}?state=${state}${query}`)
      await page.waitForSelector('html[data-drawn]')
      if ((await page.getAttribute('html', 'data-drawn')) !== 'true') {
        failed++
        console.error(`${look}: ${state} was not drawn`)
      }
      await page.screenshot({ path: join(folder, `${state}-${look}.png`) })
    }
    await context.close()
  }
} finally {
  await browser.close()
  await server.close()
}
console.log(`Pictures are in ${folder}.`)
process.exitCode = failed ? 1 : 0
