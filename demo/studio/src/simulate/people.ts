/** Who the users of a simulation are: those of a journeys file, or five stock personas. */

import type { CheckedConfig } from '@plimsoll/sdk'
import { type LintedJourneys, lintJourneys } from '../../../../packages/sdk/src/cli/lintJourneys.ts'
import { stockJourneys } from '../../../../packages/sdk/src/simulate/index.ts'
import { oneLine } from '../edit.ts'
import type { JourneysFile } from '../file/journeysFile.ts'

export interface People extends LintedJourneys {
  /** What they are called where it is said who was played. */
  readonly name: string
}

/**
 * Says whom to play through files.
 *
 * @param configs Of two that are compared both: plans are the first one's.
 */
export function peopleOf(
  file: JourneysFile | undefined,
  ...configs: readonly [CheckedConfig, ...CheckedConfig[]]
): People {
  if (file) return { name: file.name, ...lintJourneys(file.text, ...configs) }
  return { name: 'five stock personas', journeys: stockJourneys(...configs), findings: [] }
}

/** Writes the stock personas as a file, to go on from: a line for each thing that is said of one. */
export function writeStock(config: CheckedConfig): JourneysFile {
  const { version, personas } = stockJourneys(config)
  const written = personas.map((persona) => {
    const lines = Object.entries(persona).map(([key, value]) => `      ${JSON.stringify(key)}: ${oneLine(value)}`)
    return `    {\n${lines.join(',\n')}\n    }`
  })
  const text = `{\n  "version": ${version},\n  "personas": [\n${written.join(',\n')}\n  ]\n}\n`
  return { name: 'journeys.json', text }
}
