import { type LintOptions, lint } from '../lint/lint.ts'
import { foresee } from '../simulate/index.ts'
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
    routes: {
      type: 'string',
      value: 'FILE',
      help: 'The pages of your site, a path a line: a link that leads to none of them is told',
    },
    strict: { type: 'boolean', help: 'Counts advice as faults' },
  },
  async run({ files, values: { format = 'text', locale, routes, strict } }, io) {
    const options: LintOptions = {
      now: io.now,
      foresee: (config) => foresee(config, io.now),
      ...(locale !== undefined && { locales: localesOf(locale) }),
      ...(routes !== undefined && { routes: routesOf(await readSource(routes, io)) }),
    }
    const outcomes: Outcome[] = []
    for (const file of files) outcomes.push(await outcomeOf(file, options, strict, io))

    const { stdout, stderr } = formats[format](outcomes, io)
    io.stdout(stdout)
    if (stderr) io.stderr(stderr)
    const { fault, unreadable } = countsOf(outcomes)
    return unreadable ? 2 : fault ? 1 : 0
  },
})

/** What cannot be read keeps no other file from being checked. */
async function outcomeOf(file: string, options: LintOptions, strict = false, io: Io): Promise<Outcome> {
  try {
    const text = await readSource(file, io)
    const { findings } = lint(text, options)
    return { file, text, findings: strict ? findings.map((one) => ({ ...one, severity: 'fault' })) : findings }
  } catch (error) {
    if (error instanceof Refusal) return { file, unreadable: error.message }
    throw error
  }
}

function localesOf(list: string): readonly string[] {
  return list.split(',').map((locale) => {
    try {
      return Intl.getCanonicalLocales(locale.trim())[0]!
    } catch {
      throw new Refusal(`"${locale}" is no locale: write language tags with commas between, such as de,pt-BR.`)
    }
  })
}

/** One path or glob a line; what begins with # is for people. */
const routesOf = (text: string): readonly string[] =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
