import { z } from 'zod'
import { answerSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'
import { endedReasonSchema } from '../matching/matching.vocabulary.ts'
import { seatOfferStatusSchema, withdrawnReasonSchema } from './waiting.vocabulary.ts'

/** A place as somebody who may be given it sees it: the host by first name only. */
const seatSchema = z.object({
  slotId: z.uuid(),
  role: z.object({
    nameFr: z.string(),
    nameEn: z.string(),
    teaserFr: z.string(),
    teaserEn: z.string(),
    drawing: z.string(),
  }),
  site: z.object({
    name: z.string(),
    address: z.string(),
    postcode: z.string(),
    town: z.string(),
  }),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  hostFirstName: z.string(),
  noCalls: z.boolean(),
  accessible: z.boolean(),
  safetyEquipment: z.boolean(),
  note: z.string(),
  /** The rank of the reader’s wish it answers; null outside their wishes. */
  rank: z.int().nullable(),
})
export type Seat = z.infer<typeof seatSchema>

const daySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  date: z.string(),
  timeZone: z.string(),
})

export const seatOfferSchema = z.object({
  id: z.uuid(),
  /** `pending` only while an answer still counts, whatever a job has noticed. */
  status: seatOfferStatusSchema,
  withdrawnReason: withdrawnReasonSchema.nullable(),
  expiresAt: z.coerce.date(),
  seat: seatSchema,
})
export type SeatOfferSeen = z.infer<typeof seatOfferSchema>

export const linkedOfferSchema = seatOfferSchema.extend({
  firstName: z.string(),
  day: daySchema.extend({ cancelled: z.boolean(), over: z.boolean() }),
  /** The place it became is still theirs. */
  placed: z.boolean(),
})
export type LinkedOffer = z.infer<typeof linkedOfferSchema>

export const myWaitingSchema = z.object({
  /** 1 is the first to be offered what fits; null for who does not wait. */
  position: z.int().nullable(),
  waiting: z.int(),
  /** The last offer made, unless it was accepted. */
  offer: seatOfferSchema.nullable(),
  /** What can be taken at once, the best for the reader first; not all of it where it is much. */
  free: z.array(seatSchema),
  freeInAll: z.int(),
  /** The sign-up was taken back and may be taken up again: see `waitAgain`. */
  mayReturn: z.boolean(),
})
export type MyWaiting = z.infer<typeof myWaitingSchema>

const personSchema = z.object({ firstName: z.string(), lastName: z.string() })
const placeSchema = z.object({
  roleFr: z.string(),
  roleEn: z.string(),
  siteName: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
})

export const waitingBoardSchema = z.object({
  timeZone: z.string(),
  waiting: z.int(),
  freePlaces: z.int(),
  offers: z.object({
    pending: z.int(),
    accepted: z.int(),
    declined: z.int(),
    expired: z.int(),
  }),
  /** The latest first. */
  offered: z.array(
    placeSchema.extend({
      id: z.uuid(),
      person: personSchema,
      status: seatOfferStatusSchema,
      madeAt: z.coerce.date(),
      expiresAt: z.coerce.date(),
      endedAt: z.coerce.date().nullable(),
    }),
  ),
  /** Whose place went or changed since publication, why, and where they sit now; the latest first. */
  repaired: z.array(
    z.object({
      id: z.uuid(),
      at: z.coerce.date(),
      reason: endedReasonSchema,
      person: personSchema,
      from: placeSchema,
      to: placeSchema.nullable(),
    }),
  ),
})
export type WaitingBoard = z.infer<typeof waitingBoardSchema>

// A derived token is 45 characters; anything much longer is not one.
const tokenParams = z.object({ token: z.string().min(10).max(200) })
const dayParams = z.object({ dayId: z.uuid() })
const answerBody = z.object({ answer: answerSchema })

/** Why somebody cannot go back on the list. */
const returnRefusals = [
  'not-found',
  'forbidden',
  'already-placed',
  'not-waiting',
  'not-published',
  'day-over',
  'day-cancelled',
] as const

export const waitingRoutes = {
  offerLink: route({
    method: 'GET',
    path: '/api/seat-offer-links/:token',
    summary: 'The place offered by this link, and until when; changes nothing',
    access: 'capability',
    params: tokenParams,
    response: linkedOfferSchema,
    refusals: ['link-expired'],
  }),
  answerOfferLink: route({
    method: 'PUT',
    path: '/api/seat-offer-links/:token/answer',
    summary: 'Take the place offered by this link, or leave it to the next on the waiting list',
    access: 'capability',
    params: tokenParams,
    body: answerBody,
    response: linkedOfferSchema,
    refusals: ['link-expired', 'seat-offer-over', 'day-over', 'day-cancelled'],
  }),
  mine: route({
    method: 'GET',
    path: '/api/days/:dayId/waiting',
    summary: 'My place on the waiting list, what I am offered, and what is free to take',
    access: 'session',
    params: dayParams,
    response: myWaitingSchema,
    refusals: ['not-found', 'forbidden'],
  }),
  answerOffer: route({
    method: 'PUT',
    path: '/api/seat-offers/:offerId/answer',
    summary: 'Take the place I am offered, or leave it to the next on the waiting list',
    access: 'session',
    params: z.object({ offerId: z.uuid() }),
    body: answerBody,
    response: 'none',
    refusals: ['not-found', 'forbidden', 'seat-offer-over', 'day-over', 'day-cancelled'],
  }),
  takeSeat: route({
    method: 'POST',
    path: '/api/days/:dayId/seats',
    summary: 'Take a free place nobody on the waiting list asked for',
    access: 'session',
    params: dayParams,
    body: z.object({ slotId: z.uuid() }),
    response: 'none',
    refusals: [
      'not-found',
      'forbidden',
      'seat-taken',
      'already-placed',
      'not-waiting',
      'not-published',
      'day-over',
      'day-cancelled',
    ],
  }),
  waitAgain: route({
    method: 'PUT',
    path: '/api/days/:dayId/waiting',
    summary: 'Go back on the waiting list after giving a place or a sign-up back',
    access: 'session',
    params: dayParams,
    response: 'none',
    refusals: returnRefusals,
  }),
  board: route({
    method: 'GET',
    path: '/api/days/:dayId/waiting-board',
    summary: 'How the published plan repaired itself: moves, offers, who waits',
    access: 'session',
    params: dayParams,
    response: waitingBoardSchema,
    refusals: ['not-found', 'forbidden'],
  }),
}
