import { check } from './check.ts'
import type { Command } from './command.ts'
import { diff } from './diff.ts'
import { publish } from './publish.ts'
import { simulate } from './simulate.ts'

/** The commands, in the order of the help. */
export const commands: readonly Command[] = [check, simulate, diff, publish]
