import { createHmac, randomBytes } from 'node:crypto'
import { isRefusal, type Refusal, refuse } from './refusal.ts'

/** How many of something one subject has within a while. */
export interface MemoryLimit {
  limit: number
  windowMinutes: number
}

/**
 * Counts in this process's memory only: the table other throttles share would be a trace of who did
 * what when. Subjects are hashed under a key that dies with the process, and everything is forgotten
 * when the window ends.
 */
export function memoryLimiter({ limit, windowMinutes }: MemoryLimit) {
  const key = randomBytes(32)
  const length = windowMinutes * 60_000
  let window = 0
  let counts = new Map<string, number>()

  function soFar(subject: string, now: Date): [who: string, count: number] {
    const current = Math.floor(now.getTime() / length)
    if (current !== window) {
      window = current
      counts = new Map()
    }
    const who = createHmac('sha256', key).update(subject).digest('base64url')
    return [who, counts.get(who) ?? 0]
  }

  return {
    /** Counts one more. @returns whether it is still within the limit. */
    count(subject: string, now: Date): boolean {
      const [who, count] = soFar(subject, now)
      counts.set(who, count + 1)
      return count < limit
    },
    /** Whether nothing is left, counting nothing. */
    isSpent(subject: string, now: Date): boolean {
      return soFar(subject, now)[1] >= limit
    },
  }
}

/**
 * For whoever shows a secret: wrong ones are counted by address, right ones cost nobody anything, since
 * a whole company may be one address.
 */
export function refusalLimiter(rule: MemoryLimit) {
  const refusals = memoryLimiter(rule)
  return async function limited<T>(
    address: string,
    now: Date,
    work: () => Promise<T | Refusal>,
  ): Promise<T | Refusal> {
    if (refusals.isSpent(address, now)) return refuse('too-many-requests')
    const outcome = await work()
    if (isRefusal(outcome)) refusals.count(address, now)
    return outcome
  }
}
