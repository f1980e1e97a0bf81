import { blockLabels } from './labels/block.ts'
import { commonLabels } from './labels/common.ts'
import { comparisonLabels } from './labels/comparison.ts'
import { featureLabels } from './labels/feature.ts'
import { limitLabels } from './labels/limit.ts'
import { milestoneLabels } from './labels/milestone.ts'
import { teamLabels } from './labels/team.ts'

/** Every built-in text in English, by name: what `config.labels[locale][name]` replaces. */
export const labels = {
  ...commonLabels,
  ...limitLabels,
  ...featureLabels,
  ...teamLabels,
  ...blockLabels,
  ...milestoneLabels,
  ...comparisonLabels,
}

const PLURAL = /\.(zero|one|two|few|many|other)$/

/** The names that `labels` knows. A plural form of each may stand beside it, as `team.members.few`. */
export const labelNames: readonly string[] = Object.keys(labels).filter((name) => !PLURAL.test(name))
