import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { PlanOutcome } from './matching.plan.ts'
import type { PlanInput } from './matching.problem.ts'
import type { WorkerMessage } from './matching.worker.ts'

/**
 * What a thread of the solver begins with: plain Node, whatever flags this process was started
 * with, nothing of its environment, and code whose types were stripped once and kept. Stripping
 * them in every thread costs more than starting it, and loads WebAssembly each time, over which V8
 * now and then ends the whole process (nodejs/node#64500).
 */
export const threadStart = {
  execArgv: [],
  env: {
    NODE_COMPILE_CACHE: fileURLToPath(
      new URL('../../../../node_modules/.cache/node', import.meta.url),
    ),
  },
}

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
    ...threadStart,
    workerData: { input, stop },
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
