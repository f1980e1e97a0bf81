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
export function watchElements(signals: ElementSignals): () => void {
  // Features first: a guard that stops a click stops it for whoever listens after it.
  const stops = [watchFeatures(signals), watchSearches(signals.onSearch), watchGuards(signals)]
  return () => {
    for (const stop of stops) stop()
  }
}
