import { Worker } from 'node:worker_threads'
import type { Chances, ChancesInput } from './matching.chances.rules.ts'
import { threadStart } from './matching.thread.ts'

/**
 * Estimates away from the thread that answers requests; rejects when stopped before its end. The
 * thread is asked to end, never cut off: one terminated while it still loads can take the whole
 * process with it.
 */
export async function estimateInThread(
  input: ChancesInput,
  stop: AbortSignal | undefined,
): Promise<Chances> {
  stop?.throwIfAborted()
  const stopped = new SharedArrayBuffer(4)
  const worker = new Worker(new URL('./matching.chances.worker.ts', import.meta.url), {
    ...threadStart,
    workerData: { input, stopped },
  })
  const end = () => void Atomics.store(new Int32Array(stopped), 0, 1)
  stop?.addEventListener('abort', end, { once: true })
  return new Promise<Chances>((resolve, reject) => {
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the chances thread ended with code ${code}`)))
  }).finally(() => stop?.removeEventListener('abort', end))
}
