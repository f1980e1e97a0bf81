import { readFileSync } from 'node:fs'
import { afterAll, afterEach, expect, test } from 'vitest'
import { closeBrowser, type Desk, openStudio, paste, textOf } from './studio.ts'

let desk: Desk
afterEach(() => desk?.close())
afterAll(closeBrowser)

/** A file that has every key there is; what stands there is told apart. */
const COPY = {
  title: { de: 'T1', en: { zero: 'T2', one: 'T3', two: 'T4', few: 'T5', many: 'T6', other: 'T7', by: 'limit' } },
  body: 'B1',
}
const CTA = (n: number) => ({
  primary: { label: `P${n}`, action: 'link', href: `/p/${n}` },
  secondary: { label: `S${n}`, action: 'snooze' },
})
const FULL = {
  $schema: './plimsoll.schema.json',
  version: 1,
  product: 'Whole',
  plans: [
    {
      id: 'plan-a',
      name: 'Plan A',
      price: { amount: 11.5, currency: 'CHF', per: 'year' },
      seatPrice: { amount: 12.5 },
      limits: { boards: 13, seats: null },
      features: ['export, all of it', 'audit'],
    },
    { id: 'plan-b', name: 'Plan B', seatPrice: { tiers: [{ upTo: 14, amount: 15.5 }, { amount: 16.5 }] } },
  ],
  resources: { boards: { one: 'board', other: 'boards' } },
  features: { audit: { name: 'Audit log', benefit: 'shows who did what', keywords: ['trail'] } },
  links: { upgrade: '/l/1', seats: '/l/2', compare: '/l/3', request: '/l/4', contact: '/l/5' },
  caps: { perSession: 2, minInterval: '17m', groups: { calm: { max: 18, per: '19d' } } },
  guardrails: { minHealth: 21, flags: ['frozen'], minAccountAge: '22d' },
  buyers: { 'user.role': 'treasurer' },
  savedGroups: { pilots: ['p-1', 23, '24', true, null] },
  neverBlock: ['/money/**'],
  labels: { fr: { dismiss: 'Fermer' } },
  theme: {
    accent: '#123456',
    surface: '#fefefe',
    ink: '#010101',
    font: 'Lora',
    radius: '9px',
    scheme: 'dark',
    inset: '25px',
  },
  ignore: { shouting: 'So we are called.' },
  triggers: [
    {
      id: 'limit',
      type: 'limit_approaching',
      enabled: false,
      audience: { 'user.role': 'captain' },
      schedule: { from: '2026-01-02', until: '2026-03-04' },
      priority: 26,
      slot: 'slot-1',
      group: 'calm',
      frequency: [{ max: 27, per: 'session' }, { max: 28 }],
      suppress: { dismissals: 29, quiet: '31d' },
      snooze: '32h',
      copy: COPY,
      cta: CTA(1),
      variants: [
        {
          id: 'v-1',
          if: { 'user.role': 'mate' },
          weight: 0.33,
          copy: { title: 'VT', body: 'VB' },
          cta: CTA(2),
          slot: 'slot-2',
        },
      ],
      holdout: 0.34,
      ignore: { 'narrow-copy': 'It fits.' },
      resource: 'boards',
      at: [0.35, 0.36],
      push: true,
    },
    {
      id: 'feature',
      type: 'feature_discovery',
      feature: 'audit',
      near: { route: ['/n/1', '/n/2'] },
      suppress: { impressions: 37, per: '38d' },
      frequency: { max: 39, per: '41d' },
    },
    { id: 'team', type: 'team_growth', at: 0.42, frequency: null, suppress: null },
    { id: 'milestone', type: 'usage_milestone', metric: 'boards', milestones: [43, 44, 45], surface: 'toast' },
  ],
}

interface Schema {
  properties?: { [key: string]: Schema }
  additionalProperties?: Schema | boolean
  items?: Schema
  anyOf?: Schema[]
  allOf?: { $ref: string }[]
}

/** Every key that the schema knows, by the path to it; entries of lists and maps are `*`. */
function keysOf(schema: Schema, definitions: { [name: string]: Schema }, path = '', found = new Set<string>()) {
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    found.add(`${path}.${key}`)
    keysOf(inner, definitions, `${path}.${key}`, found)
  }
  const { additionalProperties: each, items, anyOf = [], allOf = [] } = schema
  for (const inner of [each, items]) if (typeof inner === 'object') keysOf(inner, definitions, `${path}.*`, found)
  for (const inner of anyOf) keysOf(inner, definitions, path, found)
  for (const { $ref } of allOf) keysOf(definitions[$ref.replace('#/definitions/', '')]!, definitions, path, found)
  return found
}

