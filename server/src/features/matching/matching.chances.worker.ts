import { parentPort, workerData } from 'node:worker_threads'
import { type ChancesInput, estimateChances } from './matching.chances.rules.ts'

const { input, stopped } = workerData as { input: ChancesInput; stopped: SharedArrayBuffer }
const flag = new Int32Array(stopped)
const goOn = () => {
  if (Atomics.load(flag, 0) !== 0) throw new Error('stopped before its end')
}

goOn()
parentPort?.postMessage(estimateChances(input, goOn))
