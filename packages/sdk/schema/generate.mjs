// @ts-check
// Writes what follows from the sources: plimsoll.schema.json and journeys.schema.json from the zod schemas,
// src/config/labelNames.ts from the built-in texts. `npm run schema`. Node runs no TypeScript by itself, so Vite imports it.
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(path, import.meta.url))

/** @param {string} path */
const load = async (path) =>
  (await runnerImport(at(path), { configFile: false, logLevel: 'error', root: at('..') })).module

const { toLabelNames } = /** @type {{ toLabelNames(): string }} */ (await load('toLabelNames.ts'))
await writeFile(at('../src/config/labelNames.ts'), toLabelNames())
const { toJsonSchema, toJourneysSchema } = /** @type {{ toJsonSchema(): string, toJourneysSchema(): string }} */ (
  await load('toJsonSchema.ts')
)
await writeFile(at('../plimsoll.schema.json'), toJsonSchema())
await writeFile(at('../journeys.schema.json'), toJourneysSchema())
