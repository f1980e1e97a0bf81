/** What must compile, and what must not, of the configuration's types. Checked by `tsc`; nothing runs. */

import type * as z from 'zod/mini'
import type { configSchema } from '../../packages/sdk/schema/configSchema.ts'
import type { PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'

/** The same shape with every `readonly` taken off, so that only keys, kinds and optionality are compared. */
type Plain<T> = T extends readonly (infer Item)[]
  ? Plain<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Plain<T[Key]> }
    : T

/** Whether two types are one and the same, optional keys included. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Same<A, B> = Equal<Plain<A>, Plain<B>>

type Written = z.input<typeof configSchema>
type Parsed = z.output<typeof configSchema>

// Assignable both ways, and key by key the same.
export const writtenIsTyped = (written: Written): PlimsollConfig => written
export const typedIsWritten = (typed: PlimsollConfig): Written => typed as Plain<PlimsollConfig>
export const everyKey: { readonly [Key in keyof PlimsollConfig]-?: Same<PlimsollConfig[Key], Written[Key]> } = {
  $schema: true,
  version: true,
  product: true,
  plans: true,
  resources: true,
  features: true,
  links: true,
  caps: true,
  guardrails: true,
  buyers: true,
  savedGroups: true,
  neverBlock: true,
  labels: true,
  theme: true,
  ignore: true,
  triggers: true,
}
export const keysAreTheSame: Equal<keyof PlimsollConfig, keyof Written> = true
export const nothingIsTransformed: Equal<Written, Parsed> = true

type ByType<T, Type> = T extends { readonly type: Type } ? T : never
type SameTrigger<Type extends Trigger['type']> = Same<ByType<Trigger, Type>, ByType<Written['triggers'][number], Type>>
export const everyTrigger: { readonly [Type in Trigger['type']]: SameTrigger<Type> } = {
  limit_approaching: true,
  feature_discovery: true,
  team_growth: true,
  usage_milestone: true,
}

// The comparison itself tells differences apart.
// @ts-expect-error An optional key is not a required one.
export const optionalDiffers: Same<{ a?: string }, { a: string }> = true
// @ts-expect-error A missing key is a difference.
export const missingDiffers: Same<{ a: string; b: string }, { a: string }> = true
// @ts-expect-error A wider kind is a difference.
export const kindDiffers: Same<{ a: 'x' }, { a: string }> = true

// What a person may not write.
export const wrong: readonly Trigger[] = [
  // @ts-expect-error A limit trigger names its resource.
  { id: 'a', type: 'limit_approaching' },
  // @ts-expect-error Milestones belong to usage_milestone.
  { id: 'b', type: 'team_growth', milestones: [1, 2, 3] },
  // @ts-expect-error A frequency has a max.
  { id: 'c', type: 'team_growth', frequency: { per: 'session' } },
  // @ts-expect-error Suppression is by dismissals or by impressions.
  { id: 'd', type: 'team_growth', suppress: { dismissals: 3 } },
]
