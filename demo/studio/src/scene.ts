/** A pretend account, user and moment, that the preview and the verdicts are of. */

import type { CheckedConfig } from '@plimsoll/sdk'
import { atom } from 'nanostores'
import { isResource } from '../../../packages/sdk/src/core/usage.ts'

/** What may stand in a prompt's way at this very moment. */
export interface Moment {
  readonly hidden: boolean
  readonly typing: boolean
  readonly dialog: boolean
  readonly paused: boolean
  readonly noConsent: boolean
  readonly noStorage: boolean
  readonly noPlace: boolean
  readonly onScreen: boolean
}

export interface Scene {
  readonly role: string
  /** A plan's id; one that the file does not have is an unknown plan. */
  readonly plan: string
  /** By resource: how much is in use; by event: how often it has happened. `null`: not reported. */
  readonly used: { readonly [metric: string]: number | null }
  /** The same at the last visit: what was passed since is a milestone. */
  readonly before: { readonly [metric: string]: number }
  /** `null`: not known. */
  readonly health: number | null
  readonly ageDays: number | null
  readonly flags: readonly string[]
  /** Days after the studio was opened. */
  readonly day: number
  readonly path: string
  /** Features whose control is pointed at. */
  readonly near: readonly string[]
  /** Trigger types that were stopped. */
  readonly optOuts: readonly string[]
  readonly moment: Moment
}

const noMoment: Moment = {
  hidden: false,
  typing: false,
  dialog: false,
  paused: false,
  noConsent: false,
  noStorage: false,
  noPlace: false,
  onScreen: false,
}

/** What a person of some kind is like: the same five that simulations play. */
export const personas = [
  { id: 'growing-admin', name: 'Growing admin', role: 'admin', plan: 0, share: 0.86, age: 200, health: 85 },
  { id: 'member', name: 'Member, who cannot buy', role: 'member', plan: 0, share: 0.86, age: 200, health: 80 },
  { id: 'solo-trialist', name: 'Solo trialist', role: 'owner', plan: 0, share: 0.4, age: 2, health: null },
  { id: 'heavy-user', name: 'Heavy user, one plan up', role: 'admin', plan: 1, share: 0.97, age: 400, health: 90 },
  { id: 'dormant', name: 'Dormant account', role: 'owner', plan: 0, share: 0.25, age: 500, health: 40 },
] as const

export type PersonaId = (typeof personas)[number]['id']

/** All that can be counted in a file, resources first. */
export function metricsOf(config: CheckedConfig): readonly string[] {
  return [
    ...new Set([
      ...Object.keys(config.resources),
      ...config.plans.flatMap(({ limits }) => Object.keys(limits)),
      ...config.triggers.flatMap((trigger) =>
        'resource' in trigger ? trigger.resource : trigger.type === 'usage_milestone' ? trigger.metric : [],
      ),
    ]),
  ]
}

/** How far a metric's slider goes, and the plan's limit, where it has one. */
export function scaleOf(
  config: CheckedConfig,
  plan: string,
  metric: string,
): { readonly max: number; readonly limit: number | undefined } {
  const limit = config.plans.find(({ id }) => id === plan)?.limits[metric] ?? undefined
  const milestones = config.triggers.flatMap((trigger) =>
    trigger.type === 'usage_milestone' && trigger.metric === metric ? trigger.milestones : [],
  )
  const top = Math.max(limit ?? 0, ...milestones) || 100
  return { max: Math.ceil(top * 1.2), limit }
}

/** A person of this kind, fitted to a file. */
function sceneOf(config: CheckedConfig, persona: PersonaId): Scene {
  const { role, plan: at, share, age, health } = personas.find(({ id }) => id === persona) ?? personas[0]
  const plan = (config.plans[at] ?? config.plans[0])?.id ?? ''
  const used: { [metric: string]: number } = {}
  const before: { [metric: string]: number } = {}
  for (const metric of metricsOf(config)) {
    const { max, limit } = scaleOf(config, plan, metric)
    const top = limit ?? max / 1.2
    const now = isResource(config, metric) ? Math.max(1, Math.round(top * share)) : Math.round(top * share * 0.5)
    used[metric] = now
    before[metric] = Math.floor(now * 0.9)
  }
  return {
    role,
    plan,
    used,
    before,
    health,
    ageDays: age,
    flags: [],
    day: 0,
    path: '/',
    near: [],
    optOuts: [],
    moment: noMoment,
  }
}

export const $persona = atom<PersonaId | undefined>('growing-admin')
export const $scene = atom<Scene | undefined>(undefined)
/** The trigger that is looked at. */
export const $triggerId = atom('')

/** Puts a person of this kind into the scene. */
export function choosePersona(config: CheckedConfig, persona: PersonaId): void {
  $persona.set(persona)
  $scene.set(sceneOf(config, persona))
}

/** Changes what is known of the scene; from then on it is nobody's in particular. */
export function changeScene(change: Partial<Scene>): void {
  const scene = $scene.get()
  if (!scene) return
  if (!('day' in change) && !('moment' in change) && !('optOuts' in change)) $persona.set(undefined)
  $scene.set({ ...scene, ...change })
}

/** Keeps the scene fit for a file that has changed: what it newly counts is there, and its plan is one that exists. */
export function fitScene(config: CheckedConfig): void {
  const scene = $scene.get()
  const persona = $persona.get()
  if (!scene || persona) {
    const { day = 0, moment = noMoment, optOuts = [] } = scene ?? {}
    $scene.set({ ...sceneOf(config, persona ?? 'growing-admin'), day, moment, optOuts })
  } else {
    const fresh = sceneOf(config, 'growing-admin')
    $scene.set({ ...scene, used: { ...fresh.used, ...scene.used }, before: { ...fresh.before, ...scene.before } })
  }
}
