/** Whole Chromium under puppeteer: tabs that are really hidden, frozen or cached, and profiles that outlive a browser. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer, { type Browser, type LaunchOptions, type Page } from 'puppeteer-core'
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

/** Waits until a browser that is killed has gone. */
export const gone = (puppet: Browser): Promise<unknown> =>
  new Promise((done) => {
    const process = puppet.process()
    if (!process || process.exitCode !== null || process.signalCode !== null) done(undefined)
    else process.once('exit', done)
  })

export async function openIn(puppet: Browser, url: string): Promise<Page> {
  const page = await puppet.newPage()
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
