import type { Prompt } from '../core/prompt.ts'
import type { PromptContent } from './content.ts'
import type { PageFacts } from './page.ts'
import { writeBlock } from './writeBlock.ts'
import { writeFeature } from './writeFeature.ts'
import { writeLimit } from './writeLimit.ts'
import { writeMilestone } from './writeMilestone.ts'
import { writeTeam } from './writeTeam.ts'

/**
 * Writes any prompt. A widget that draws one type alone takes its writer instead, and leaves the others' words unloaded.
 *
 * @param needed The stepper's number, for seats.
 * @returns `null` where it cannot be drawn: a figure or a value in its copy is unknown, or its link was refused.
 */
export function writePrompt(prompt: Prompt, page: PageFacts, needed?: number): PromptContent | null {
  if (prompt.block) return writeBlock(prompt, page, needed)
  switch (prompt.triggerType) {
    case 'limit_approaching':
      return writeLimit(prompt, page)
    case 'feature_discovery':
      return writeFeature(prompt, page)
    case 'team_growth':
      return writeTeam(prompt, page, needed)
    case 'usage_milestone':
      return writeMilestone(prompt, page)
  }
  return prompt.triggerType satisfies never
}