const has = (value: unknown, [step, ...rest]: readonly string[]): boolean => {
  if (step === undefined) return true
  if (typeof value !== 'object' || value === null) return false
  if (step === '*') return Object.values(value).some((inner) => has(inner, rest))
  return step in value && has((value as { [key: string]: unknown })[step], rest)
}

/** Each place in which the schema lets a text stand has the same forms: one that has them all is enough. */
const isForm = /\.(zero|one|two|few|many|other|by)$/

test('has a field for every key that the schema knows, with the value that stands there', async () => {
  const schema = JSON.parse(readFileSync(new URL('../../packages/sdk/plimsoll.schema.json', import.meta.url), 'utf8'))
  // Of the built-in words one stands for all: their names are only proposed.
  const known = [...keysOf(schema, schema.definitions)].filter(
    (path) => !isForm.test(path) && !(path.startsWith('.labels.') && path !== '.labels.*.dismiss'),
  )
  expect(known.filter((path) => !has(FULL, path.slice(1).split('.')))).toEqual([])

  desk = await openStudio({ viewport: { width: 1280, height: 900 } })
  const { page } = desk
  const text = JSON.stringify(FULL, null, 2)
  await paste(page, text)
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.getByLabel('Name of the product').waitFor()
  for (const summary of await page.locator('.form summary').all())
    if (!(await summary.evaluate((one) => (one.parentElement as HTMLDetailsElement).open))) await summary.click()
  const fields = await page
    .locator('.form :is(textarea, select:not(.way), input[type="checkbox"])')
    .evaluateAll((all) => all.map((one: any) => (one.type === 'checkbox' ? String(one.checked) : one.value)))
  const shown = new Set(fields)
  // A type is said in a heading; nobody has to know the first two.
  const { $schema, version, triggers, ...rest } = FULL
  const typeless = triggers.map(({ type, ...trigger }) => trigger)
  for (const value of leavesOf({ ...rest, triggers: typeless })) expect([...shown]).toContain(value)
  // Nothing was changed by being looked at.
  expect(await textOf(page)).toBe(text)
  expect(desk.faults).toEqual([])
})

/** The values of a file as its fields show them. */
function leavesOf(value: unknown, key = ''): string[] {
  if (key === 'buyers' || key === 'audience' || key === 'if') return [JSON.stringify(value)]
  if (key === 'pilots') return ['p-1\n23\n"24"\ntrue\nnull']
  if (key === 'at')
    return [
      [value]
        .flat()
        .map((part) => Math.round(Number(part) * 100))
        .join(', '),
    ]
  if (key === 'milestones') return [(value as number[]).join(', ')]
  // That there is no bound is said where the ways of writing are chosen.
  if (value === null) return key === 'seats' ? ['unlimited'] : []
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) return [value.join('\n')]
    return value.flatMap((item) => leavesOf(item))
  }
  if (typeof value === 'object') return Object.entries(value!).flatMap(([name, item]) => leavesOf(item, name))
  return [String(value)]
}

