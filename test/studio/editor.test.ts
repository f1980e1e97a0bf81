import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio, paste, textOf } from './studio.ts'

let desk: Desk
afterEach(() => desk.close())
afterAll(closeBrowser)

const findings = () => desk.page.getByRole('region', { name: 'Faults and advice' })

test('proposes the keys and values that the schema has, and explains each', async () => {
  desk = await openStudio()
  const { page } = desk
  await paste(page, '{\n  "version": 1,\n  "triggers": [],\n  \n}')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('End')
  await page.keyboard.type('"gua')
  const option = page.getByRole('option', { name: 'guardrails' })
  await option.waitFor()
  const info = page.locator('.cm-completionInfo')
  await info.getByText('When an account is left in peace.').waitFor()
  // Where nothing covers or clips it.
  expect(
    await info.evaluate((box) => {
      const { left, top, width, height } = box.getBoundingClientRect()
      return box.contains((box.getRootNode() as ShadowRoot).elementFromPoint(left + width / 2, top + height / 2))
    }),
  ).toBe(true)
  await page.keyboard.press('Enter')
  await expect.poll(() => textOf(page)).toContain('"guardrails": {')
  expect(desk.faults).toEqual([])
})

test('explains what is pointed at', async () => {
  desk = await openStudio()
  await desk.page.locator('.cm-content').getByText('"neverBlock"').hover()
  await desk.page.locator('.cm-help').waitFor()
  expect(await desk.page.locator('.cm-help').innerText()).toMatch(/no block/i)
})

test('marks a fault where it stands, says how to mend it, and leads there', async () => {
  desk = await openStudio()
  const { page } = desk
  await paste(
    page,
    '{\n  "version": 1,\n  "plans": [{ "id": "a", "name": "A", "limits": { "forms": 10 } }],\n  "triggers": [\n    { "id": "x", "type": "limit_approaching", "resorce": "forms" }\n  ]\n}\n',
  )
  const fault = findings().getByRole('button', { name: /Fault.*resorce/ })
  await fault.waitFor()
  expect(await fault.innerText()).toMatch(/5:\d+/)
  expect(await fault.innerText()).toContain('Did you mean resource?')
  await page.locator('.cm-lintRange-error').first().waitFor()
  await fault.click()
  await page.locator('.cm-editor.cm-focused').waitFor()
  await page.keyboard.type('"resource"')
  await expect.poll(() => findings().locator('.mark.fault').count()).toBe(0)
  // The editor may still be taking in the last keys.
  await expect.poll(() => textOf(page)).toContain('"type": "limit_approaching", "resource": "forms"')
})

test('gives advice on what is sound', async () => {
  desk = await openStudio()
  const { page } = desk
  await page.locator('.cm-line', { hasText: 'forms-limit' }).click()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type(', "copy": { "title": "UPGRADE NOW!!!" }')
  await expect.poll(() => findings().innerText()).toMatch(/capitals|exclamation/i)
})

test('weighs a holdout against a simulation, and says so until that is done', async () => {
  desk = await openStudio()
  const { page } = desk
  await page.locator('.cm-line', { hasText: 'forms-limit' }).click()
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.type(', "holdout": 0.02')
  await page.getByText('No fault, no advice; the holdouts are being weighed').waitFor()
  const advice = findings().getByRole('button', { name: /^Advice/ })
  await advice.waitFor()
  expect(await advice.innerText()).toMatch(/2 %, which holds out \d+ of 10000 simulated users in 90 days/)
  await expect.poll(() => findings().getByRole('status').innerText()).toBe('1 piece of advice')
  // The mark stands at the figure.
  await page.locator('.cm-lintRange-warning', { hasText: '0.02' }).waitFor()
  await page.keyboard.press('Backspace')
  await page.getByText('No fault, no advice', { exact: true }).waitFor()
  expect(page.workers()).toHaveLength(0)
  expect(desk.faults).toEqual([])
})

test('edits the same document as fields, and keeps all else as it was written', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  const before = (await page.locator('.cm-content').innerText()).split('\n')
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.getByLabel('Name of the product').fill('Slate')
  await frame.getByText('Slate').waitFor()
  await page.locator('summary', { hasText: 'forms-limit' }).click()
  await page.getByLabel('Speaks from, in percent of the limit').fill('70, 90')
  await page.getByLabel('Title').first().fill('{used} forms')
  await frame.locator('[data-plimsoll-widget="banner"]').getByText('9 forms').waitFor()
  await page.getByRole('radio', { name: 'JSON', exact: true }).check()
  const after = (await page.locator('.cm-content').innerText()).split('\n')
  expect(after.filter((line, i) => line !== before[i])).toEqual([
    '  "product": "Slate",',
    expect.stringContaining('"at": [0.7, 0.9], "copy": { "title": "{used} forms" } }'),
  ])
  await page.locator('.cm-content').click()
  for (let i = 0; i < 40; i++) await page.keyboard.press('ControlOrMeta+z')
  expect((await page.locator('.cm-content').innerText()).split('\n')).toEqual(before)
})

test('shows a field’s fault beside it, and what the text says once it is written there', async () => {
  desk = await openStudio()
  const { page } = desk
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.locator('summary', { hasText: 'Caps' }).click()
  const field = page.getByLabel('Prompts in one session')
  await field.fill('9')
  await page
    .locator('.form-field', { has: field })
    .getByText(/^Fault: Found 9/)
    .waitFor()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('')
  await page.getByText('No fault, no advice').waitFor()
})

test('adds a trigger, draws it, and takes it out again', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.getByLabel('A new trigger, for when').selectOption('feature_discovery')
  await page.getByRole('button', { name: 'Add the trigger' }).click()
  await frame.locator('[data-plimsoll-trigger="branding-2"]').waitFor()
  await page.locator('summary', { hasText: 'branding-2' }).click()
  await page.getByRole('button', { name: 'Remove branding-2' }).click()
  await expect.poll(() => page.locator('summary', { hasText: 'branding-2' }).count()).toBe(0)
  await page.getByText('No fault, no advice').waitFor()
})
