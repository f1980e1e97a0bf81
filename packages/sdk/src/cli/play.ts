import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { CheckedConfig } from '../config/types.ts'
import { type Journeys, merge, type Report, type RunOptions, simulate } from '../simulate/index.ts'
import type { Io } from './command.ts'

/** One run: which users live through which file. */
export interface Run extends RunOptions {
  readonly config: CheckedConfig
  readonly journeys: Journeys
  readonly users: number
}

/** What a thread is begun with, so that it knows that it is one. */
interface Part extends Run {
  readonly isPart: true
}

/** Users that a thread plays in one go. */
interface Share {
  readonly from: number
  readonly to: number
}

/** Fewer users than this are played sooner than a thread begins. */
const FEW = 200
/** A thread says how far it is after so many users. */
const STEP = 20
/** A run shorter than this needs no bar. */
const PATIENCE_MS = 1000

/** Plays runs on all cores, and shows how far they are where somebody can see it. The report does not tell how many. */
export async function play(runs: readonly Run[], io: Io): Promise<readonly Report[]> {
  const total = runs.reduce((sum, { users }) => sum + users, 0)
  const bar = progressOf(total, io)
  const reports: Report[] = []
  for (const run of runs) reports.push(await playOne(run, bar.add))
  bar.end()
  return reports
}

async function playOne(run: Run, tell: (users: number) => void): Promise<Report> {
  const { config, journeys, users } = run
  const threads = Math.min(availableParallelism(), Math.ceil(users / FEW))
  if (threads < 2) return simulate(config, journeys, { ...run, from: 0, to: users }, () => tell(1))
  // Handed out a few at a time: cores are not equally quick, and all are to end together.
  const size = Math.max(FEW, Math.ceil(users / threads / 16))
  let from = 0
  const next = (): Share | undefined => {
    if (from >= users) return
    const share = { from, to: Math.min(from + size, users) }
    from = share.to
    return share
  }
  const parts = await Promise.all(Array.from({ length: threads }, () => playOnThread(run, next, tell)))
  return parts.flat().reduce(merge)
}

/** Plays shares on a thread of its own, until there are none: this same program, which finds out that it is one. */
function playOnThread(run: Run, next: () => Share | undefined, tell: (users: number) => void): Promise<Report[]> {
  return new Promise((done, fail) => {
    const part: Part = { ...run, isPart: true }
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: part })
    const reports: Report[] = []
    worker.on('message', (message: number | Report) => {
      if (typeof message === 'number') return tell(message)
      reports.push(message)
      worker.postMessage(next())
    })
    worker.on('error', fail)
    worker.on('exit', (code) => (code ? fail(new Error(`A thread ended with code ${code}.`)) : done(reports)))
    worker.postMessage(next())
  })
}

/** Plays what this thread is given. `false`: it is the main thread, or somebody else's. */
export function playAsThread(): boolean {
  const part = workerData as Part | null
  if (isMainThread || !part?.isPart || !parentPort) return false
  const port = parentPort
  port.on('message', (share: Share | undefined) => {
    if (!share) return port.close()
    let told = 0
    const tell = (users: number): void => {
      if (users - told < STEP) return
      port.postMessage(users - told)
      told = users
    }
    port.postMessage(simulate(part.config, part.journeys, { ...part, ...share }, tell))
  })
  return true
}

/** A bar on standard error, once it is worth one. */
function progressOf(total: number, { live, stderr, width }: Io) {
  const beganAt = Date.now()
  let users = 0
  let shown = ''
  const draw = (line: string): void => {
    if (line !== shown) stderr(`\r${line.padEnd(shown.length)}`)
    shown = line
  }
  return {
    add(more: number): void {
      users += more
      if (!live || Date.now() - beganAt < PATIENCE_MS) return
      const part = users / total
      const cells = Math.max(5, Math.min(30, width - 12))
      const full = Math.floor(part * cells)
      draw(`${'█'.repeat(full)}${'░'.repeat(cells - full)} ${Math.floor(part * 100)} %`)
    },
    /** Leaves nothing of it behind. */
    end(): void {
      if (shown) stderr(`\r${' '.repeat(shown.length)}\r`)
    },
  }
}
