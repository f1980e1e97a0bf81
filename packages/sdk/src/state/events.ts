import type { TriggerType } from '../config/types.ts'
import type { Exposure } from '../core/ledger.ts'
import type { Figures } from '../core/prompt.ts'
import type { ReasonName } from '../core/verdict.ts'

/** What every event about a trigger says. Moments are ISO 8601. */
export interface TriggerDetail {
  readonly triggerId: string
  readonly triggerType: TriggerType
  readonly variant?: string
  readonly sessionId: string
  readonly at: string
  readonly figures: Figures
}

export interface EventDetails {
  readonly ready: { readonly at: string }
  readonly impression: TriggerDetail
  /** Cancelable: prevented, it leaves the navigation to the host. */
  readonly click: TriggerDetail & { readonly action: string; readonly href?: string }
  readonly dismiss: TriggerDetail & { readonly by: string }
  readonly snooze: TriggerDetail
  readonly block: TriggerDetail & { readonly action: string; readonly reason: string }
  /** A request that was blocked fits now: what the host handed to `guard` comes back. */
  readonly unblocked: TriggerDetail & { readonly action: string; readonly requested: number; readonly ref?: unknown }
  readonly request: TriggerDetail
  readonly conversion: TriggerDetail & {
    readonly rise: 'plan' | 'limit'
    readonly from: string | number | null
    readonly to: string | number | null
    readonly exposures: readonly (Omit<Exposure, 'at'> & { readonly at: string })[]
  }
  readonly holdout: TriggerDetail
  readonly withheld: TriggerDetail & { readonly reason: ReasonName }
  readonly error: {
    readonly at: string
    readonly message: string
    readonly cause?: unknown
    readonly errors?: readonly unknown[]
  }
}

export type EventType = keyof EventDetails
export type Listener<T extends EventType = EventType> = (
  detail: EventDetails[T],
  event: CustomEvent<EventDetails[T]>,
) => void

/** Longer a sentence of ours is only where a host's own text stands in it. */
const MAX_MESSAGE = 500

/** What an `error` event says. */
export function errorDetail(message: string, cause?: unknown, errors?: readonly unknown[]): EventDetails['error'] {
  const at = new Date().toISOString()
  const why = (cause as Error | undefined)?.message
  return {
    at,
    message: (why ? `${message} ${why}` : message).slice(0, MAX_MESSAGE),
    ...(cause !== undefined && { cause }),
    ...(errors && { errors }),
  }
}

/** The host's listeners, and the DOM events beside them. What a listener throws stays its own. */
export function createEvents() {
  const listeners = new Map<string, Set<Listener<never>>>()
  return {
    on<T extends EventType>(type: T, fn: Listener<T>): () => void {
      const set = listeners.get(type) ?? new Set()
      listeners.set(type, set.add(fn as Listener<never>))
      return () => set.delete(fn as Listener<never>)
    },
    off<T extends EventType>(type: T, fn: Listener<T>): void {
      listeners.get(type)?.delete(fn as Listener<never>)
    },
    /** Tells everyone. `false`: someone prevented it. */
    emit<T extends EventType>(type: T, detail: EventDetails[T]): boolean {
      const event = new CustomEvent(`plimsoll:${type}`, { detail, cancelable: type === 'click' })
      for (const fn of [...(listeners.get(type) ?? [])] as Listener<T>[]) {
        try {
          fn(detail, event)
        } catch (error) {
          // It stops neither us nor the host's other listeners.
          if (type !== 'error') this.emit('error', errorDetail(`A listener for ${type} threw.`, error))
        }
      }
      globalThis.window?.dispatchEvent(event)
      return !event.defaultPrevented
    },
    clear: () => listeners.clear(),
  }
}

export type Events = ReturnType<typeof createEvents>
