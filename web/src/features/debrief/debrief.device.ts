import { z } from 'zod'
import { changeKept, keep, keepAll, readAllKept, readKept } from '../../app/device.ts'
import type { Reader } from '../../app/reader.ts'

// What this device remembers of a session: the ballot of each who votes on it, and nothing the server
// could recognise it by. A workstation may be shared: one’s ballot is never another’s, and all go
// once the votes are counted.

const ballotSchema = z.object({
  id: z.string(),
  factor: z.string(),
  /** Absent until it was signed. */
  signature: z.string().optional(),
  /** What was cast last; absent until it was. */
  cast: z.array(z.string()).optional(),
})
export type KeptBallot = z.infer<typeof ballotSchema>

/** A session nobody comes back to. */
const daysKept = 8

const keyOf = (reader: Reader, code: string) => `${reader}:${code}`
/** For browsers that keep nothing: as long as the page. */
const inMemory = new Map<string, KeptBallot>()

export async function keptBallot(reader: Reader, code: string): Promise<KeptBallot | undefined> {
  forgetUnowned(code)
  const key = keyOf(reader, code)
  const kept = ballotSchema.safeParse(await readKept('ballots', key).catch(() => undefined))
  return kept.success ? kept.data : inMemory.get(key)
}

/** The reader’s ballot, which is that one where there is none yet; two tabs hold the same. */
export async function heldBallot(
  reader: Reader,
  code: string,
  fresh: KeptBallot,
): Promise<KeptBallot> {
  const key = keyOf(reader, code)
  const isBallot = (value: unknown) => ballotSchema.safeParse(value).success
  const first = inMemory.get(key) ?? fresh
  await changeKept('ballots', key, (now) => (isBallot(now) ? now : lasting(first))).catch(() => {})
  const held = (await keptBallot(reader, code)) ?? first
  inMemory.set(key, held)
  return held
}

export async function keepBallot(reader: Reader, code: string, ballot: KeptBallot): Promise<void> {
  const key = keyOf(reader, code)
  inMemory.set(key, ballot)
  await keep('ballots', key, lasting(ballot)).catch(() => {})
}

const lasting = (ballot: KeptBallot) => ({
  ...ballot,
  until: new Date(Date.now() + daysKept * 86_400_000),
})

/** The votes are counted: what was cast on this device, and with what, is nobody’s business now. */
export async function forgetBallots(code: string): Promise<void> {
  forgetUnowned(code)
  for (const key of inMemory.keys()) if (key.endsWith(`:${code}`)) inMemory.delete(key)
  const rows = await readAllKept('ballots').catch(() => [])
  const keys = rows.map(([key]) => key).filter((key) => key.endsWith(`:${code}`))
  if (keys.length === 0) return
  await keepAll(keys.map((key) => ['ballots', key, undefined] as const)).catch(() => {})
}

/** An older version kept one ballot for whoever sat there; nobody can say whose it is. */
function forgetUnowned(code: string): void {
  try {
    localStorage.removeItem(`debrief-ballot:${code}`)
  } catch {
    // Closed storage holds none.
  }
}
