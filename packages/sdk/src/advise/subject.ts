import { get, isObject, listOf } from '../config/loose.ts'
import type { CheckedConfig, CheckedTrigger, PluralText } from '../config/types.ts'
import type { AdviceOptions, AdvicePath } from './advice.ts'

/** A trigger in force, and where it stands. Disabled ones get no advice: they are somebody's next thought. */
export interface Written {
  readonly trigger: CheckedTrigger
  readonly path: AdvicePath
  /** As the file has it: what is not written, is a default. */
  readonly source: unknown
}

/** One text that somebody may read, as the file has it. */
export interface Said {
  readonly path: AdvicePath
  readonly text: string
  /** `undefined` where the file names none. */
  readonly locale: string | undefined
  readonly plural: PluralText | undefined
  /** `title`, `body`, or `label` of a button. */
  readonly field: 'title' | 'body' | 'label'
  /** Where the trigger or variant begins whose text it is. */
  readonly owner: AdvicePath
  readonly trigger: CheckedTrigger
}

/** What rules look at; worked out once. */
export interface Subject {
  readonly source: unknown
  readonly config: CheckedConfig
  readonly options: AdviceOptions
  readonly triggers: readonly Written[]
  /** Every text of every trigger in force, plural forms and locales apart. */
  readonly said: readonly Said[]
  idAt(place: string | number | undefined): string | undefined
}

const FIELDS = [
  ['title', ['copy', 'title']],
  ['body', ['copy', 'body']],
  ['label', ['cta', 'primary', 'label']],
  ['label', ['cta', 'secondary', 'label']],
] as const

const isPlural = (text: object): text is PluralText =>
  ['zero', 'one', 'two', 'few', 'many', 'other', 'by'].some((key) => Object.hasOwn(text, key))

/** Takes a text apart into the strings that may be read, with the locale of each. */
export function* formsOf(
  text: unknown,
  path: AdvicePath,
  locale?: string,
  plural?: PluralText,
): Generator<Pick<Said, 'path' | 'text' | 'locale' | 'plural'>> {
  if (typeof text === 'string') yield { path, text, locale, plural }
  else if (isObject(text))
    for (const [key, item] of Object.entries(text)) {
      if (isPlural(text)) {
        if (key !== 'by') yield* formsOf(item, [...path, key], locale, text)
      } else yield* formsOf(item, [...path, key], key)
    }
}

export function subjectOf(source: unknown, config: CheckedConfig, options: AdviceOptions): Subject {
  const written = listOf(get(source, 'triggers'))
  const ids = written.map((trigger) => get(trigger, 'id'))
  const triggers = config.triggers
    .filter(({ enabled }) => enabled)
    .map((trigger) => {
      const place = ids.indexOf(trigger.id)
      return { trigger, path: ['triggers', place], source: written[place] }
    })
  const said = triggers.flatMap(({ trigger, path, source }) => {
    const owners = [path, ...listOf(get(source, 'variants')).map((_, i) => [...path, 'variants', i])]
    return owners.flatMap((owner) =>
      FIELDS.flatMap(([field, at]) => {
        const where = [...owner, ...at]
        return [...formsOf(get(source, ...where.slice(2)), where)].map((form) => ({ ...form, field, owner, trigger }))
      }),
    )
  })
  return {
    source,
    config,
    options,
    triggers,
    said,
    idAt: (place) => {
      const id = ids[Number(place)]
      return typeof id === 'string' ? id : undefined
    },
  }
}
