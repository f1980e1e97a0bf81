/** WebKitGTK: classic WebDriver, spoken by hand, to its own small browser on a display that nobody sees. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findWebKit } from '../../../.ci/engines.mjs'
import { type Browser, type Key, type Page, until, type Wishes } from './driver.ts'

const keys: { readonly [key in Key]: readonly string[] } = {
  Escape: ['\uE00C'],
  Tab: ['\uE004'],
  'Shift+Tab': ['\uE008', '\uE004'],
  Enter: ['\uE007'],
  Space: [' '],
}

type Call = (method: string, path: string, body?: unknown) => Promise<any>

export async function webkitGtk(wishes: Wishes = {}): Promise<Browser> {
  const home = await mkdtemp(join(tmpdir(), 'plimsoll-webkit-'))
  // Less motion is a setting of GTK's: no driver speaks of it.
  await mkdir(join(home, 'gtk-3.0'))
  await writeFile(
    join(home, 'gtk-3.0', 'settings.ini'),
    `[Settings]\ngtk-enable-animations=${wishes.lessMotion ? 0 : 1}\n`,
  )
  const { screen, display } = await openDisplay()
  const port = await freePort()
  const driver = spawn('/usr/bin/WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, XDG_CONFIG_HOME: home },
  })
  // A worker that ends in the middle leaves nothing running.
  const stop = () => {
    driver.kill()
    screen.kill()
  }
  process.once('exit', stop)
  const call: Call = async (method, path, body = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      signal: AbortSignal.timeout(40_000),
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    })
    const { value } = (await response.json()) as any
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  await until(() => call('GET', '/status').catch(() => false), 'WebKitWebDriver answers')
  const args = ['--automation', ...(wishes.dark ? ['--dark-mode'] : [])]
  const browserOptions = { binary: findWebKit(), args }
  const { sessionId, capabilities } = await call('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } },
  })
  const at = `/session/${sessionId}`
  // Commands go to the current window, so choosing it and acting are one step.
  let turn: Promise<unknown> = Promise.resolve()
  const inWindow = (handle: string, method: string, path: string, body?: unknown): Promise<any> => {
    turn = turn
      .catch(() => {})
      .then(() => call('POST', `${at}/window`, { handle }))
      .then(() => call(method, at + path, body))
    return turn
  }
  // It stays to the end, which would come with the last window.
  const first = await call('GET', `${at}/window`)
  return {
    version: capabilities.browserVersion,
    async newPage() {
      // A new tab would stay hidden, without animation frames.
      const { handle } = await inWindow(first, 'POST', '/window/new', { type: 'window' })
      return drivePage((method, path, body) => inWindow(handle, method, path, body))
    },
    async close() {
      await turn.catch(() => {})
      await call('DELETE', at).catch(() => {})
      stop()
      process.off('exit', stop)
      await rm(home, { recursive: true, force: true })
    },
  }
}

function drivePage(send: Call): Page {
  const run = async (fn: (...args: any[]) => unknown, args: unknown[]): Promise<any> => {
    const script = `const done = arguments[1];
      (async () => (${fn})(...arguments[0]))().then((value) => done({ value }), (error) => done({ error: String(error) }))`
    const { value, error } = await send('POST', '/execute/async', { script, args: [args] })
    if (error !== undefined) throw new Error(error)
    return value
  }
  const element = async (selector: string): Promise<{ readonly [key: string]: string }> => {
    let found: any
    await until(async () => (found = await run(firstAtRest, [selector])), `${selector} stands still`)
    return found
  }
  const act = (...actions: object[]) => send('POST', '/actions', { actions })
  return {
    goto: (url) => send('POST', '/url', { url }),
    reload: () => send('POST', '/refresh'),
    eval: (fn, ...args) => run(fn, args),
    async click(selector) {
      await send('POST', `/element/${Object.values(await element(selector))[0]}/click`)
    },
    async hover(selector) {
      // From elsewhere: a pointer that is there already would not be seen to come.
      const move = { type: 'pointerMove', duration: 0, x: 1, y: 1 }
      const actions = [move, { ...move, x: 0, y: 0, origin: await element(selector) }]
      await act({ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions })
    },
    async press(key) {
      const down = keys[key].map((value) => ({ type: 'keyDown', value }))
      const up = keys[key].map((value) => ({ type: 'keyUp', value })).reverse()
      await act({ type: 'key', id: 'keys', actions: [...down, ...up] })
    },
    async type(text) {
      const actions = [...text].flatMap((value) => [
        { type: 'keyDown', value },
        { type: 'keyUp', value },
      ])
      await act({ type: 'key', id: 'keys', actions })
    },
    screenshot: async (path) => writeFile(path, Buffer.from(await send('GET', '/screenshot'), 'base64')),
    print: async () => undefined,
    close: () => send('DELETE', '/window'),
  }
}

/** The first element that matches, through open shadow roots, once it has a box that does not move. */
async function firstAtRest(selector: string): Promise<unknown> {
  const roots = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? [])
  const element = [document, ...roots].map((root) => root.querySelector(selector)).find((found) => found)
  if (!element) return null
  const box = () => JSON.stringify(element.getBoundingClientRect())
  const before = box()
  await new Promise((done) => setTimeout(done, 50))
  return element.getBoundingClientRect().width > 0 && before === box() ? element : null
}

/** Starts a display, and says which: the server itself picks a free one. */
async function openDisplay(): Promise<{ screen: ChildProcess; display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp']
  const screen = spawn('/usr/bin/Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = await new Promise<string>((done, fail) => {
    screen.once('error', fail)
    screen.stdio[3]!.once('data', (number) => done(`:${String(number).trim()}`))
  })
  return { screen, display }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}
