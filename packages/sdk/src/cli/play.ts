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

interface Part extends Run {
  readonly isPart: true
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
  const shares = Array.from({ length: threads }, (_, i) => Math.floor((users * i) / threads))
  const parts = await Promise.all(
    shares.map((from, i) => playPart({ ...run, isPart: true, from, to: shares[i + 1] ?? users }, tell)),
  )
  return parts.reduce(merge)
}

/** Plays a part on a thread of its own: this same program, which finds out at its start that it is one. */
function playPart(part: Part, tell: (users: number) => void): Promise<Report> {
  return new Promise((done, fail) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: part })
    worker.on('message', (message: number | Report) => {
      if (typeof message === 'number') tell(message)
      else done(message)
    })
    worker.on('error', fail)
    worker.on('exit', (code) => fail(new Error(`A thread ended with code ${code}.`)))
  })
}

/** Plays this thread's part. `false`: it is the main thread, or somebody else's. */
export function playAsThread(): boolean {
  const part = workerData as Part | null
  if (isMainThread || !part?.isPart) return false
  let told = 0
  const report = simulate(part.config, part.journeys, part, (users) => {
    if (users - told < STEP) return
    parentPort?.postMessage(users - told)
    told = users
  })
  parentPort?.postMessage(report)
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
