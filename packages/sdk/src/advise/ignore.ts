import { get, keysOf, listOf } from '../config/loose.ts'
import { nearest } from '../config/nearest.ts'
import { type Advice, type AdvicePath, REASONS } from './advice.ts'

/** Leaves out what the file ignores, and tells of reasons that forgive nothing. */
export function forgive(source: unknown, given: readonly Advice[]): Advice[] {
  const forgiven = new Set<Advice>()
  const stale: Advice[] = []
  const take = (ignored: unknown, place: AdvicePath): void => {
    for (const code of keysOf(ignored)) {
      const meant = given.filter((advice) => advice.code === code && place.every((key, i) => advice.path[i] === key))
      for (const advice of meant) forgiven.add(advice)
      if (!meant.length) stale.push(staleAt(code, [...place, 'ignore', code], get(source, ...place, 'id')))
    }
  }
  take(get(source, 'ignore'), [])
  for (const [i, trigger] of listOf(get(source, 'triggers')).entries()) take(get(trigger, 'ignore'), ['triggers', i])
  return [...given.filter((advice) => !forgiven.has(advice)), ...stale]
}

function staleAt(code: string, path: AdvicePath, id: unknown): Advice {
  const known = Object.hasOwn(REASONS, code)
  const near = known ? undefined : nearest(code, Object.keys(REASONS))
  return {
    code: 'stale-ignore',
    path,
    found: known ? `${code}, which is not so here` : `${code}, which is no rule`,
    why: REASONS['stale-ignore'],
    fix: near ? `Write "${near}", or take it out.` : 'Take it out.',
    ...(typeof id === 'string' && { triggerId: id }),
  }
}