test('writes what the file had not, and keeps the order of what it had', async () => {
  desk = await openStudio()
  const { page, frame } = desk
  const parsed = async () => JSON.parse(await textOf(page))
  const before = await page.evaluate(() => JSON.parse(localStorage.getItem('plimsoll-studio')!).text as string)
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  const summary = (name: string) => page.locator('summary', { hasText: new RegExp(`^${name}`) })
  const open = (name: string) => summary(name).first().click()
  const group = (name: string) => page.locator('details', { has: summary(name) })

  await open('forms-limit')
  const trigger = group('forms-limit')
  await trigger.getByRole('button', { name: 'Add a variant' }).click()
  const variant = trigger.getByRole('group', { name: 'variant 1' })
  await variant.getByLabel('Weight, 0 to 1').fill('0.5')
  await variant.getByLabel('Title', { exact: true }).fill('{remaining} forms are left')
  await trigger.getByLabel('How Title is written').first().selectOption('by language')
  await trigger.getByRole('group', { name: 'Title', exact: true }).getByLabel('A new locale').fill('de')
  await page.keyboard.press('Enter')
  await trigger.getByLabel('de', { exact: true }).fill('{used} Formulare')
  await trigger.getByLabel('How Frequency is written').selectOption('several rules')
  await trigger.getByRole('button', { name: 'Add a rule' }).click()
  await trigger.getByRole('group', { name: 'rule 1' }).getByLabel('At most').fill('2')
  await trigger.getByRole('group', { name: 'rule 1' }).getByLabel('In', { exact: true }).fill('7d')
  await trigger.getByLabel('How Quiet after refusals is written').selectOption('never')

  await open('Pro$')
  await group('Pro$').getByLabel('How Price of a seat is written').selectOption('in tiers')
  await group('Pro$').getByRole('button', { name: 'Add a tier' }).click()
  await group('Pro$').getByRole('group', { name: 'tier 1' }).getByLabel('Each of them').fill('4')
  await page.getByRole('button', { name: 'Add a plan' }).click()
  await group('plan 3').getByLabel('Id', { exact: true }).fill('team')
  await group('plan team').getByLabel('Name', { exact: true }).fill('Team')

  await open('Theme')
  await page.getByLabel('Accent').fill('#0a7d55')
  await open('Who can buy')
  await group('Who can buy').getByRole('textbox').fill('{ "user.role": "owner" }')
  await open('Saved groups')
  await page.getByLabel('A new group').last().fill('pilots')
  await group('Saved groups').getByRole('button', { name: 'Add the group' }).click()
  await page.getByLabel('pilots').fill('p-1\np-2')
  await open('Built-in words')
  await group('Built-in words').getByLabel('A new locale').fill('de')
  await group('Built-in words').getByRole('button', { name: 'Add the locale' }).click()
  const words = group('Built-in words').getByRole('group', { name: 'de' })
  await words.getByLabel('A new word').fill('dismiss')
  await words.getByRole('button', { name: 'Add the word' }).click()
  await words.getByLabel('dismiss').fill('Schließen')

  const old = JSON.parse(before)
  const added = {
    theme: { accent: '#0a7d55' },
    buyers: { 'user.role': 'owner' },
    savedGroups: { pilots: ['p-1', 'p-2'] },
    labels: { de: { dismiss: 'Schließen' } },
  }
  const expected = {
    ...old,
    plans: [old.plans[0], { ...old.plans[1], seatPrice: { tiers: [{ amount: 4 }] } }, { id: 'team', name: 'Team' }],
    triggers: old.triggers.with(0, {
      ...old.triggers[0],
      variants: [{ weight: 0.5, copy: { title: '{remaining} forms are left' } }],
      copy: { title: { de: '{used} Formulare' } },
      frequency: [{ max: 2, per: '7d' }],
      suppress: null,
    }),
    ...added,
  }
  await expect.poll(parsed).toEqual(expected)
  // As text too: what was there stands where it stood, and what is new behind it.
  expect(JSON.stringify(await parsed())).toBe(JSON.stringify(expected))
  await frame.locator('[data-plimsoll-widget="banner"]').waitFor()

  await group('Built-in words').getByRole('button', { name: 'Remove de' }).click()
  await trigger.getByRole('button', { name: 'Remove variant 1' }).click()
  await expect.poll(async () => (await parsed()).triggers[0].variants).toEqual([])
  expect(Object.keys(await parsed())).not.toContain('labels')
  expect(desk.faults).toEqual([])
})

test('keeps its words when a text is written in another way', async () => {
  desk = await openStudio()
  const { page } = desk
  await page.getByRole('radio', { name: 'Form', exact: true }).check()
  await page.locator('summary', { hasText: 'branding' }).last().click()
  const name = async () => JSON.parse(await textOf(page)).features.branding.name
  const way = page.getByLabel('How Name is written')
  await way.selectOption('by number')
  await expect.poll(name).toEqual({ other: 'Custom branding' })
  await page.getByLabel('For one', { exact: true }).fill('Own brand')
  await expect.poll(name).toEqual({ other: 'Custom branding', one: 'Own brand' })
  await way.selectOption('by language')
  await expect.poll(name).toEqual({ en: { other: 'Custom branding', one: 'Own brand' } })
  await way.selectOption('one text')
  await expect.poll(name).toBe('Custom branding')
})
