import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { $checked, $config, $text, editAt, replaceText } from '../../demo/studio/src/document.ts'
import { fromFragment, toFragment } from '../../demo/studio/src/file/share.ts'
import { hintAt } from '../../demo/studio/src/form/schema.ts'
import { fromField, type Kind, toField } from '../../demo/studio/src/form/values.ts'

const FILE = `{
    "version": 1,
    "triggers": [
        { "id": "limit", "type": "limit_approaching",   "resource": "projects" },
        { "type": "team_growth", "id": "team" }
    ],
    "product": "Acme"
}
`

beforeEach(() => replaceText(FILE))

test('sets a value where it stands, and leaves every other character alone', () => {
  editAt(['product'], 'Slate')
  expect($text.get()).toBe(FILE.replace('"Acme"', '"Slate"'))
})

test('adds a key behind those that are there, indented as the file is', () => {
  editAt(['caps', 'perSession'], 2)
  expect($text.get()).toBe(FILE.replace('"product": "Acme"', '"product": "Acme",\n    "caps": { "perSession": 2 }'))
})

test('adds a key to an object on one line where the line ends', () => {
  editAt(['triggers', 1, 'at'], [0.8, 1])
  expect($text.get()).toBe(FILE.replace('"id": "team" }', '"id": "team", "at": [0.8, 1] }'))
})

test('takes a key out that is emptied, and what stands around it stays', () => {
  editAt(['triggers', 0, 'resource'], undefined)
  expect($text.get()).toBe(FILE.replace(',   "resource": "projects"', ''))
})

test('takes an object out with its last key, and a trigger out of the list', () => {
  editAt(['caps', 'perSession'], 2)
  editAt(['caps', 'perSession'], undefined)
  expect($text.get()).toBe(FILE)
  editAt(['triggers', 1], undefined)
  expect(JSON.parse($text.get()).triggers).toHaveLength(1)
})

test('begins a list that was not there', () => {
  editAt(['triggers', 1, 'variants', 0, 'copy', 'title'], 'Hello')
  expect($text.get()).toContain('"id": "team", "variants": [{ "copy": { "title": "Hello" } }] }')
})

test('adds a trigger behind the others, whatever the line ends of the file', () => {
  replaceText(FILE.replaceAll('\n', '\r\n'))
  editAt(['triggers', 2], { id: 'new', type: 'team_growth' })
  expect($text.get()).toContain('"id": "team" },\r\n        { "id": "new", "type": "team_growth" }\r\n    ],')
})

test('says what is to be said of every change at once', () => {
  editAt(['triggers', 1, 'at'], 'many')
  const { findings, text } = $checked.get()
  expect(text).toBe($text.get())
  expect(
    findings.filter(({ severity }) => severity === 'fault').map(({ path, found }) => [path.join('.'), found]),
  ).toContainEqual(['triggers.1.at', 'many'])
})

test('keeps the last file that could be read, while a text is in the middle of a word', () => {
  const before = $config.get()
  replaceText(FILE.replace('"Acme"', '"Ac'))
  expect($checked.get().config).toBeNull()
  expect($config.get()).toBe(before)
})

test('writes every value of a field back as it was', () => {
  const scalars = fc.oneof(
    fc.string({ maxLength: 9 }),
    fc.constantFrom('1', 'true', 'null', '"a"', ' a'),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const values: { readonly [kind in Kind]: fc.Arbitrary<unknown> } = {
    text: fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
    number: fc.integer({ min: 0, max: 1e6 }),
    limit: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 1e6 })),
    percents: fc.oneof(
      fc.integer({ min: 1, max: 100 }).map((n) => n / 100),
      fc.array(
        fc.integer({ min: 1, max: 100 }).map((n) => n / 100),
        { minLength: 2, maxLength: 5 },
      ),
    ),
    numbers: fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 1, maxLength: 5 }),
    lines: fc.array(fc.stringMatching(/^\w[\w, ]{0,12}\w$/), { minLength: 1, maxLength: 4 }),
    'line or lines': fc.oneof(
      fc.stringMatching(/^\/[\w*/]{1,12}$/),
      fc.array(fc.stringMatching(/^\/[\w*/]{1,12}$/), { minLength: 2, maxLength: 4 }),
    ),
    scalar: scalars,
    scalars: fc.array(scalars, { minLength: 1, maxLength: 5 }),
    switch: fc.boolean(),
    json: fc.dictionary(fc.stringMatching(/^[a-z.]{1,8}$/), fc.oneof(fc.integer(), fc.boolean())),
  }
  for (const kind of Object.keys(values) as Kind[]) {
    fc.assert(
      fc.property(values[kind], (value) => {
        expect(fromField(kind, toField(kind, value))).toEqual(value)
      }),
      { seed: 7, numRuns: 100 },
    )
  }
})

test('reads an emptied field as the default, and hands on what cannot be read, to be a fault', () => {
  expect(fromField('number', '  ')).toBeUndefined()
  expect(fromField('number', '3 or so')).toBe('3 or so')
  expect(fromField('percents', '80 %, 95%')).toEqual([0.8, 0.95])
  expect(fromField('json', '{ "a": ')).toBe('{ "a":')
})

test('explains a field in the words of the shipped schema', () => {
  expect(hintAt(['caps', 'perSession'])).toBe('Most prompts in one session, 0 to 3. 3 by default.')
  expect(hintAt(['triggers', 3, 'milestones'])).toBe('3 to 5 rising numbers worth a word.')
  expect(hintAt(['plans', 0, 'limits', 'projects'])).toBe('')
})

test('carries any text in a link, whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 2000 }), async (text) => {
      const fragment = await toFragment(text)
      expect(fragment).toMatch(/^#file=[\w-]*$/)
      expect(await fromFragment(fragment)).toBe(new TextDecoder().decode(new TextEncoder().encode(text)))
    }),
    { seed: 7, numRuns: 40 },
  )
})

test('reads nothing out of a link that was cut short, is of another kind, or unpacks without end', async () => {
  const fragment = await toFragment(FILE)
  expect(await fromFragment(fragment.slice(0, -9))).toBeUndefined()
  expect(await fromFragment('#top')).toBeUndefined()
  expect(await fromFragment('')).toBeUndefined()
  expect(await fromFragment(await toFragment(' '.repeat(5_000_000)))).toBeUndefined()
})
