import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio, paste, textOf } from './studio.ts'

const FILE = '{\n  "version": 1,\n  "product": "Örtsch & Söhne",\n  "triggers": []\n}\n'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

/** A browser without pickers for files, as Firefox and Safari are. */
const withoutPickers = (page: Desk['page']) =>
  page.addInitScript(() => {
    Object.assign(window, { showOpenFilePicker: undefined, showSaveFilePicker: undefined })
  })

/** Files of the visitor's, in memory: no picker can be answered from outside. */
const withPickers = (page: Desk['page']) =>
  page.addInitScript((text) => {
    const files = { text, saved: [] as string[] }
    const handle = {
      name: 'mine.json',
      getFile: async () => new File([files.text], 'mine.json'),
      createWritable: async () => {
        let written = ''
        return {
          write: async (part: string) => {
            written += part
          },
          close: async () => {
            files.saved.push(written)
          },
        }
      },
    }
    Object.assign(window, {
      files,
      showOpenFilePicker: async () => [handle],
      showSaveFilePicker: async () => {
        throw new DOMException('none chosen', 'AbortError')
      },
    })
  }, FILE)

test('opens a file of the visitor’s and saves it in its place', async () => {
  desk = await openStudio({ before: withPickers })
  const { page } = desk
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByText('Opened mine.json.').waitFor()
  await page.locator('.cm-content').getByText('"Örtsch & Söhne"').dblclick()
  await page.keyboard.type('X')
  await page.keyboard.press('Control+s')
  await page.getByText('Saved mine.json.').waitFor()
  const saved: string[] = await page.evaluate('files.saved')
  expect(saved).toHaveLength(1)
  await expect.poll(() => textOf(page)).toBe(saved[0])
  expect(saved[0]).toContain('X')
})

test('saves nothing where no place is chosen', async () => {
  desk = await openStudio({ before: withPickers })
  await desk.page.getByRole('button', { name: 'Save' }).click()
  expect(await desk.page.evaluate('files.saved')).toEqual([])
  expect(await desk.page.locator('.said').innerText()).toBe('')
})

test('takes an upload and gives a download where the browser has no pickers', async () => {
  desk = await openStudio({ before: withoutPickers })
  const { page } = desk
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open', exact: true }).click(),
  ])
  await chooser.setFiles({ name: 'theirs.json', mimeType: 'application/json', buffer: Buffer.from(FILE) })
  await page.getByText('Opened theirs.json.').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('theirs.json')
  expect(await readFile(await download.path(), 'utf8')).toBe(FILE)
  expect(desk.faults).toEqual([])
})

test('keeps the work in progress over a reload', async () => {
  desk = await openStudio()
  const { page } = desk
  await paste(page, FILE)
  await expect.poll(() => textOf(page)).toBe(FILE)
  await page.getByLabel('Name of the file').fill('work.json')
  await page.reload()
  await page.locator('.cm-content').getByText('Örtsch').waitFor()
  expect(await page.getByLabel('Name of the file').inputValue()).toBe('work.json')
})

test('loses not even the last key to a reload', async () => {
  desk = await openStudio()
  const { page } = desk
  await page.locator('.cm-content').getByText('"Tally"').dblclick()
  await page.keyboard.type('Q')
  await page.reload()
  await expect.poll(() => page.locator('.cm-content').innerText()).toMatch(/"product": "?Q/)
})

test('carries the file in a link, to a colleague who sees the same', async () => {
  desk = await openStudio()
  const { page } = desk
  await paste(page, FILE)
  await page
    .getByText(/No fault|advice|fault/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByText(/^Link copied/).waitFor()
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()))
  expect(link.pathname).toBe('/tools/desk/')
  const colleague = await openStudio({ path: link.hash })
  await colleague.page.getByText('Opened from a link.').waitFor()
  await expect.poll(() => textOf(colleague.page)).toBe(FILE)
  // What they go on to write is theirs: no reload brings the link's text back.
  expect(colleague.page.url()).toBe(colleague.url)
  await colleague.page.reload()
  await colleague.page.locator('.cm-content').getByText('Örtsch').waitFor()
  expect(colleague.asked.every((path) => path.startsWith('/tools/desk/'))).toBe(true)
  expect(colleague.faults).toEqual([])
  await colleague.close()
})

test('says that a link was cut short, and opens what there is', async () => {
  desk = await openStudio({ path: '#file=AAAA' })
  await desk.page.getByText(/it may have been cut short/).waitFor()
  await desk.frame.locator('[data-plimsoll-widget="banner"]').waitFor()
})

test('begins with any of the examples, and gives what was open back', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  for (const [name, widget] of [
    ['Per-seat tool', 'panel'],
    ['Usage-priced API', 'banner'],
    ['Storage product', 'banner'],
    ['Two-plan starter', 'banner'],
  ] as const) {
    await page.getByRole('button', { name: 'Examples' }).click()
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await page.getByText(`Opened the example “${name}”.`).waitFor()
    await frame.locator(`[data-plimsoll-widget="${widget}"]`).waitFor()
    await page.getByText('No fault, no advice').waitFor()
  }
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+z')
  await page.locator('.cm-content').getByText('"Locker"').waitFor()
  expect(desk.faults).toEqual([])
})

test('sends nothing anywhere: its policy lets no connection out', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await frame.locator('[data-plimsoll-widget]').waitFor()
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self' 'sha256-[\w+/=]+'; /)
  expect(policy).toContain("connect-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/)
  const refused = await page.evaluate(async () => {
    const elsewhere = 'https://elsewhere.example/'
    const told: string[] = []
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => told.push(effectiveDirective))
    await fetch(elsewhere).catch(() => {})
    new Image().src = elsewhere
    navigator.sendBeacon('./beacon', 'text')
    const form = document.createElement('form')
    form.action = elsewhere
    document.body.append(form)
    form.submit()
    await new Promise((done) => setTimeout(done, 200))
    return told.sort()
  })
  expect(refused).toEqual(['connect-src', 'connect-src', 'form-action', 'img-src'])
  expect(desk.asked.filter((path) => !path.startsWith('/tools/desk/'))).toEqual([])
})
