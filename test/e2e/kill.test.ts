/** Section 6, refusals: whatever dies right after the user has answered, the answer stays. */

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import {
  action,
  arrive,
  call,
  closeBrowser,
  event,
  events,
  exampleConfig,
  type Host,
  near,
  newVisitor,
  reasons,
  startHost,
  widget,
} from './host.ts'
import { chance, gone, openIn, type Puppet, withProfile } from './profile.ts'
import { found, hold, plain } from './stored.ts'

let host: Host
afterEach(() => host.close())
afterAll(closeBrowser)

/** One refusal silences for 30 days, so that a kept one shows in `explain`, and in nothing else. */
const quiet = exampleConfig({
  triggers: [
    {
      id: 'projects-80',
      type: 'limit_approaching',
      resource: 'projects',
      suppress: { dismissals: 1, quiet: '30d' },
      snooze: '7d',
    },
  ],
})

describe('a browser that is killed', () => {
  /** Tells the server of the widget's end, and whether it closed on its commit or because 100 ms were over. */
  const script = `${near}
    let clickedAt
    addEventListener('click', () => { clickedAt = performance.now() }, true)
    const isShown = () => !!document.querySelector('plimsoll-root')?.shadowRoot.querySelector('[data-plimsoll-widget]')
    const roots = new Set()
    let wasShown = false
    const look = () => {
      const root = document.querySelector('plimsoll-root')
      if (root && !roots.has(root)) { roots.add(root); observer.observe(root.shadowRoot, { childList: true, subtree: true }) }
      if (wasShown && !isShown() && clickedAt) fetch(performance.now() - clickedAt < 90 ? '/closed/on-commit' : '/closed/late')
      wasShown = isShown()
    }
    const observer = new MutationObserver(look)
    observer.observe(document.documentElement, { childList: true })
  `

  /** Resolves when the page has told of the widget's end; the browser is dead by then, killed as the request came. */
  async function answerAndDie(puppet: Puppet, name: string, afterMs: number): Promise<'on-commit' | 'late'> {
    let resolve: (how: 'on-commit' | 'late') => void = () => {}
    const closed = new Promise<'on-commit' | 'late'>((done) => {
      resolve = done
    })
    const end = (how: 'on-commit' | 'late') => () => {
      puppet.process()?.kill('SIGKILL')
      resolve(how)
      return { body: '' }
    }
    host.options = { ...host.options, routes: { '/closed/on-commit': end('on-commit'), '/closed/late': end('late') } }
    const page = await openIn(puppet, host.origin)
    const button = `document.querySelector('plimsoll-root')?.shadowRoot.querySelector('[data-plimsoll-action="${name}"]')`
    await page.waitForFunction(button)
    void page.evaluate(`setTimeout(() => ${button}.click(), ${afterMs})`).catch(() => {})
    return closed
  }

  // A profile takes two starts of the browser: a few rounds always, many when there is time.
  const rounds = process.env.PLIMSOLL_LONG ? 40 : 3
  const random = chance(20261122)
  const seeds = Array.from({ length: rounds }, (_, i) => ({
    round: i + 1,
    name: ['dismiss', 'snooze', 'stop'][i % 3] as string,
    afterMs: Math.floor(random() * 1500),
  }))

  test.each(seeds)(
    'as the widget closed shows it no more: round $round, $name after $afterMs ms',
    async ({ name, afterMs }) => {
      host = await startHost(quiet, { script })
      // On a busy machine a commit may take longer than the 100 ms that a user waits: then nothing was promised yet.
      for (let tries = 1; ; tries++) {
        let isKept = false
        await withProfile(async (launch) => {
          let puppet = await launch()
          const how = await answerAndDie(puppet, name, afterMs)
          await gone(puppet)
          if (how === 'late' && tries < 5) return
          expect(how).toBe('on-commit')

          puppet = await launch()
          const page = await openIn(puppet, host.origin)
          const explained = await page.evaluate(() => (window as any).plimsoll.explain('projects-80'))
          const why = explained[0].reasons.map(({ reason }: { reason: string }) => reason)
          expect(why).toEqual(
            expect.arrayContaining(
              name === 'stop' ? ['opted_out', 'quiet'] : name === 'snooze' ? ['quiet', 'snoozed'] : ['quiet'],
            ),
          )
          isKept = true
        })
        if (isKept) return
      }
    },
    180_000,
  )
})

