import { afterAll, afterEach, expect, test } from 'vitest'
import { longestTask, slowness } from '../e2e/trace.ts'
import { closeBrowser, type Desk, openStudio } from './studio.ts'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

async function openSimulate(): Promise<void> {
  desk = await openStudio()
  await desk.page.getByRole('tab', { name: 'Simulate' }).click()
  await table('Prompts per user per week').waitFor()
}

const table = (name: string) => desk.page.getByRole('region', { name, exact: true })
const rows = (name: string) =>
  table(name)
    .locator('tbody tr')
    .evaluateAll((found) => found.map((row) => [...row.children].map(({ textContent }) => textContent)))

test('draws who sees how much, and says the same in a table under each picture', async () => {
  await openSimulate()
  const { page } = desk
  const weeks = await rows('Prompts per user per week')
  expect(weeks.map(([persona]) => persona)).toEqual([
    'solo-trialist',
    'growing-admin',
    'member',
    'heavy-user',
    'dormant',
  ])
  for (const name of ['Prompts per user per week', 'The funnel of each trigger', 'Why prompts were kept back'])
    await page.getByRole('img', { name: `${name}` }).waitFor()
  // As many bars as the table has figures over nothing.
  const bars = page.getByRole('img', { name: /^The funnel/ }).locator('g[aria-label="bar"] rect')
  const funnel = await rows('The funnel of each trigger')
  expect(await bars.count()).toBe(funnel.length * 4)
  const figures = await page
    .getByRole('img', { name: /^The funnel/ })
    .locator('g[aria-label="text"] text')
    .allTextContents()
  expect(figures.toSorted()).toEqual(funnel.flatMap(([, ...cells]) => cells.slice(0, 4)).toSorted())
  expect(desk.faults).toEqual([])
})

test('shows a bar’s figures where it is pointed at', async () => {
  await openSimulate()
  const { page } = desk
  const picture = page.getByRole('img', { name: /^Prompts per user per week/ })
  await picture.scrollIntoViewIfNeeded()
  const [, , none] = (await rows('Prompts per user per week'))[0]!
  const bar = (await picture.locator('g[aria-label="bar"] rect').first().boundingBox())!
  await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2)
  await picture.locator('g[aria-label="tip"]').getByText(`No prompt: ${none} of weeks`).waitFor()
})

test('shows the same figures in every picture as in the table under it', async () => {
  await openSimulate()
  const { page } = desk
  await page.getByText(/^User \d+ of this run/).waitFor()
  /** What is said where a shape of a picture is pointed at, line by line. */
  const pointAt = async (name: RegExp, shape: string): Promise<readonly string[]> => {
    const picture = page.getByRole('img', { name })
    const one = picture.locator(shape).first()
    await one.waitFor()
    await picture.scrollIntoViewIfNeeded()
    await one.hover({ force: true })
    const lines = picture.locator('g[aria-label="tip"] tspan')
    await lines.first().waitFor()
    return lines.evaluateAll((all) => all.map(({ textContent }) => textContent!.replace(/\u200b/g, '').trim()))
  }
  const [trigger, stage] = await pointAt(/^The funnel/, 'g[aria-label="bar"] rect')
  const funnel = await rows('The funnel of each trigger')
  expect(stage).toBe(`Shown: ${funnel.find(([id]) => id === trigger)?.[1]}, 100% of those shown`)

  const [by, reason] = await pointAt(/^Why prompts/, 'g[aria-label="bar"] rect')
  const header = await table('Why prompts were kept back').locator('thead th').allTextContents()
  const withheld = await rows('Why prompts were kept back')
  const [name, times] = reason!.split(': ')
  expect(withheld.find(([kept]) => kept === name)?.[header.indexOf(by!)]).toBe(times)

  const [day, ...happened] = await pointAt(/^The days of one user/, 'rect[fill="var(--part-1)"]')
  const days = await rows('The days of one user')
  expect(days.find(([told]) => told === day)?.[1]).toBe(happened.join('; '))
})

test('plays one user’s days, of each persona, and another’s', async () => {
  await openSimulate()
  const { page } = desk
  await page.getByText(/^User \d+ of this run, a growing-admin\.$/).waitFor()
  const days = page.getByRole('img', { name: /^The days of one user/ }).locator('g[aria-label="cell"] rect')
  await expect.poll(() => days.count()).toBe(90)
  await page.getByLabel('Persona', { exact: true }).selectOption('dormant')
  await page.getByText(/^User \d+ of this run, a dormant\.$/).waitFor()
  const first = await page.getByText(/^User \d+ of this run/).innerText()
  await page.getByRole('button', { name: 'Another user' }).click()
  await expect.poll(() => page.getByText(/^User \d+ of this run, a dormant\.$/).innerText()).not.toBe(first)
})

