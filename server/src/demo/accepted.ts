import { isRefusal, type Refusal } from '#server/platform/refusal.ts'

/** The demo asks for nothing that could be refused: a refusal here is a fault. */
export function accepted<T>(outcome: T | Refusal): T {
  if (isRefusal(outcome)) throw new Error(`the demo was refused: ${JSON.stringify(outcome)}`)
  return outcome
}
