import { parentPort, workerData } from 'node:worker_threads'
import { makePlan, type PlanOutcome } from './matching.plan.ts'
import type { PlanInput } from './matching.problem.ts'

/** What the thread says while it works, and once at the end. */
export type WorkerMessage =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'done'; outcome: PlanOutcome }

const { input, stop } = workerData as { input: PlanInput; stop: SharedArrayBuffer }
const stopped = new Int32Array(stop)
const tell = (message: WorkerMessage) => parentPort?.postMessage(message)

const outcome = makePlan(input, () => performance.now(), {
  progress: (done, total) => tell({ kind: 'progress', done, total }),
  cancelled: () => Atomics.load(stopped, 0) !== 0,
})
tell({ kind: 'done', outcome })