test('lays the days out as a calendar does: a column is a week that begins on a Monday', async () => {
  await openSimulate()
  const { page } = desk
  const cells = page.getByRole('img', { name: /^The days of one user/ }).locator('g[aria-label="cell"] rect')
  await cells.first().waitFor()
  const places = await cells.evaluateAll((rects) =>
    rects.map((rect) => ['x', 'y'].map((at) => Number(rect.getAttribute(at)))),
  )
  const [top] = places.map(([, y]) => y!).sort((a, b) => a - b)
  for (const [i, [x, y]] of places.entries()) {
    if (!i) continue
    const [lastX, lastY] = places[i - 1]!
    // A Monday begins the next column at its top; every other day stands below the one before it.
    if (y === top) expect(x).toBeGreaterThan(lastX!)
    else expect([x, y! > lastY!]).toEqual([lastX, true])
  }
})

test('gives the same result for the same seed, and another for another', async () => {
  await openSimulate()
  const { page } = desk
  const before = await rows('The funnel of each trigger')
  const seed = page.getByLabel('Seed')
  await seed.fill('2')
  await expect.poll(() => rows('The funnel of each trigger')).not.toEqual(before)
  await seed.fill('1')
  await expect.poll(() => rows('The funnel of each trigger')).toEqual(before)
})

test('plays as many users and days, by the same seed, when it is come back to', async () => {
  await openSimulate()
  const { page } = desk
  await page.getByLabel('Users', { exact: true }).selectOption('200')
  await page.getByLabel('Days', { exact: true }).selectOption('30')
  await page.getByLabel('Seed').fill('7')
  await page.getByRole('tab', { name: 'Why' }).click()
  await page.getByRole('tab', { name: 'Simulate' }).click()
  await table('Prompts per user per week').waitFor()
  expect(await page.getByLabel('Users', { exact: true }).inputValue()).toBe('200')
  expect(await page.getByLabel('Days', { exact: true }).inputValue()).toBe('30')
  expect(await page.getByLabel('Seed').inputValue()).toBe('7')
})

test('plays the file anew when it is edited', async () => {
  await openSimulate()
  const { page } = desk
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.locator('summary', { hasText: 'first-forms' }).click()
  await page.locator('details[open]', { hasText: 'first-forms' }).getByLabel('Switched on').uncheck()
  await expect
    .poll(async () => (await rows('The funnel of each trigger')).find(([id]) => id === 'first-forms')?.[1])
    .toBe('0')
})

test('never stutters: neither while lives are played, nor as the pictures of them are drawn', async () => {
  await openSimulate()
  const { page } = desk
  const longest = await longestTask(page, async () => {
    await page.getByLabel('Users', { exact: true }).selectOption('5000')
    await page.getByText('of 5,000 users').first().waitFor()
    await page.getByRole('img', { name: /^Why prompts/ }).waitFor()
  })
  expect(longest / (await slowness(page))).toBeLessThanOrEqual(50)
})

test('never makes the page wait, says how far it is, and stops what nobody waits for any more', async () => {
  await openSimulate()
  const { page } = desk
  await page.getByLabel('Users', { exact: true }).selectOption('20000')
  const done = () => page.getByRole('progressbar', { name: 'Playing' }).evaluate((bar: any) => bar.value as number)
  await expect.poll(done).toBeGreaterThan(0)
  // While twenty thousand lives are played, which takes seconds, the page draws on.
  const longest = await page.evaluate(async () => {
    let before = performance.now()
    let gap = 0
    for (let i = 0; i < 30; i++) {
      await new Promise((drawn) => requestAnimationFrame(drawn))
      gap = Math.max(gap, performance.now() - before)
      before = performance.now()
    }
    return gap
  })
  expect(longest).toBeLessThan(1000)
  expect(await done()).toBeLessThan(1)
  const workers = () => page.workers().length
  await page.getByLabel('Users', { exact: true }).selectOption('200')
  await page.getByText('of 200 users').waitFor()
  await expect.poll(workers).toBe(0)
})

test('draws each picture whole, however narrow the pane is', async () => {
  desk = await openStudio({ viewport: { width: 160, height: 1400 } })
  const { page } = desk
  await page.getByRole('tab', { name: 'Simulate' }).click()
  for (const name of [/^Prompts per user/, /^The days of one user/, /^The funnel/, /^Why prompts/]) {
    const picture = page.getByRole('img', { name })
    await picture.waitFor()
    const [drawn, room] = await picture.evaluate((svg) => [svg.clientWidth, svg.parentElement!.clientWidth])
    expect(drawn).toBeLessThanOrEqual(room!)
  }
  // A bar of less than nothing is told as an error of the page.
  expect(desk.faults).toEqual([])
})
