import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio } from './studio.ts'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

test('draws the first trigger’s real widget, with figures of the chosen persona', async () => {
  desk = await openStudio()
  const banner = desk.frame.locator('[data-plimsoll-widget="banner"]')
  await banner.getByText('9 of 10 forms used').waitFor()
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
