import { z } from 'zod'

// What this device remembers of a session: the ballot that is its own, and nothing the server could
// recognise it by.

const ballotSchema = z.object({
  id: z.string(),
  factor: z.string(),
  /** Absent until it was signed. */
  signature: z.string().optional(),
  /** What was cast last; absent until it was. */
  cast: z.array(z.string()).optional(),
})
export type KeptBallot = z.infer<typeof ballotSchema>

const key = (code: string) => `debrief-ballot:${code}`
/** For browsers that keep nothing: as long as the page. */
const inMemory = new Map<string, KeptBallot>()

export function keptBallot(code: string): KeptBallot | undefined {
  try {
    const parsed = ballotSchema.safeParse(JSON.parse(localStorage.getItem(key(code)) ?? 'null'))
    if (parsed.success) return parsed.data
  } catch {
    // Closed storage.
  }
  return inMemory.get(code)
}

export function keepBallot(code: string, ballot: KeptBallot): void {
  inMemory.set(code, ballot)
  try {
    localStorage.setItem(key(code), JSON.stringify(ballot))
  } catch {
    // See inMemory.
  }
}
