/** Where a command's effects go: everything that it takes from, and gives to, the machine. */
export interface Io {
  /** The folder that file names start from. */
  readonly cwd: string
  /** Standard input, in pieces. */
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** The time, in epoch milliseconds. */
  readonly now: number
  /** Whether colours may be written to standard output. */
  readonly color: boolean
  /** Whether standard error is a terminal, whose line may be written over. */
  readonly live?: boolean
  /** Columns of the terminal. */
  readonly width: number
}

/** How a command ended: all is well; faults were found; it could not read, or was not understood. */
export type ExitCode = 0 | 1 | 2

/** An option of a command, by its long name. */
export interface Option {
  readonly type: 'string' | 'boolean'
  /** One letter. */
  readonly short?: string
  /** What its value is called in the help: `FILE`. */
  readonly value?: string
  /** The values that there are; the first is what stands where it is left out. */
  readonly choices?: readonly string[]
  /** One sentence, without a full stop. */
  readonly help: string
}

type Options = { readonly [name: string]: Option }

type ValueOf<O extends Option> = O extends { readonly choices: readonly (infer C)[] }
  ? C
  : O['type'] extends 'boolean'
    ? boolean
    : string

/** What the words after a command's name say. */
export interface Input<O extends Options = Options> {
  readonly files: readonly string[]
  readonly values: { readonly [name in keyof O]?: ValueOf<O[name]> }
}

export interface Command<O extends Options = Options> {
  readonly name: string
  /** What stands behind the name: `FILE…`. */
  readonly takes: string
  /** How many files it takes. */
  readonly least: number
  readonly most: number
  /** One sentence, without a full stop. */
  readonly summary: string
  readonly options: O
  /** Does the work. What it cannot read or understand it throws as a `Refusal`. */
  run(input: Input<O>, io: Io): Promise<ExitCode>
}

/** Why a command cannot begin or go on: its message is told to the user, and the exit code is 2. */
export class Refusal extends Error {}

/** Defines a command, so that its `run` knows the types of its options. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command => command as unknown as Command
