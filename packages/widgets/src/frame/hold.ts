import type { Prompt, ShowOptions, WidgetKind } from '@plimsoll/sdk'
import type { Place } from '../places.ts'
import type { Widget } from './view.ts'

/** What the renderer and the frame share of one prompt: the renderer makes it, the frame fills it in once it is there. */
export interface Hold {
  /** As last updated. */
  prompt: Prompt
  readonly options: ShowOptions
  /** Where it may stand now. */
  readonly seek: () => Place
  readonly load: (kind: WidgetKind | 'block') => Promise<Widget>
  closed?: boolean
  redraw?: () => void
  leave?: () => void
}
