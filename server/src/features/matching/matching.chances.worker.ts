import { parentPort, workerData } from 'node:worker_threads'
import { type ChancesInput, estimateChances } from './matching.chances.rules.ts'

parentPort?.postMessage(estimateChances(workerData as ChancesInput))
