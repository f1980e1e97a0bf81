// @ts-check
// Writes plimsoll.schema.json from the zod schema: `node packages/sdk/schema/generate.mjs`. Node runs no TypeScript by
// itself, so Vite imports the sources.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url))

/** @type {{ module: { toJsonSchema(): string } }} */
const { module } = await runnerImport(at('toJsonSchema.ts'), { configFile: false, logLevel: 'error', root: at('..') })
await writeFile(at('../plimsoll.schema.json'), module.toJsonSchema())
