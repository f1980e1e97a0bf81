/** Plays users' journeys away from the page. */

import { calendarOf, simulate } from '../../../../packages/sdk/src/simulate/index.ts'
import type { Answer, Job } from './jobs.ts'

/** A picture of the progress that is newer than this is not worth a message. */
const STEP_MS = 50

const say = (answer: Answer): void => postMessage(answer)

addEventListener('message', ({ data: job }: MessageEvent<Job>) => {
  const { days, seed, startAt, users, journeys } = job.setting
  if (job.type === 'calendar') {
    say({ type: 'calendar', calendar: calendarOf(job.config, journeys, job.user, { days, seed, startAt }) })
    return
  }
  let toldAt = 0
  const reports = job.configs.map((config, i) =>
    simulate(config, journeys, { days, seed, startAt, to: users, base: job.configs[0]! }, (lived) => {
      if (performance.now() - toldAt < STEP_MS) return
      toldAt = performance.now()
      say({ type: 'progress', done: (i + lived / users) / job.configs.length })
    }),
  )
  say({ type: 'played', reports })
})
