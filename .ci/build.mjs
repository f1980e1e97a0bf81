// @ts-check
// Builds both packages: the ES modules, the command line, and the script tag with its lazy chunks. The modes are those of vite.config.ts.
import { chmod, copyFile, rm } from 'node:fs/promises'
import { build } from 'vite'

// Old chunks would pile up.
for (const name of ['sdk', 'widgets']) await rm(`packages/${name}/dist`, { recursive: true, force: true })
for (const mode of ['sdk', 'widgets', 'validator', 'tag', 'cli', 'studio']) await build({ mode, logLevel: 'warn' })
// npm makes it so for who installs the package; here it is run where it stands.
await chmod('packages/sdk/dist/cli.js', 0o755)
await copyFile('packages/widgets/src/tag/stub.js', 'packages/widgets/dist/plimsoll-stub.js')
await import('./integrity.mjs')
