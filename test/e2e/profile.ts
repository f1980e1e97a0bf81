/** Whole browsers: tabs that are really hidden, frozen or cached, and profiles that outlive a browser that is killed. */

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, firefox } from 'playwright-core'
import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core'
import { findFirefox } from '../../.ci/engines.mjs'
import { chromiumArgs, findChromium } from '../browser.ts'

export type { Browser as Puppet, Page as PuppetPage }

/** @param profile The folder of a profile that outlives this browser. */
export const launchWhole = (profile?: string, more: LaunchOptions = {}): Promise<Browser> =>
  puppeteer.launch({
    executablePath: findChromium(),
    args: [...chromiumArgs],
    headless: true,
    // Kept off by default, which no user's browser does.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    ...(profile && { userDataDir: profile }),
    ...more,
  })

/** Does `work` with the folder of a profile, and removes it when the last browser of it is gone. */
export async function withProfile(
  work: (launch: (more?: LaunchOptions) => Promise<Browser>, profile: string) => Promise<void>,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'plimsoll-profile-'))
  const launched: Browser[] = []
  try {
    await work(async (more) => {
      const puppet = await launchWhole(profile, more)
      launched.push(puppet)
      return puppet
    }, profile)
  } finally {
    for (const puppet of launched) {
      const process = puppet.process()
      if (process?.exitCode === null && process.signalCode === null) await puppet.close()
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
}

/** Firefox, on the folder of a profile that outlives it. */
export const launchFirefox = (profile: string): Promise<BrowserContext> =>
  firefox.launchPersistentContext(profile, { channel: 'moz-firefox', executablePath: findFirefox() as string })

/** The processes of the browser that runs on a profile: itself, and those that it has started. */
const processesOf = (profile: string): number[] =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(profile))
    .map((line) => Number.parseInt(line, 10))

/** Kills the browser that runs on a profile. */
function killAll(profile: string): void {
  for (const id of processesOf(profile)) {
    try {
      process.kill(id, 'SIGKILL')
    } catch {
      // It went with its parent.
    }
  }
}

/** A browser that may be killed, on a profile that outlives it. */
export interface Mortal {
  newPage(): Promise<MortalPage>
  kill(): void
  isGone(): boolean
  close(): Promise<unknown>
}
export type MortalPage = Pick<Page, 'goto' | 'evaluate' | 'waitForFunction' | 'reload'>

/** Does `work` with a profile of Chromium, or of Firefox, and removes it when the last browser of it is gone. */
export const mortals: {
  readonly [engine in 'Chromium' | 'Firefox']: (work: (launch: () => Promise<Mortal>) => Promise<void>) => Promise<void>
} = {
  Chromium: (work) =>
    withProfile((launch) =>
      work(async () => {
        const puppet = await launch()
        let isGone = false
        void gone(puppet).then(() => {
          isGone = true
        })
        return {
          newPage: () => puppet.newPage(),
          kill: () => void puppet.process()?.kill('SIGKILL'),
          isGone: () => isGone,
          close: () => puppet.close(),
        }
      }),
    ),
  async Firefox(work) {
    const profile = await mkdtemp(join(tmpdir(), 'plimsoll-firefox-'))
    try {
      await work(async () => {
        const context = await launchFirefox(profile)
        return {
          newPage: () => context.newPage() as unknown as Promise<MortalPage>,
          kill: () => killAll(profile),
          isGone: () => !processesOf(profile).length,
          close: () => context.close(),
        }
      })
    } finally {
      killAll(profile)
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    }
  },
}

/** Waits until a browser that is killed has gone. */
export const gone = (puppet: Browser): Promise<unknown> =>
  new Promise((done) => {
    const process = puppet.process()
    if (!process || process.exitCode !== null || process.signalCode !== null) done(undefined)
    else process.once('exit', done)
  })

export async function openIn<P extends MortalPage>(browser: { newPage(): Promise<P> }, url: string): Promise<P> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.waitForFunction(() => (window as any).seen?.some((one: { type: string }) => one.type === 'ready'))
  return page
}

/** A generator of chance that repeats: the rounds of one seed are the same everywhere. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
