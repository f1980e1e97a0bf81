/** The page of the docs that says what is stored: its tables, by heading. */

import { readFileSync } from 'node:fs'

const page = readFileSync(new URL('../../packages/sdk/docs/data.md', import.meta.url), 'utf8')

/** The fields that stand in the first column under a heading, in their order. */
export function fieldsUnder(heading: string): string[] {
  const [, section] = page.split(new RegExp(`^#+ ${heading}$`, 'm'))
  if (section === undefined) throw new Error(`No heading ${heading} in data.md`)
  const [own = ''] = section.split(/^#+ /m)
  return own
    .split('\n')
    .flatMap((line) => [...(/^\| (`.*?) \|/.exec(line)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => `${name}`))
}
