/** What the worker is asked, and what it answers. */

import type { CheckedConfig } from '@plimsoll/sdk'
import type { Calendar, Journeys, Report } from '../../../../packages/sdk/src/simulate/index.ts'
import type { Finding } from '../check.ts'

export interface Setting {
  readonly journeys: Journeys
  readonly users: number
  readonly days: number
  readonly seed: number
  /** When the first day begins, epoch milliseconds. */
  readonly startAt: number
}

const DAY = 86_400_000

/** Today, as the command line has it. */
export const today = (): number => Math.floor(Date.now() / DAY) * DAY

export type Job =
  /** Plays users through each file; plans and shares mean what they mean in the first. */
  | { readonly type: 'play'; readonly configs: readonly CheckedConfig[]; readonly setting: Setting }
  /** Plays one user: the first of a persona from a number on, and behind the last from 0. */
  | {
      readonly type: 'calendar'
      readonly config: CheckedConfig
      readonly setting: Setting
      readonly persona: string
      readonly user: number
    }
  /** Checks a file once more, and weighs its holdouts. */
  | { readonly type: 'weigh'; readonly text: string; readonly now: number }

export type Answer =
  /** How much is done, 0 to 1. */
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'played'; readonly reports: readonly Report[] }
  /** `undefined`: no user of the run is of that persona. */
  | { readonly type: 'calendar'; readonly calendar: Calendar | undefined }
  | { readonly type: 'weighed'; readonly findings: readonly Finding[] }

/** Asks a worker of its own, so that the page never waits. Stopping it ends the worker. */
export function ask(job: Job, onAnswer: (answer: Answer) => void, onFailure: () => void): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const stop = (): void => worker.terminate()
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    onAnswer(data)
    if (data.type !== 'progress') stop()
  }
  worker.onerror = () => {
    onFailure()
    stop()
  }
  worker.postMessage(job)
  return stop
}
