// @ts-check
// `npm run promises` writes the page of promises, each beside the test that holds it. `npm test` fails where the page is
// not what this would write, or where a promise names a test that is not there (test/tooling/promises.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { promises } from '../test/promises.mjs'

/** @typedef {typeof promises} Promises */

export const page = fileURLToPath(new URL('../packages/sdk/docs/promises.md', import.meta.url))

/** @param {string} file */
const readTest = (file) => readFileSync(new URL(`../test/${file}`, import.meta.url), 'utf8')

/**
 * The promises whose test is not there.
 *
 * @param {Promises} all
 * @param {(file: string) => string} read Reads a test file, or throws where there is none.
 */
export function unheld(all, read = readTest) {
  return Object.values(all)
    .flatMap((section) => Object.entries(section))
    .filter(([, [file, title]]) => {
      try {
        return !['"', "'", '`'].some((quote) => read(file).includes(quote + title))
      } catch {
        return true
      }
    })
    .map(([promise, [file, title]]) => `${promise} (${file}: ${title})`)
}

/**
 * The page's text.
 *
 * @param {Promises} all
 */
export function writePage(all) {
  const sections = Object.entries(all).map(([name, section]) => {
    const rows = Object.entries(section).map(
      ([promise, [file, title]]) =>
        `| ${promise} | [${title.replace(/^%s: |[:, ]+$/g, '').replaceAll(/%[is]/g, '…')}](../../../test/${file}) |`,
    )
    return `## ${name}\n\n| Promise | Test |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  return `# What Plimsoll promises, and what holds it to that

Each line is a promise and the test that fails when it is broken; \`npm test\` runs them all. Written by
\`npm run promises\` from \`test/promises.mjs\`.

${sections.join('\n')}`
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, writePage(promises))
