import { Worker } from 'node:worker_threads'
import type { PlanOutcome } from './matching.plan.ts'
import type { PlanInput } from './matching.problem.ts'
import type { WorkerMessage } from './matching.worker.ts'

export interface PlanThread {
  /** Fails only if the thread itself breaks; a plan that cannot be made is an outcome. */
  outcome: Promise<PlanOutcome>
  /** Asks the solver to stop; the outcome then says so. */
  cancel(): void
}

/** Makes a plan away from the thread that answers requests. */
export function planInThread(
  input: PlanInput,
  onProgress: (done: number, total: number) => void,
): PlanThread {
  const stop = new SharedArrayBuffer(4)
  const worker = new Worker(new URL('./matching.worker.ts', import.meta.url), {
    workerData: { input, stop },
    // The thread runs plain Node, whatever flags this process was started with.
    execArgv: [],
  })
  const outcome = new Promise<PlanOutcome>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message.done, message.total)
      else resolve(message.outcome)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the matching thread ended with code ${code}`)))
  })
  return { outcome, cancel: () => void Atomics.store(new Int32Array(stop), 0, 1) }
}
