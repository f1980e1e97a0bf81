import type { ActionContent, ExplainerContent, PageFacts, PlansContent, Prompt, PromptContent } from '@plimsoll/sdk'
import type { VNode } from 'preact'

/** All that a widget may lay out; which of it is there depends on the kind. */
export interface Content
  extends Omit<PromptContent, 'stop'>,
    Partial<Pick<ExplainerContent, 'also' | 'gains'>>,
    Partial<Pick<PlansContent, 'label' | 'columns' | 'rows'>> {
  /** Absent where there is nothing to stop: in an explainer, a comparison. */
  readonly stop?: string
}

/**
 * How a widget stands: above the page, in a slot, over a slot that has no room for it, pushing the page down, beside a
 * control, or as a dialog.
 */
export type Standing = 'float' | 'slot' | 'over' | 'push' | 'anchor' | 'dialog'

/** What a refusal, or leaving without one, was made with. */
export type By = 'button' | 'close' | 'escape'

/** One widget on screen, as its layout sees it. */
export interface View {
  readonly prompt: Prompt
  readonly content: Content
  /** What it says now: its own words, or once it was asked, those. */
  readonly said: { readonly title: string; readonly text: string }
  readonly standing: Standing
  /** Sets its ids apart from those of another widget in the same root. */
  readonly id: string
  /** After "Ask an admin": whether the message could be copied. */
  readonly asked?: 'copied' | 'refused' | undefined
  /** Draws it again with other seats to add. */
  step(needed: number): void
  /** Goes where an action leads: follows its link, asks, or opens another widget. */
  follow(event: MouseEvent, action: ActionContent): void
  answer(action: 'dismiss' | 'snooze' | 'cancel' | 'stop', by?: By): void
}

/** The ground that a widget stands on. */
export interface Ground {
  readonly element: HTMLElement
  readonly standing: Standing
  /** The slot or the control; `<html>` for what floats. */
  readonly at: Element
  /** Finds the control anew once it was replaced. */
  seek(): Element | undefined
  /** Says that it now stands beside another control. */
  moved(to: Element): void
  /** Reports that it cannot stand any more. */
  lose(): void
  leave(by: By): void
}

/** How a widget keeps its place. */
export interface Footing {
  /** Looks again whether it stands well, after a drawing. */
  look(): void
  stop(): void
}

/** A kind of widget: its words, its layout, its styles, and what makes it stand. */
export interface Widget {
  readonly css: readonly string[]
  /** Whether it is a modal dialog. */
  readonly dialog?: boolean
  /** `null` where something in its words is unknown. */
  write(prompt: Prompt, page: PageFacts, needed?: number): Content | null
  draw(view: View): VNode
  /** What its root stands in when it is beside this control, where that is not the page. */
  around?(control: Element): Element | undefined
  /** Called once it is drawn. */
  stand?(ground: Ground): Footing | undefined
}
