import type { Curve } from './journeys.ts'

/**
 * Where a figure stands on its curve.
 *
 * `linear` and `exponential` go on after `x` = 1 as they came; `saturating` is at `to` there and rises no more, as good
 * as there by half of the way; `step` is at `from` for the first half, then at `to`.
 *
 * @param x Part of the way: 0 at `from`, 1 at `to`.
 */
export function growthAt(curve: Curve, from: number, to: number, x: number): number {
  switch (curve) {
    case 'linear':
      return from + (to - from) * x
    // One more on both sides, so that a figure may begin at 0.
    case 'exponential':
      return (from + 1) * ((to + 1) / (from + 1)) ** x - 1
    case 'saturating':
      return from + ((to - from) * (1 - Math.exp(-4 * Math.min(x, 1)))) / (1 - Math.exp(-4))
    case 'step':
      return x < 0.5 ? from : to
  }
  return curve satisfies never
}
