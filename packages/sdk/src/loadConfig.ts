import { fetchText } from './browser/fetchText.ts'
import type { CheckedConfig, ConfigError } from './config/types.ts'
import { hash64 } from './core/hash.ts'
import type { LedgerStore } from './ports.ts'
import { FORMAT, readPublished } from './published.ts'

interface Kept {
  readonly format: number
  /** The file as it was: compared as a whole, for to hash it takes a page longer than to read it. */
  readonly text: string
  readonly config: CheckedConfig
  readonly errors?: readonly ConfigError[]
}

/** Where the checked form of a file is kept. */
export function configKey(source: string | object): string {
  return `config:${typeof source === 'string' ? hash64(source) : ''}`
}

/**
 * Loads a file: the checked form kept from last time at once, the fresh one behind it.
 *
 * The validator is fetched once the file is seen to need it: not where it was published, or was checked on this browser
 * before.
 *
 * @param storeNow Where the checked form is kept; `undefined` while nothing may be stored.
 * @param onConfig Called with the kept form, and again with a fresh one where that differs.
 * @param onErrors Called where a file has faults, or cannot be had.
 * @param hasConfig Whether a file is in force.
 */
export async function loadConfig(
  source: string | object,
  storeNow: () => LedgerStore | undefined,
  onConfig: (config: CheckedConfig) => void,
  onErrors: (message: string, errors: readonly ConfigError[], cause?: unknown) => void,
  hasConfig: () => boolean,
): Promise<void> {
  const key = configKey(source)
  const isFirst = !hasConfig()
  const where = typeof source === 'string' ? source : 'The config'
  const reading = typeof source === 'string' ? fetchText(source, { cache: 'no-cache' }) : stringify(source)
  // It may fail before anyone waits for it.
  reading.catch(() => {})
  const kept = await quietly(() =>
    storeNow()
      ?.read([key])
      .then(([stored]) => stored?.value as Kept | undefined),
  )
  let isKept = false
  try {
    // An object is at hand: another one's checked form is of no use, not even for a moment.
    const isOther = typeof source !== 'string' && kept?.text !== (await reading)
    if (kept?.format === FORMAT && !isOther) {
      onConfig(kept.config)
      isKept = true
    }
  } catch {
    // Another script of the origin may have spoiled it: the file is checked anew.
  }

  try {
    const text = await reading
    const tell = (faults: readonly ConfigError[] = []): void => {
      if (faults.length) onErrors(`${where} has ${faults.length} fault${faults.length > 1 ? 's' : ''}.`, faults)
    }
    // Whoever mends the file sees its faults on every load, though it was checked only once.
    if (isKept && kept?.text === text) return isFirst ? tell(kept.errors) : undefined
    const published = readPublished(text)
    const { config, errors } = published
      ? { config: published, errors: [] }
      : await (await import('./config/index.ts')).parseConfigSliced(text, () => new Promise((done) => setTimeout(done)))
    tell(errors)
    if (!config) return
    onConfig(config)
    await quietly(() =>
      storeNow()?.update([key], () => ({ values: [{ format: FORMAT, text, config, errors }], result: undefined })),
    )
  } catch (cause) {
    onErrors(
      `${where} could not be loaded: ${hasConfig() ? 'the last good one stays in force' : 'nothing shows'}.`,
      [],
      cause,
    )
  }
}

const stringify = async (source: object): Promise<string> => JSON.stringify(source)

/** What is only a saving may fail, and may not hold up the rest. */
async function quietly<T>(work: () => Promise<T> | undefined): Promise<T | undefined> {
  try {
    return await Promise.race([work(), new Promise<undefined>((done) => setTimeout(done, 1000))])
  } catch {
    return
  }
}
