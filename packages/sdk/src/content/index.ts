export type {
  ActionContent,
  AskContent,
  BillContent,
  ExplainerContent,
  MeterContent,
  PlansContent,
  PromptContent,
  SeatsContent,
} from './content.ts'
export { labelNames, labels } from './labels.ts'
export { checkLink, resolveLink } from './links.ts'
export type { PageFacts } from './page.ts'
export { isRightToLeft } from './text.ts'
export { writeBlock } from './writeBlock.ts'
export { writeExplainer } from './writeExplainer.ts'
export { writeFeature } from './writeFeature.ts'
export { writeLimit } from './writeLimit.ts'
export { writeMilestone } from './writeMilestone.ts'
export { writePlans } from './writePlans.ts'
export { writePrompt } from './writePrompt.ts'
export { writeTeam } from './writeTeam.ts'
