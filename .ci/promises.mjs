// @ts-check
// `npm run promises` writes the page of promises, each beside the test that holds it. `npm test` fails where the page is
// not what this would write, or where a promise names a test that is not there, or that only the long run has
// (test/tooling/promises.test.ts).
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { faults } from '../test/faults.mjs'
import { promises } from '../test/promises.mjs'

/** @typedef {typeof promises} Promises */
/** @typedef {typeof faults} Faults */
/** @typedef {readonly [file: string, title: string]} Test */

export const page = fileURLToPath(new URL('../packages/sdk/docs/promises.md', import.meta.url))

/** @param {string} file */
const readTest = (file) => readFileSync(new URL(`../test/${file}`, import.meta.url), 'utf8')

/**
 * Whether a test is not there, or not run by `npm test`.
 *
 * @param {Test} test
 * @param {(file: string) => string} read Reads a test file, or throws where there is none.
 */
function isGone([file, title], read) {
  try {
    return file.includes('.long.') || !['"', "'", '`'].some((quote) => read(file).includes(quote + title))
  } catch {
    return true
  }
}

/**
 * The promises and faults whose test is not there, or is run by `npm run test:long` alone.
 *
 * @param {Promises} all
 * @param {Faults} listed
 * @param {(file: string) => string} read Reads a test file, or throws where there is none.
 */
export function unheld(all, listed, read = readTest) {
  const each = [
    ...Object.values(all).flatMap((section) => Object.entries(section)),
    ...listed.flatMap(([fault, , ...tests]) => tests.map((test) => /** @type {const} */ ([fault, test]))),
  ]
  return each.filter(([, test]) => isGone(test, read)).map(([what, [file, title]]) => `${what} (${file}: ${title})`)
}

/**
 * A test as the page names it.
 *
 * @param {Test} test
 */
const link = ([file, title]) =>
  `[${title.replace(/^%s: |[:, ]+(%s)?$/g, '').replaceAll(/%[is]|\$\w+/g, '…')}](../../../test/${file})`

/**
 * The page's text.
 *
 * @param {Promises} all
 * @param {Faults} listed
 */
export function writePage(all, listed) {
  const sections = Object.entries(all).map(([name, section]) => {
    const rows = Object.entries(section).map(([promise, test]) => `| ${promise} | ${link(test)} |`)
    return `## ${name}\n\n| Promise | Test |\n| --- | --- |\n${rows.join('\n')}\n`
  })
  const rows = listed.map(([fault, outcome, ...tests]) => `| ${fault} | ${outcome} | ${tests.map(link).join('; ')} |`)
  return `# What Plimsoll promises, and what holds it to that

Each line is a promise and the test that fails when it is broken; \`npm test\` runs them all. At the end stands what may
go wrong around it. Written by \`npm run promises\` from \`test/promises.mjs\` and \`test/faults.mjs\`.

${sections.join('\n')}
## Faults

| What goes wrong | What comes of it | Tests |
| --- | --- | --- |
${rows.join('\n')}
`
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, writePage(promises, faults))
