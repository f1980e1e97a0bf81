import { fnv32a } from './hash.ts'

/**
 * Tells where an id falls among all ids, so that a person stays where they fell: GrowthBook's hash, version 2.
 *
 * @param seed What is decided, so that two decisions fall apart: a trigger's id.
 * @param value Who is asked for: an id.
 * @returns A part of a whole, 0 to 0.9999 in steps of 0.0001.
 */
export function bucket(seed: string, value: string): number {
  return (fnv32a(`${fnv32a(seed + value)}`) % 10_000) / 10_000
}
