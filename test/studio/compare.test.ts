import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio, paste, textOf } from './studio.ts'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

const openCompare = async (): Promise<void> => {
  desk = await openStudio({
    before: (page) =>
      page.addInitScript(() => {
        Object.assign(window, { showOpenFilePicker: undefined })
      }),
  })
  await desk.page.getByRole('tab', { name: 'Compare' }).click()
}

test('finds no difference in how a file is written', async () => {
  await openCompare()
  const { page } = desk
  await page.getByText('Both files mean the same.').waitFor()
  await paste(page, JSON.stringify(JSON.parse(await textOf(page))))
  await page.locator('.cm-content').getByText('{"$schema"').waitFor()
  await page.getByText('No fault, no advice').waitFor()
  await page.getByText('Both files mean the same.').waitFor()
  expect(desk.faults).toEqual([])
})

test('says that it speaks of the file as it was, while its text cannot be read, as every other view does', async () => {
  await openCompare()
  const { page } = desk
  await paste(page, '{ "version": 1, ')
  for (const name of ['Compare', 'Why', 'Simulate', 'Preview']) {
    await page.getByRole('tab', { name }).click()
    await page
      .getByRole('tabpanel')
      .getByText('The text cannot be read just now: this is how it was before.')
      .waitFor({ timeout: 5000 })
  }
  expect(desk.faults).toEqual([])
})

test('says what an edit changes, and who sees more or fewer prompts for it', async () => {
  await openCompare()
  const { page } = desk
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.locator('summary', { hasText: 'forms-limit' }).click()
  await page.getByLabel('Speaks from, in percent of the limit').fill('95')
  const changes = page.getByRole('region', { name: 'What changed' })
  await changes.getByText('at: was 80 %, 100 %, is 95 %').waitFor()
  const table = page.getByRole('region', { name: 'Who sees more or fewer prompts', exact: true }).locator('table')
  await table.waitFor()
  expect(await table.locator('tbody tr', { hasText: 'growing-admin' }).innerText()).toMatch(
    /fewer[\s\S]*→[\s\S]*forms-limit/,
  )
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await page.getByText('Copied as Markdown').waitFor()
  const markdown = await page.evaluate(() => navigator.clipboard.readText())
  expect(markdown).toContain('### What this edit changes')
  expect(markdown).toContain('- **forms-limit**, at: was 80 %, 100 %, is 95 %')
  expect(markdown).toMatch(/\| growing-admin \(fewer\) \|/)
})

test('compares with the file as it was opened, after a reload too', async () => {
  await openCompare()
  const { page } = desk
  await page.locator('.cm-content').getByText('"Tally"').dblclick()
  await page.keyboard.type('Slate')
  const change = page.getByRole('region', { name: 'What changed' }).getByText('product: was Tally, is Slate')
  await change.waitFor()
  await page.reload()
  await page.getByRole('tab', { name: 'Compare' }).click()
  await change.waitFor()
})

test('compares with an older file that is opened', async () => {
  await openCompare()
  const { page } = desk
  await page.locator('.cm-content').getByText('"Tally"').dblclick()
  await page.keyboard.type('X')
  await expect.poll(() => textOf(page)).toContain('X')
  const older = JSON.parse((await textOf(page)).replace(/"product": .*/, '"product": "Tally",'))
  older.triggers = older.triggers.slice(1)
  older.triggers.push({ id: 'old', type: 'team_growth' })
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open an older file' }).click(),
  ])
  await chooser.setFiles({
    name: 'older.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(older)),
  })
  await page.getByText('Compared with older.json').waitFor()
  const changes = page.getByRole('region', { name: 'What changed' })
  await expect.poll(() => changes.innerText()).toMatch(/Added\s+forms-limit\s+Removed\s+old/)
  await page.getByRole('button', { name: 'Compare with the file as it was opened' }).click()
  await page.getByText('Compared with the file as it was opened').waitFor()
})
