import { readFileSync } from 'node:fs'
import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio, paste } from './studio.ts'

const perSeat = readFileSync(new URL('../../demo/studio/examples/per-seat-tool.json', import.meta.url), 'utf8')

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

const choose = (label: string, value: string) =>
  desk.page.getByRole('tabpanel').getByLabel(label, { exact: true }).selectOption(value)
const pick = (name: string) => desk.page.getByRole('radio', { name, exact: true }).check()

test('draws the first trigger’s real widget, with figures of the chosen persona', async () => {
  desk = await openStudio()
  await desk.frame.locator('[data-plimsoll-widget="banner"]').getByText('9 of 10 forms used').waitFor()
  await choose('Persona', 'member')
  await desk.frame.getByRole('button', { name: 'Ask an admin' }).waitFor()
  expect(desk.faults).toEqual([])
})

test('draws what is typed, while it is typed, and leaves the caret where it is', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await frame.locator('[data-plimsoll-widget="banner"]').waitFor()
  await page.locator('.cm-content').getByText('"Tally"').dblclick()
  await page.keyboard.type('Slate')
  await frame.getByText('Slate').waitFor()
  await page.keyboard.type('board')
  await frame.getByText('Slateboard').waitFor()
  expect(desk.faults).toEqual([])
})

test('takes no focus from who writes, whatever dialog it draws', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await choose('Trigger', 'first-forms')
  await page.locator('.cm-content').getByText('"toast"').dblclick()
  await page.keyboard.type('modal')
  await frame.locator('dialog[data-plimsoll-widget="modal"]').waitFor()
  await page.keyboard.press('End')
  await page.keyboard.type(', "priority": 3')
  await page.getByText('No fault, no advice').waitFor()
  expect(await page.locator('.cm-content').innerText()).toContain('"surface": "modal", "priority": 3')
})

test('finds no fault in a file without a trigger, and says that there is nothing to draw', async () => {
  desk = await openStudio()
  const { page } = desk
  await paste(page, '{ "version": 1, "triggers": [] }')
  const said = 'The file has no trigger, or none without a fault'
  await page.getByText(`${said}: see the list below its text.`).waitFor()
  await page.getByText('No fault, no advice').waitFor()
  await page.getByRole('tab', { name: 'Simulate' }).click()
  await page.getByText(`${said}.`).waitFor()
})

test('draws each trigger as all that it may be seen as', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await paste(page, perSeat)
  const seen: string[] = []
  for (const trigger of ['boards-limit', 'sso-discovery', 'team-growth', 'board-milestones']) {
    await choose('Trigger', trigger)
    for (const way of await page.getByLabel('Seen as', { exact: true }).locator('option').all()) {
      await choose('Seen as', (await way.getAttribute('value'))!)
      const widget = frame.locator(`[data-plimsoll-trigger="${trigger}"]`)
      const name = await way.innerText()
      const kind = /Explainer/.test(name) ? 'explainer' : /comparison/.test(name) ? 'plans' : undefined
      await frame
        .locator(
          kind
            ? `[data-plimsoll-widget="${kind}"]`
            : /Block/.test(name)
              ? '[data-plimsoll-block]'
              : `[data-plimsoll-widget]:not([data-plimsoll-block])`,
        )
        .waitFor()
      seen.push(`${await widget.getAttribute('data-plimsoll-widget')}: ${name}`)
    }
  }
  expect(seen).toEqual([
    'banner: Banner',
    'banner: Block at the limit',
    'tooltip: Tooltip',
    'explainer: Explainer it opens',
    'tooltip: Block',
    'panel: Panel',
    'panel: Block of an invite',
    'modal: Modal',
    'plans: Plan comparison it opens',
  ])
  expect(desk.faults).toEqual([])
})

