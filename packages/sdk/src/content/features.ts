import type { Prompt } from '../core/prompt.ts'
import { own } from './text.ts'

/** The features that the plan offered has, and the account has not. */
export function addedFeatures({ plan, current, account }: Prompt): readonly string[] {
  const extra = own(account, 'features')
  const has = [...(current?.features ?? []), ...(Array.isArray(extra) ? extra : [])]
  return plan?.features.filter((id) => !has.includes(id)) ?? []
}

/** A name within a sentence. Only English writes it small, and only where the rest of it is: `API access` stays. */
export function inline(name: string, tag: string): string {
  return /^en\b/.test(tag) && /^\p{Lu}[^\p{Lu}]+$/u.test(name)
    ? name.replace(/^./u, (letter) => letter.toLowerCase())
    : name
}
