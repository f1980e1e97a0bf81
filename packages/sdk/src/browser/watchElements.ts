import { stopAll } from './listen.ts'
import { type FeatureSignals, watchFeatures } from './watchFeatures.ts'
import { type GuardSignals, watchGuards } from './watchGuards.ts'
import { watchSearches } from './watchSearches.ts'

export interface ElementSignals extends FeatureSignals, GuardSignals {
  onSearch(query: string): void
}

/**
 * Watches every hook that a host puts in its page: `data-plimsoll-feature`, `-search` and `-guard`.
 *
 * @returns What stops it.
 */
export const watchElements = (signals: ElementSignals): (() => void) =>
  // Features first: a guard that stops a click stops it for whoever listens after it.
  stopAll([watchFeatures(signals), watchSearches(signals.onSearch), watchGuards(signals)])
