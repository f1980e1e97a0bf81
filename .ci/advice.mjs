// @ts-check
// `npm run advice` writes the page of advice from the rules' reasons and the cases that hold them. `npm test` fails where
// the page is not what this would write (test/tooling/advice.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

/** @typedef {{ name: string, bad: Record<string, unknown>, good: Record<string, unknown>, advice: { path: string, found: string, fix: string }[] }} Case */

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const page = at('packages/sdk/docs/advice.md')

/** @param {string} code @returns {readonly Case[]} */
function casesOf(code) {
  try {
    return JSON.parse(readFileSync(at(`test/cases/advice/${code}.json`), 'utf8')).cases
  } catch {
    return []
  }
}

/** @param {Record<string, unknown>} changes */
const show = (changes) =>
  Object.entries(changes)
    .map(([path, value]) => `${path}: ${JSON.stringify(value)}`)
    .join('\n') || 'left as it is'

/** @param {Case} example */
const showCase = ({ name, bad, good, advice }) =>
  `*${name[0]?.toUpperCase()}${name.slice(1)}.*

\`\`\`text
${show(bad)}
\`\`\`

${advice.map(({ path, found, fix }) => `At \`${path}\`: ${found}. ${fix}`).join('\n\n')} Better:

\`\`\`text
${show(good)}
\`\`\`
`

/** The page's text. */
export async function writePage() {
  const { module } = await runnerImport(at('packages/sdk/src/advise/advice.ts'), {
    configFile: false,
    logLevel: 'error',
  })
  const { REASONS } = /** @type {{ REASONS: Record<string, string> }} */ (module)
  const rules = Object.entries(REASONS).map(([code, why]) =>
    `## ${code}\n\n${why}\n\n${casesOf(code).map(showCase).join('\n')}`.trimEnd(),
  )
  return `# Advice

What \`plimsoll check\` says of a file that is sound, and could be better. Written by \`npm run advice\` from the rules and
from the cases that test them; each case changes the file in \`test/cases/advice/base.json\`, of which nothing is to be said.

Advice is no fault: the file works. With \`--strict\` it counts as one. What is meant so is ignored with a reason, on top
of the file or in a trigger, and a reason that forgives nothing is told too:

\`\`\`json
"ignore": { "shouting": "ACME CLOUD is how our name is written." }
\`\`\`

Words are read as English; figures, plural forms and locales in any language.

${rules.join('\n\n')}
`
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, await writePage())
