import type { Command, Io, Option } from './command.ts'
import { commands } from './commands.ts'
import { paragraph, table } from './layout.ts'

/** The names of an option as they are typed: `-o, --out FILE`. */
const typed = ([name, { short, value, choices }]: [string, Option]): string =>
  [`${short ? `-${short}, ` : ''}--${name}`, choices?.join('|') ?? value].filter(Boolean).join(' ')

/** The help of the whole: what it is, and its commands. */
export const helpOfAll = ({ width }: Io): string =>
  [
    paragraph(
      'Checks triggers.json, the file that says which prompts Plimsoll may show, before anything ships.',
      width,
    ),
    'Usage: plimsoll COMMAND …\n',
    table(
      [
        ...commands.map(({ name, summary }) => [name, `${summary}.`] as const),
        ['help COMMAND', 'Says what a command takes.'],
      ],
      width,
    ),
    paragraph('A file named - is standard input. Exit code: 0 all is well, 1 faults found, 2 cannot read.', width),
  ].join('\n')

/** The help of one command. */
export function helpOf({ name, takes, summary, options }: Command, { width }: Io): string {
  const rows = Object.entries(options).map((option): [string, string] => [typed(option), `${option[1].help}.`])
  return [
    paragraph(`${summary}.`, width),
    paragraph(`Usage: plimsoll ${name} ${takes}`, width),
    ...(rows.length ? [table(rows, width)] : []),
  ].join('\n')
}