test('gives the page its width, scheme, language and direction', async () => {
  desk = await openStudio()
  const { frame } = desk
  const html = frame.locator('html')
  await frame.locator('[data-plimsoll-widget="banner"]').waitFor()
  for (const width of ['320', '768', '1280']) {
    await pick(width)
    await expect.poll(() => html.evaluate(() => innerWidth)).toBe(Number(width))
  }
  await pick('Dark')
  await expect.poll(() => html.evaluate((root) => getComputedStyle(root).colorScheme)).toBe('dark')
  await choose('Locale', 'ar')
  await expect
    .poll(() => html.evaluate((root) => `${root.getAttribute('dir')} ${root.getAttribute('lang')}`))
    .toBe('rtl ar')
  await choose('Direction', 'ltr')
  await expect.poll(() => html.getAttribute('dir')).toBe('ltr')
})

test('says of no prompt that another took the place of that it cannot be drawn', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await frame.locator('[data-plimsoll-widget="banner"]').waitFor()
  await page.getByRole('tab', { name: 'Why' }).click()
  // Another is asked for as soon as the first is begun, and before it is drawn.
  await page.evaluate(async () => {
    document.querySelector<HTMLElement>('#tab-preview')!.click()
    const lang = () => document.querySelector('iframe')?.contentDocument?.documentElement?.lang
    while (lang() !== 'en-US') await new Promise((done) => setTimeout(done))
    const list = [...document.querySelectorAll('#panel-preview select')].find(
      (one: any) => one.value === 'en-US',
    ) as any
    list.value = 'ar'
    list.dispatchEvent(new Event('change', { bubbles: true }))
  })
  await expect.poll(() => frame.locator('html').getAttribute('lang')).toBe('ar')
  await frame.locator('[data-plimsoll-widget="banner"]').waitFor()
  const note = page.getByRole('tabpanel').getByRole('status')
  await expect.poll(() => note.innerText()).toBe('')
})

test('fits the page into its pane, however wide it is', async () => {
  desk = await openStudio()
  await pick('1280')
  const room = desk.page.locator('.room')
  const fits = () => room.evaluate((element) => element.scrollWidth <= element.clientWidth)
  await desk.page.getByText(/1280 px, drawn at \d+%/).waitFor()
  expect(await fits()).toBe(true)
})

test.each([
  ['320', 1440, 900],
  ['768', 1440, 900],
  ['1280', 1024, 768],
])('shows all of a page of %s px in a window of %i by %i, to its foot', async (page, width, height) => {
  desk = await openStudio({ viewport: { width, height } })
  await pick(page)
  await choose('Trigger', 'first-forms')
  const toast = desk.frame.locator('[data-plimsoll-widget="toast"]')
  await toast.waitFor()
  const foot = async (part: typeof toast) => ((box) => box!.y + box!.height)((await part.boundingBox())!)
  await expect.poll(() => foot(toast)).toBeLessThan(height)
  expect(await foot(desk.page.getByRole('button', { name: 'Show it again' }))).toBeLessThan(height)
})

test('leads nowhere, and says where a click would lead and what it would mean', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await frame.getByRole('link', { name: 'Upgrade now' }).click()
  await page.getByText(/The link leads to .*\/billing\/upgrade\?plan=pro&from=forms-limit/).waitFor()
  await page.getByRole('button', { name: 'Show it again' }).click()
  await frame.getByRole('button', { name: 'Remind me later' }).click()
  await page.getByText('It was put off: a refusal, and silence until it may speak again.').waitFor()
  await expect.poll(() => frame.locator('[data-plimsoll-widget]').count()).toBe(0)
  expect(page.url()).toBe(desk.url)
})

test('says so where a trigger has a fault, and draws another one meanwhile', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await choose('Trigger', 'branding')
  await frame.locator('[data-plimsoll-widget="tooltip"]').waitFor()
  await page.locator('.cm-content').getByText('"feature_discovery"').dblclick()
  await page.keyboard.type('x')
  await page.getByText(/“branding” has a fault/).waitFor()
  await frame.locator('[data-plimsoll-widget="banner"]').waitFor()
})
