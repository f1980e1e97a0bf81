import type { CheckedTrigger } from '../config/types.ts'
import type { WidgetKind } from './prompt.ts'

/** Which widget draws a trigger's prompt. */
export function kindOf(trigger: CheckedTrigger): WidgetKind {
  switch (trigger.type) {
    case 'limit_approaching':
      return 'banner'
    case 'feature_discovery':
      return 'tooltip'
    case 'team_growth':
      return 'panel'
    case 'usage_milestone':
      return trigger.surface
  }
  return trigger satisfies never
}

/** The slot that a trigger's prompt may stand in: its own, or for a feature one of the feature's name. */
export function slotOf(trigger: CheckedTrigger): string | undefined {
  return trigger.slot ?? (trigger.type === 'feature_discovery' ? trigger.feature : undefined)
}
