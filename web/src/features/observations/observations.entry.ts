import { z } from 'zod'
import { observationSchema } from '#shared/observations/observations.contract.ts'

// What waits on this device to be sent, and what a failed sending means for it.

const refusedSchema = z.object({ code: z.string(), title: z.string() })

const waitingSchema = z.object({
  id: z.string(),
  dayId: z.string(),
  dayName: z.string(),
  seen: observationSchema,
  /** The server’s « no »; without it, one more try is worth it. */
  refused: refusedSchema.optional(),
})

export const entrySchema = z.discriminatedUnion('how', [
  /** Only ever sent as the account that wrote it. */
  waitingSchema.extend({ how: z.literal('named'), accountId: z.string() }),
  /** Holds no account, no time and not the code: whoever finds the device learns no more. */
  waitingSchema.extend({
    how: z.literal('anonymous'),
    secretHash: z.string(),
    credential: z.string(),
    siteId: z.string().nullable(),
  }),
])
export type Entry = z.infer<typeof entrySchema>

/**
 * What becomes of an entry that could not be sent: `unreachable` no server was there, `later` it was
 * unwell, `sign-in` its author’s session ended, else its no, which trying again will not change.
 */
export type Outcome = 'unreachable' | 'later' | 'sign-in' | z.infer<typeof refusedSchema>

/** @param problem what the server answered. */
export function outcomeOf(problem: { status: number; code: string; title: string }): Outcome {
  if (problem.status >= 500) return 'later'
  // Too slow, too many at once: a matter of time.
  if (problem.status === 408 || problem.status === 429) return 'later'
  if (problem.code === 'not-signed-in') return 'sign-in'
  return { code: problem.code, title: problem.title }
}

/**
 * What stays on the device of an entry that was tried.
 * @param now what is there at that moment; an entry that was corrected or forgotten while it was on
 * its way stays so, to be sent in its turn or not at all.
 */
export function leftOf(now: unknown, tried: Entry, outcome: Outcome | 'sent'): unknown {
  const read = entrySchema.safeParse(now)
  const isSame =
    read.success && JSON.stringify(read.data) === JSON.stringify(entrySchema.parse(tried))
  if (!isSame) return now
  if (outcome === 'sent') return undefined
  return typeof outcome === 'object' ? { ...tried, refused: outcome } : now
}

/**
 * Tries each in turn. One the server stumbles over holds up none behind it; with no server there,
 * asking for the next would only be waiting.
 * @returns whether there is something to try again later.
 */
export async function tryEach(
  entries: readonly Entry[],
  tryOne: (entry: Entry) => Promise<Outcome | 'sent'>,
): Promise<boolean> {
  let isLater = false
  for (const entry of entries) {
    if (entry.refused) continue
    const outcome = await tryOne(entry)
    if (outcome === 'unreachable') return true
    if (outcome === 'later') isLater = true
  }
  return isLater
}

const shortest = 2_000
const longest = 300_000

/**
 * Milliseconds before trying again after so many failures: doubled each time, five minutes at most,
 * and up to half as long again by chance, so that a whole platform does not come back as one.
 * @param chance from 0 to 1.
 */
export function pauseAfter(failures: number, chance: number): number {
  return Math.min(shortest * 2 ** (failures - 1), longest) * (1 + chance / 2)
}
