/** Plays users' journeys away from the page. */

import { calendarOf, foresee, simulate } from '../../../../packages/sdk/src/simulate/index.ts'
import { characterOf } from '../../../../packages/sdk/src/simulate/life.ts'
import { worldOf } from '../../../../packages/sdk/src/simulate/simulate.ts'
import { check } from '../check.ts'
import type { Answer, Job } from './jobs.ts'

/** A picture of the progress that is newer than this is not worth a message. */
const STEP_MS = 50

const say = (answer: Answer): void => postMessage(answer)

addEventListener('message', ({ data: job }: MessageEvent<Job>) => {
  switch (job.type) {
    case 'play':
      return play(job)
    case 'calendar':
      return say({ type: 'calendar', calendar: liveOnce(job) })
    case 'weigh': {
      const { text, now } = job
      return say({ type: 'weighed', findings: check(text, now, (config) => foresee(config, now)).findings })
    }
  }
  job satisfies never
})

function play({ configs, setting }: Extract<Job, { type: 'play' }>): void {
  const { journeys, days, seed, startAt, users } = setting
  let toldAt = 0
  const reports = configs.map((config, i) =>
    simulate(config, journeys, { days, seed, startAt, to: users, base: configs[0]! }, (lived) => {
      if (performance.now() - toldAt < STEP_MS) return
      toldAt = performance.now()
      say({ type: 'progress', done: (i + lived / users) / configs.length })
    }),
  )
  say({ type: 'played', reports })
}

/** Who a user is, is known before they live. */
function liveOnce({ config, setting, persona, user }: Extract<Job, { type: 'calendar' }>) {
  const { journeys, users } = setting
  const world = worldOf(config, journeys, setting)
  for (let i = 0; i < users; i++) {
    const number = (user + i) % users
    if (characterOf(world, number).id === persona) return calendarOf(config, journeys, number, setting)
  }
  return undefined
}
