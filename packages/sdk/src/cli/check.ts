import { lint } from '../lint/lint.ts'
import { defineCommand, type Io, Refusal } from './command.ts'
import { readSource } from './readSource.ts'
import { countsOf, formats, type Outcome } from './report.ts'

/** `plimsoll check FILE…` */
export const check = defineCommand({
  name: 'check',
  takes: 'FILE…',
  least: 1,
  most: Infinity,
  summary: 'Finds every fault of a file, says where it is and how to mend it',
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json', 'github'],
      help: 'How findings are told: for people, for programs, or as annotations of a pull request',
    },
    locale: {
      type: 'string',
      value: 'LIST',
      help: 'Locales that every text must have, such as de,pt-BR',
    },
  },
  async run({ files, values: { format = 'text', locale } }, io) {
    const locales = localesOf(locale)
    const outcomes: Outcome[] = []
    for (const file of files) outcomes.push(await outcomeOf(file, locales, io))

    const { stdout, stderr } = formats[format](outcomes, io)
    io.stdout(stdout)
    if (stderr) io.stderr(stderr)
    const { fault, unreadable } = countsOf(outcomes)
    return unreadable ? 2 : fault ? 1 : 0
  },
})

/** What cannot be read keeps no other file from being checked. */
async function outcomeOf(file: string, locales: readonly string[], io: Io): Promise<Outcome> {
  try {
    const text = await readSource(file, io)
    return { file, text, findings: lint(text, { locales }).findings }
  } catch (error) {
    if (error instanceof Refusal) return { file, unreadable: error.message }
    throw error
  }
}

function localesOf(list: string | undefined): readonly string[] {
  return (list?.split(',') ?? []).map((locale) => {
    try {
      return Intl.getCanonicalLocales(locale.trim())[0]!
    } catch {
      throw new Refusal(`"${locale}" is no locale: write language tags with commas between, such as de,pt-BR.`)
    }
  })
}
