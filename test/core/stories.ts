import type { PlimsollConfig, Trigger } from '../../packages/sdk/src/config/types.ts'
import { DAY, rulesOf } from './sample.ts'
import { type Happening, type Report, simulate, type World } from './simulate.ts'

/** A world in which an admin of an account on the first plan is here. */
export function begin(
  triggers: readonly Trigger[],
  usage: { readonly [resource: string]: Report } = {},
  file: Partial<PlimsollConfig> = {},
  tabs = 1,
) {
  const happened: Happening[] = []
  const world = simulate(rulesOf(triggers, file), tabs, (happening) => happened.push(happening))
  world.identify({ user: { id: 'u1', role: 'admin' }, account: { id: 'a1', plan: 'starter' } })
  world.usage(usage)
  return { world, happened, rises: () => happened.flatMap((one) => (one.type === 'rise' ? [one.rise] : [])) }
}

/** Decides, and lets what shows be seen. */
export function see(world: World, i = 0): string | undefined {
  world.turn(i)
  world.confirm(i)
  return world.standing(i)
}

/** Comes back after a while, to a new session, and sees what shows. */
export function comeBack(world: World, afterMs = DAY): string | undefined {
  world.answer('clicked')
  world.advance(afterMs)
  world.active()
  return see(world)
}

/** Refuses what shows, in as many sessions, a day between each. */
export function refuse(world: World, times: number): void {
  for (let i = 0; i < times; i++) {
    world.answer('dismissed')
    if (i === times - 1) return
    world.advance(DAY)
    world.active()
    see(world)
  }
}

/** What the ledger counts of a trigger. */
export const seen = (world: World, key: string) => world.ledger().accounts.a1?.counters[key]
