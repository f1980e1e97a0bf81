/**
 * A published file: the configuration as it was written, and before it what checking made of it, so that a first visit
 * needs no validator.
 *
 * It is one line of JSON, and for the validator, which passes `published` over, the same configuration. So whatever
 * becomes of it is safe: with one letter changed by hand it is checked, and means what its readable part says.
 */

import type { CheckedConfig } from './config/types.ts'
import { hash64 } from './core/hash.ts'

/** The checked form has a version of its own: another one is checked again. */
export const FORMAT = 1

const opening = `{"published":{"format":${FORMAT},"digest":"`
/** Behind the digest, which is of all that follows it. */
const end = opening.length + 14

/**
 * Writes a published file.
 *
 * @param source The configuration as it was written, parsed; without fault.
 * @param config What checking made of it.
 */
export function writePublished(source: object, config: CheckedConfig): string {
  const rest = `","config":${JSON.stringify(config)}},${JSON.stringify({ ...source, published: undefined }).slice(1)}`
  return opening + hash64(rest) + rest
}

/**
 * The checked form in a published file; `undefined` for any other text, and where its digest does not match.
 *
 * The digest guards against accidents, not against attackers: who can write the file can write its digest.
 */
export function readPublished(text: string): CheckedConfig | undefined {
  if (text.startsWith(opening) && text.slice(opening.length, end) === hash64(text.slice(end).trimEnd()))
    return JSON.parse(text).published.config
}
