import { check } from './check.ts'
import type { Command } from './command.ts'
import { publish } from './publish.ts'

/** The commands, in the order of the help. */
export const commands: readonly Command[] = [check, publish]