describe('a page that ends right after the answer', () => {
  let visitor: BrowserContext
  let page: Page
  afterEach(() => visitor.close())

  async function open(): Promise<void> {
    host = await startHost(quiet, {
      script: `${near}addEventListener('plimsoll:click', (event) => event.preventDefault())`,
      routes: plain,
    })
    visitor = await newVisitor()
    page = await visitor.newPage()
    await page.goto(host.origin)
    await action(page, 'dismiss').waitFor()
  }

  /** Clicks, in the same task does `then`, and resolves as soon as the page has said that it clicked. */
  async function click(name: string, then = ''): Promise<void> {
    const said = page.waitForEvent('console', (message) => message.text() === 'clicked')
    const button = `document.querySelector('plimsoll-root').shadowRoot.querySelector('[data-plimsoll-action="${name}"]')`
    // Whoever ends here answers to nobody any more.
    page.evaluate(`${button}.click(); console.log('clicked'); ${then}`).catch(() => {})
    await said
  }

  const ends: readonly (readonly [how: string, end: (name: string) => Promise<unknown>])[] = [
    [
      'closed',
      async (name) => {
        await click(name)
        await page.close()
      },
    ],
    [
      'navigated in the same task',
      (name) => Promise.all([page.waitForURL('**/plain'), click(name, "location.href = '/plain'")]),
    ],
    [
      'crashed',
      async (name) => {
        const client = await visitor.newCDPSession(page)
        const crashed = page.waitForEvent('crash')
        await click(name)
        void client.send('Page.crash').catch(() => {})
        await crashed
      },
    ],
  ]
  const cases = ends.flatMap(([how, end]) => ['dismiss', 'snooze', 'primary'].map((name) => [how, name, end] as const))

  test.each(cases)('%s, keeps %s', async (_, name, end) => {
    await open()
    await end(name)
    page = await visitor.newPage()
    await arrive(page, host)
    if (name === 'primary') {
      await call(page, 'identify', { account: { id: 'acme', plan: 'pro' } })
      expect((await event(page, 'conversion')).exposures).toMatchObject([
        { outcome: 'shown' },
        { outcome: 'clicked', triggerId: 'projects-80' },
      ])
    } else {
      expect(await reasons(page, 'projects-80')).toEqual(
        expect.arrayContaining(name === 'snooze' ? ['quiet', 'snoozed'] : ['quiet']),
      )
    }
    expect(await widget(page, 'banner').count()).toBe(0)
    // What the journal kept through the end is handed over, and counted once.
    expect((await found(page)).items).toEqual({})
    expect(await events(page, 'impression')).toEqual([])
  })

  test('whose storage hangs, keeps a refusal in the journal until it can be handed over', async () => {
    await open()
    await event(page, 'impression')
    const holder = await visitor.newPage()
    await holder.goto(`${host.origin}/plain`)
    await hold(holder)
    await page.bringToFront()
    await click('dismiss')
    // Closed after 100 ms: nobody waits for a store that hangs.
    await expect.poll(() => widget(page, 'banner').count()).toBe(0)
    expect(await page.evaluate(() => Object.keys(localStorage).length)).toBe(1)
    await page.close()
    await holder.close()
    page = await visitor.newPage()
    await arrive(page, host)
    expect(await reasons(page, 'projects-80')).toContain('quiet')
    expect((await found(page)).items).toEqual({})
  })

  test('refused before it was ever counted, is counted as shown once and refused once', async () => {
    await open()
    await click('dismiss')
    await page.close()
    page = await visitor.newPage()
    for (const _ of [1, 2, 3]) {
      await arrive(page, host)
      const explained = (await call(page, 'explain', 'projects-80')) as {
        reasons: { reason: string; figures: object }[]
      }[]
      expect(explained[0]?.reasons.find(({ reason }) => reason === 'frequency')?.figures).toMatchObject({ shown: 1 })
    }
  })
})
