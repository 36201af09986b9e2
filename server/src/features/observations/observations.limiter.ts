import { createHmac, randomBytes } from 'node:crypto'

/** What one caller may send in a while; a whole call centre sits behind one address. */
export const sendingsPerCaller = { limit: 300, windowMinutes: 10 }

/**
 * Counts attempts in this process's memory only: the table other throttles share would be a trace
 * of who wrote when. Callers are hashed under a key that dies with the process, and everything is
 * forgotten when the window ends.
 */
export function memoryLimiter({ limit, windowMinutes }: typeof sendingsPerCaller) {
  const key = randomBytes(32)
  const length = windowMinutes * 60_000
  let window = 0
  let counts = new Map<string, number>()
  return (caller: string, now: Date): boolean => {
    const current = Math.floor(now.getTime() / length)
    if (current !== window) {
      window = current
      counts = new Map()
    }
    const who = createHmac('sha256', key).update(caller).digest('base64url')
    const count = (counts.get(who) ?? 0) + 1
    counts.set(who, count)
    return count <= limit
  }
}
