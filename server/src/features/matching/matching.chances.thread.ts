import { Worker } from 'node:worker_threads'
import type { Chances, ChancesInput } from './matching.chances.rules.ts'

/** Estimates away from the thread that answers requests; rejects when stopped before its end. */
export async function estimateInThread(
  input: ChancesInput,
  stop: AbortSignal | undefined,
): Promise<Chances> {
  const worker = new Worker(new URL('./matching.chances.worker.ts', import.meta.url), {
    workerData: input,
    // The thread runs plain Node, whatever flags this process was started with.
    execArgv: [],
  })
  const end = () => void worker.terminate()
  if (stop?.aborted) end()
  stop?.addEventListener('abort', end, { once: true })
  return new Promise<Chances>((resolve, reject) => {
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', (code) => reject(new Error(`the chances thread ended with code ${code}`)))
  }).finally(() => stop?.removeEventListener('abort', end))
}
