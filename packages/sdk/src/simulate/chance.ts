import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { skipN } from 'pure-rand/utils/skipN'
import { fnv32a } from '../core/hash.ts'

/** Draws a number from 0 to 1, 1 itself never. */
export type Chance = () => number

/** The chance of one life: the same for the same name, in whatever order lives are played. */
export function chanceOf(name: string): Chance {
  const generator = xoroshiro128plus(fnv32a(name))
  // Its first numbers still look like the seed.
  skipN(generator, 16)
  return () => uniformFloat32(generator)
}
