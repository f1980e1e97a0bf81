import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio } from './studio.ts'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

const FILE = `{
  "version": 1,
  "personas": [
    { "id": "founder", "weight": 9999, "plan": "free", "usage": { "forms": { "from": "50%", "to": "120%" } }, "visits": { "perWeek": 5 } },
    { "id": "guest", "role": "viewer" }
  ]
}
`

/** A browser without pickers for files: the choice can be answered from outside. */
const withoutPickers = (page: Desk['page']) =>
  page.addInitScript(() => {
    Object.assign(window, { showOpenFilePicker: undefined, showSaveFilePicker: undefined })
  })

const tab = (name: string) => desk.page.getByRole('tab', { name }).click()
const people = () => desk.page.getByRole('region', { name: 'Who the users are' })
const editor = () => people().locator('.cm-content')
const personas = (name: string) =>
  desk.page.getByRole('region', { name, exact: true }).locator('tbody th').allTextContents()

async function openJourneys(text: string): Promise<void> {
  desk = await openStudio({ before: withoutPickers })
  await tab('Simulate')
  await give(text)
}

async function give(text: string): Promise<void> {
  const [chooser] = await Promise.all([
    desk.page.waitForEvent('filechooser'),
    people().getByRole('button', { name: 'Open a journeys file' }).click(),
  ])
  await chooser.setFiles({ name: 'ours.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await desk.page.getByText('Opened ours.json.').waitFor()
}

test('plays the personas of a journeys file, and says so where somebody is too rare to be met', async () => {
  await openJourneys(FILE)
  const { page } = desk
  await people().getByText('Played by ours.json: 2 personas.').waitFor()
  await expect.poll(() => personas('Prompts per user per week')).toEqual(['founder', 'guest'])
  await page.getByText('No user of this run is a guest: it is too rare among so few.').waitFor()
  await page.getByLabel('Persona', { exact: true }).selectOption('founder')
  await page.getByText(/^User \d+ of this run, a founder\.$/).waitFor()
  await people().getByRole('button', { name: 'Back to the stock personas' }).click()
  await people().getByText('Played by five stock personas.').waitFor()
  await expect.poll(() => personas('Prompts per user per week')).toContain('solo-trialist')
  expect(desk.faults).toEqual([])
})

test('tells each fault of a journeys file with its place, and leads there', async () => {
  await openJourneys(FILE.replace('"free"', '"fre"').replace('"visits"', '"visit"'))
  await people().getByText('2 faults: nothing new is played until none is left.').waitFor()
  const [plan, key] = await people()
    .getByRole('button', { name: /^Fault/ })
    .allInnerTexts()
  expect(plan).toMatch(/4:\d+/)
  expect(plan).toContain('Did you mean free?')
  expect(key).toContain('Did you mean visits?')
  await people()
    .getByRole('button', { name: /Did you mean free/ })
    .click()
  await people().locator('.cm-lintRange-error', { hasText: '"fre"' }).waitFor()
  await people().locator('.cm-content:focus').waitFor()
  await desk.page.keyboard.type('"free"')
  await people().getByText('1 fault: nothing new is played until none is left.').waitFor()
  await people()
    .getByRole('button', { name: /Did you mean visits/ })
    .click()
  // The editor lost its focus to the button, and gets it back when the place is found.
  await people().locator('.cm-content:focus').waitFor()
  await desk.page.keyboard.type('"visits"')
  await people().getByText('Played by ours.json: 2 personas.').waitFor()
  await expect.poll(() => personas('Prompts per user per week')).toEqual(['founder', 'guest'])
  expect(desk.faults).toEqual([])
})

test('writes the stock personas out, to be changed, and keeps them over a reload', async () => {
  desk = await openStudio({ before: withoutPickers })
  const { page } = desk
  await tab('Simulate')
  await people().getByRole('button', { name: 'Write your own' }).click()
  await people().getByText('Played by journeys.json: 5 personas.').waitFor()
  await editor()
    .getByText('"solo-trialist"')
    .dblclick({ position: { x: 20, y: 8 } })
  await page.keyboard.type('lone')
  await expect.poll(() => personas('Prompts per user per week')).toContain('lone-trialist')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    people().getByRole('button', { name: 'Save it' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('journeys.json')
  await page.reload()
  await tab('Simulate')
  await people().getByText('Played by journeys.json: 5 personas.').waitFor()
  await expect.poll(() => personas('Prompts per user per week')).toContain('lone-trialist')
})

test('compares two files by the same journeys', async () => {
  await openJourneys(FILE)
  const { page } = desk
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.getByLabel('Name of the product').waitFor()
  await page.locator('summary', { hasText: 'forms-limit' }).click()
  await page.getByLabel('Speaks from, in percent of the limit').fill('95')
  await tab('Compare')
  await page.getByText('1,000 users over 90 days, in both files; played by ours.json.').waitFor()
  await expect.poll(() => personas('Who sees more or fewer prompts')).toEqual(['founder', 'guest'])
  await page.getByRole('button', { name: 'Choose who is played' }).click()
  await give(FILE.replace('"free"', '"gold"'))
  await tab('Compare')
  await page.getByText('ours.json has 1 fault, so that nobody can be played.').waitFor()
  await page.getByRole('button', { name: 'Mend them under Simulate' }).click()
  await people()
    .getByRole('button', { name: /^Fault.*gold/ })
    .waitFor()
})
