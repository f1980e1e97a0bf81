/** Opens the built studio as static files under a path of its own, in a real browser. */

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
import { launchChromium } from '../browser.ts'

const dist = fileURLToPath(new URL('../../demo/studio/dist', import.meta.url))
const types: { readonly [extension: string]: string } = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface Desk {
  readonly page: Page
  readonly url: string
  /** What the browser asked for, by path. */
  readonly asked: readonly string[]
  /** What went wrong in the page: errors, and what its policy forbade. */
  readonly faults: readonly string[]
  readonly frame: FrameLocator
  close(): Promise<void>
}

let browser: Browser | undefined

export async function closeBrowser(): Promise<void> {
  await browser?.close()
  browser = undefined
}

/** @param options.path What comes after the studio's address: a fragment. */
export async function openStudio(
  options: BrowserContextOptions & { readonly path?: string; readonly before?: (page: Page) => Promise<unknown> } = {},
): Promise<Desk> {
  const { path = '', before, ...context } = options
  browser ??= await launchChromium()
  const asked: string[] = []
  const server = createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://studio')
    asked.push(pathname)
    const file = pathname.replace('/tools/desk/', '') || 'index.html'
    const text = await readFile(join(dist, file)).catch(() => undefined)
    response.writeHead(text ? 200 : 404, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(text)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tools/desk/`
  const opened = await browser.newContext({
    // The editor draws the lines that are seen: all of them.
    viewport: { width: 1280, height: 1400 },
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...context,
  })
  const page = await opened.newPage()
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  await before?.(page)
  await page.goto(url + path)
  await page.locator('.cm-content').waitFor()
  return {
    page,
    url,
    asked,
    faults,
    frame: page.frameLocator('iframe'),
    async close() {
      await opened.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Puts a text in the place of the whole file, as somebody who pastes it. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+a')
  await page.evaluate((words) => navigator.clipboard.writeText(words), text)
  await page.keyboard.press('Control+v')
}

/** The text that the page carries in a link. */
export async function textOf(page: Page): Promise<string> {
  return page.evaluate(
    () => (JSON.parse(localStorage.getItem('plimsoll-studio') ?? '{"text":""}') as { text: string }).text,
  )
}
