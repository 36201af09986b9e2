import { z } from 'zod'
import { outcomeSchema } from '#shared/reminders/reminders.questions.ts'
import { contentLanguageSchema } from '#shared/vocabulary/content-language.ts'
import { changeKept, keep, readKept } from '../../app/device.ts'

// What stays on this device and nowhere else: how far somebody is in a reminder, and the missions in
// their hand. `reader` keeps two people on one device apart; it is whatever their link is known by.
// Where the browser keeps nothing, a reminder begins anew and the hand is empty.

const cardSchema = z.object({
  /** Of the reminder and its mission: the same one is in the hand once. */
  key: z.string(),
  text: z.partialRecord(contentLanguageSchema, z.string()),
  /** Null until it was asked about. */
  outcome: outcomeSchema.nullable(),
})
export type MissionCard = z.infer<typeof cardSchema>
const handSchema = z.array(cardSchema)

/** What was kept of a reminder’s progress, to be read with `resumed`. */
export const readProgress = (reader: string, reminder: string): Promise<unknown> =>
  readKept('reminders', `${reader}/progress/${reminder}`).catch(() => undefined)

export const keepProgress = (reader: string, reminder: string, progress: unknown): Promise<void> =>
  keep('reminders', `${reader}/progress/${reminder}`, progress).catch(() => {})

export async function readHand(reader: string): Promise<MissionCard[]> {
  const kept = await readKept('reminders', `${reader}/hand`).catch(() => undefined)
  return handSchema.catch([]).parse(kept ?? [])
}

/** Puts a mission into the hand, or what became of it beside it; the hand as it is then. */
export async function takeCard(reader: string, card: MissionCard): Promise<MissionCard[]> {
  let hand = [card]
  await changeKept('reminders', `${reader}/hand`, (kept) => {
    hand = withCard(handSchema.catch([]).parse(kept ?? []), card)
    return hand
  }).catch(() => {})
  return hand
}

/** The hand with a card: in its place where it was there already, else as the last one. */
export function withCard(hand: readonly MissionCard[], card: MissionCard): MissionCard[] {
  const known = hand.some(({ key }) => key === card.key)
  return known ? hand.map((one) => (one.key === card.key ? card : one)) : [...hand, card]
}

/** Tried, however it went: only for want of an occasion a card stays as it was. */
export const isTried = ({ outcome }: MissionCard): boolean =>
  outcome !== null && outcome !== 'not-yet'
