import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio } from './studio.ts'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

async function openWhy(): Promise<void> {
  desk = await openStudio()
  await desk.page.getByRole('tab', { name: 'Why' }).click()
}

const headline = (text: string) => desk.page.getByRole('status').getByText(text, { exact: true }).waitFor()
const card = (id: string) =>
  desk.page.getByRole('listitem').filter({ has: desk.page.getByRole('heading', { name: id }) })

test('says of every trigger whether it shows, and why not', async () => {
  await openWhy()
  await headline('“forms-limit” shows now.')
  await card('branding').getByText('Nobody is near Custom branding').waitFor()
  await card('first-forms').getByText('“forms-limit” wins now; one prompt is shown at a time.').waitFor()
})

test('follows each slider, by keyboard too', async () => {
  await openWhy()
  const { page } = desk
  await page.getByRole('slider', { name: 'forms', exact: true }).fill('5')
  await headline('Nothing shows now.')
  await card('forms-limit').getByText('Usage is at 50%, and it speaks from 80%.').waitFor()
  await page.getByRole('slider', { name: 'forms', exact: true }).fill('8')
  await headline('“forms-limit” shows now.')
  await page.getByRole('slider', { name: 'Health' }).fill('10')
  await card('forms-limit').getByText('The account’s health is 10, and under 50 nobody is sold to.').waitFor()
  await page.getByRole('slider', { name: 'Health' }).fill('90')
  await page.getByRole('checkbox', { name: 'branding' }).check()
  await headline('“branding” shows now.')
  await page.getByRole('slider', { name: 'Age of the account' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await card('branding')
    .getByText(/The account is too young for this/)
    .waitFor()
  await page.getByLabel('Plan').selectOption('pro')
  await card('branding').getByText('The account has Custom branding already').waitFor()
  expect(desk.faults).toEqual([])
})

test('remembers what the user did with a prompt, and lets time pass over it', async () => {
  await openWhy()
  const { page } = desk
  for (let day = 0; day < 3; day++) {
    await headline('“forms-limit” shows now.')
    await card('forms-limit').getByRole('button', { name: 'Refuse it' }).click()
    await card('forms-limit')
      .getByText(/shown once in one session|stays quiet/)
      .first()
      .waitFor()
    if (day < 2) await page.getByRole('button', { name: 'A day later' }).click()
  }
  await card('forms-limit')
    .getByText(/It was refused 3 times, so it stays quiet until/)
    .waitFor()
  const days = await page.getByLabel('Clock').inputValue()
  await page.getByLabel('Clock').fill(String(Number(days) + 31))
  await headline('“forms-limit” shows now.')
  await page.getByRole('button', { name: 'Forget all of it' }).click()
  expect(await page.getByRole('region', { name: 'What happened before' }).count()).toBe(0)
})

test.each([390, 1024])(
  'says what shows while a slider is drawn, however far down it stands, at %i px',
  async (width) => {
    desk = await openStudio({ viewport: { width, height: 600 } })
    const { page } = desk
    await page.getByRole('tab', { name: 'Why' }).click()
    await page.getByText('More about this moment').click()
    for (const control of [
      page.getByRole('slider', { name: 'forms', exact: true }),
      page.getByLabel('Clock'),
      page.getByLabel('age', { exact: true }),
    ]) {
      await control.scrollIntoViewIfNeeded()
      const box = (await page.getByRole('status').getByText('“forms-limit” shows now.').boundingBox())!
      expect(box.y).toBeGreaterThanOrEqual(0)
      expect(box.y + box.height).toBeLessThan(600)
    }
  },
)

test('leads from a verdict to the prompt', async () => {
  await openWhy()
  await card('first-forms').getByRole('button', { name: 'Preview it: first-forms' }).click()
  await desk.frame.locator('[data-plimsoll-trigger="first-forms"]').waitFor()
})

test('follows the file as it is edited', async () => {
  await openWhy()
  await desk.page.getByRole('radio', { name: 'Form', exact: true }).check()
  await desk.page.locator('summary', { hasText: 'forms-limit' }).click()
  await desk.page.getByLabel('Switched on').first().uncheck()
  await card('forms-limit').getByText('It is switched off in the file: "enabled" is false.').waitFor()
})
