import { z } from 'zod'
import { cardSchema } from '#shared/thanks/thanks.contract.ts'

// A card that waits on this device to be sent. Its identity is its place: there is one card a place, so
// any number of tries writes the same one.

/** As which guest: signed in to a day, or by the link of a place. */
export type ThanksBy = { by: 'day'; dayId: string } | { by: 'placement'; token: string }

export const keptCardSchema = z.strictObject({
  how: z.literal('card'),
  door: z.discriminatedUnion('by', [
    /** Only ever sent as the account that wrote it. */
    z.strictObject({ by: z.literal('day'), dayId: z.string(), accountId: z.string() }),
    z.strictObject({ by: z.literal('placement'), token: z.string() }),
  ]),
  card: cardSchema,
  /** The server’s « no », in its words. */
  refused: z.string().optional(),
})
export type KeptCard = z.infer<typeof keptCardSchema>

/** Where a card lies on the device. */
export const keyOf = (door: KeptCard['door']): string =>
  door.by === 'day' ? `card:${door.accountId}:${door.dayId}` : `card:${door.token}`

/**
 * What stays on the device of a card that was tried.
 * @param now what is there at that moment: a card rewritten while it was on its way stays, and goes in
 * its turn; one taken back stays away.
 * @param outcome `sent`, `later`, or the words of a refusal.
 */
export function leftOf(now: unknown, tried: KeptCard, outcome: 'sent' | 'later' | { no: string }) {
  const read = keptCardSchema.safeParse(now)
  if (!read.success || JSON.stringify(read.data) !== JSON.stringify(tried)) return now
  if (outcome === 'later') return now
  return outcome === 'sent' ? undefined : { ...tried, refused: outcome.no }
}

const soonest = 20_000
const latest = 180_000

/**
 * Milliseconds a card that waited stays behind once it could leave: whoever comes back to a network sends
 * what they observed at once, and the card that follows must not stand beside it.
 * @param chance from 0 to 1, drawn anew each time.
 */
export const cardPause = (chance: number): number => soonest + (latest - soonest) * chance
