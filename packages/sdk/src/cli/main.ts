import { nearest } from '../config/nearest.ts'
import { type ExitCode, type Io, Refusal } from './command.ts'
import { commands } from './commands.ts'
import { helpOf, helpOfAll } from './help.ts'
import { paragraph } from './layout.ts'
import { readArguments } from './readArguments.ts'
import { version } from './version.ts'

/**
 * Runs the command line. Never throws.
 *
 * @param argv The words behind `plimsoll`.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await run(argv, io)
  } catch (error) {
    io.stderr(
      error instanceof Refusal
        ? paragraph(error.message, io.width)
        : `Plimsoll itself has failed, which is no fault of your file.\n${(error as Error).stack}\n`,
    )
    return 2
  }
}

const asksForHelp = (word: string): boolean => /^(help|--help|-h)$/.test(word)

async function run([first, ...rest]: readonly string[], io: Io): Promise<ExitCode> {
  if (first === undefined) {
    io.stderr(helpOfAll(io))
    return 2
  }
  if (first === '--version' || first === '-v') {
    io.stdout(`${version}\n`)
    return 0
  }
  const asksHelp = asksForHelp(first)
  const name = asksHelp ? rest[0] : first
  if (name === undefined || (asksHelp && asksForHelp(name))) {
    io.stdout(helpOfAll(io))
    return 0
  }
  if (name.startsWith('-')) throw new Refusal(`The command comes first, then "${name}". See "plimsoll help".`)
  const command = commands.find((one) => one.name === name)
  if (!command) {
    const names = commands.map((one) => one.name)
    const near = nearest(name, [...names, 'help'])
    throw new Refusal(
      `There is no command "${name}". ${near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}.`}`,
    )
  }
  if (asksHelp || rest.some((word) => word === '--help' || word === '-h')) {
    io.stdout(helpOf(command, io))
    return 0
  }
  return command.run(readArguments(command, rest), io)
}
