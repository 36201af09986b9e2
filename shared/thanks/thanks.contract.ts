import { z } from 'zod'
import { route } from '../contract.ts'

/** A line on a card, not a letter. */
export const longestThanks = 200

/** One card; names are welcome in it, it goes to one person. */
export const cardSchema = z.object({
  words: z.string().trim().min(1).max(longestThanks),
  /** With the guest’s first name under it. */
  signed: z.boolean(),
})
export type Card = z.infer<typeof cardSchema>

/**
 * Where a guest’s own card stands. `early`: they have not met; `open`: to write, rewrite or take back;
 * `left`: it is their host’s now; `closed`: the time for cards is over and none was written.
 */
export const thanksStates = ['early', 'open', 'left', 'closed'] as const

export const ownThanksSchema = z.object({
  /** What a signed card is signed with. */
  firstName: z.string(),
  hostFirstName: z.string(),
  /** Whoever has one guest knows whose card it is, signed or not. */
  onlyGuest: z.boolean(),
  state: z.enum(thanksStates),
  /** From the hour they meet until here it is written, on a device without network too. */
  opensAt: z.coerce.date(),
  closesAt: z.coerce.date(),
  card: cardSchema.nullable(),
  /** The evening on which what is written now leaves: `YYYY-MM-DD` where the day took place. */
  leavesOn: z.string(),
})
export type OwnThanks = z.infer<typeof ownThanksSchema>

export const receivedThanksSchema = z.object({
  id: z.uuid(),
  words: z.string(),
  /** First name of the guest who signed. */
  from: z.string().nullable(),
})
export type ReceivedThanks = z.infer<typeof receivedThanksSchema>

const ofDay = z.object({ dayId: z.uuid() })
// A derived token is 45 characters; anything much longer is not one.
const ofLink = z.object({ token: z.string().min(10).max(200) })
const staleLink = ['link-expired', 'link-renewed', 'holder-left'] as const
const tooLate = ['thanks-left', 'thanks-closed', 'placement-ended'] as const

export const thanksRoutes = {
  thanks: route({
    method: 'GET',
    path: '/api/days/:dayId/thanks',
    summary: 'My card for my host, and the cards my guests sent me',
    access: 'session',
    params: ofDay,
    response: z.object({
      own: ownThanksSchema.nullable(),
      received: z.array(receivedThanksSchema),
    }),
    refusals: ['not-found'],
  }),
  write: route({
    method: 'PUT',
    path: '/api/days/:dayId/thanks',
    summary: 'Writes or rewrites my card for my host; it leaves in the evening',
    access: 'session',
    unrecorded: true,
    params: ofDay,
    body: cardSchema,
    response: ownThanksSchema,
    refusals: ['not-found', ...tooLate],
  }),
  withdraw: route({
    method: 'DELETE',
    path: '/api/days/:dayId/thanks',
    summary: 'Takes my card back while it has not left',
    access: 'session',
    unrecorded: true,
    params: ofDay,
    response: ownThanksSchema,
    refusals: ['not-found', ...tooLate],
  }),
  ownByLink: route({
    method: 'GET',
    path: '/api/placement-links/:token/thanks',
    summary: 'The card of the guest of this link',
    access: 'capability',
    params: ofLink,
    response: ownThanksSchema,
    refusals: [...staleLink, 'placement-ended'],
  }),
  writeByLink: route({
    method: 'PUT',
    path: '/api/placement-links/:token/thanks',
    summary: 'The guest of this link writes or rewrites a card for their host',
    access: 'capability',
    unrecorded: true,
    params: ofLink,
    body: cardSchema,
    response: ownThanksSchema,
    refusals: [...staleLink, ...tooLate],
  }),
  withdrawByLink: route({
    method: 'DELETE',
    path: '/api/placement-links/:token/thanks',
    summary: 'The guest of this link takes their card back while it has not left',
    access: 'capability',
    unrecorded: true,
    params: ofLink,
    response: ownThanksSchema,
    refusals: [...staleLink, ...tooLate],
  }),
  receivedByLink: route({
    method: 'GET',
    path: '/api/slot-links/:token/thanks',
    summary: 'The cards the host of this link received that day',
    access: 'capability',
    params: ofLink,
    response: z.array(receivedThanksSchema),
    refusals: staleLink,
  }),
}
