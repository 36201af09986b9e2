import { z } from 'zod'
import { answerSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'
import { handoverStatusSchema } from './handovers.vocabulary.ts'

/** A colleague as somebody without a session may see them: « Marie D. », never an address. */
const colleagueSchema = z.object({ id: z.uuid(), name: z.string() })

export const slotHandoverSchema = z.object({
  /** Whether this slot can be handed over at all now. */
  open: z.boolean(),
  /** Who is being asked; until they answer, nothing changes. */
  pending: z
    .object({
      name: z.string(),
      expiresAt: z.coerce.date(),
      /** On the day itself, of the page where they answer: shown to them as a picture to scan. */
      token: z.string().nullable(),
    })
    .nullable(),
  /** What became of the last request, unless one is pending. */
  last: z.object({ name: z.string(), status: handoverStatusSchema }).nullable(),
  /** Same site, same role, free at these hours, not asked in vain before; with a mail address unless it is the day. */
  colleagues: z.array(colleagueSchema),
})
export type SlotHandover = z.infer<typeof slotHandoverSchema>

export const handoverSchema = z.object({
  /** `pending` only while an answer still counts. */
  status: handoverStatusSchema,
  firstName: z.string(),
  /** Who asks. */
  askedBy: z.string(),
  expiresAt: z.coerce.date(),
  /** Of the slot’s own page, once it is the reader’s. */
  slotToken: z.string().nullable(),
  capacity: z.int(),
  /** How many guests are expected; their names are for whoever accepts. */
  guests: z.int(),
  /** Where the reader is expected as a guest at these hours: a yes gives that place back. */
  visit: z
    .object({
      placementId: z.uuid(),
      roleFr: z.string(),
      roleEn: z.string(),
      siteName: z.string(),
      startsAt: z.coerce.date(),
      endsAt: z.coerce.date(),
    })
    .nullable(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  note: z.string(),
  day: z.object({ name: z.string(), date: z.string(), timeZone: z.string() }),
  role: z.object({ nameFr: z.string(), nameEn: z.string(), drawing: z.string() }),
  site: z.object({
    name: z.string(),
    address: z.string(),
    postcode: z.string(),
    town: z.string(),
  }),
})
export type Handover = z.infer<typeof handoverSchema>

export const handoverAnswerSchema = z.object({
  answer: answerSchema,
  /** The place of the visit shown beside the question, which a yes gives back. */
  givesUp: z.uuid().nullable().default(null),
})
export type HandoverAnswer = z.infer<typeof handoverAnswerSchema>

// A derived token is 45 characters; anything much longer is not one.
const tokenParams = z.object({ token: z.string().min(10).max(200) })
const over = ['day-cancelled', 'day-over', 'slot-closed', 'slot-not-accepted'] as const

/** A slot that changes hands, or has: full names, for who looks after the site. */
export const seenHandoverSchema = z.object({
  slotId: z.uuid(),
  siteId: z.uuid(),
  status: z.enum(['pending', 'accepted']),
  from: z.string(),
  to: z.string(),
  expiresAt: z.coerce.date(),
})
export type SeenHandover = z.infer<typeof seenHandoverSchema>

export const handoversRoutes = {
  ofDay: route({
    method: 'GET',
    path: '/api/days/:dayId/handovers',
    summary: 'Slots being handed over, or handed over last; a coordinator sees their own sites',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: z.array(seenHandoverSchema),
    refusals: ['not-found'],
  }),
  slotHandover: route({
    method: 'GET',
    path: '/api/slot-links/:token/handover',
    summary: 'Which colleagues could host in my place, and whom I asked; changes nothing',
    access: 'capability',
    params: tokenParams,
    response: slotHandoverSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left'],
  }),
  ask: route({
    method: 'POST',
    path: '/api/slot-links/:token/handover',
    summary: 'Ask one colleague to host in my place; nothing changes until they say yes',
    access: 'capability',
    params: tokenParams,
    body: z.object({ personId: z.uuid() }),
    response: slotHandoverSchema,
    refusals: [
      'link-expired',
      'link-renewed',
      'holder-left',
      'handover-pending',
      'colleague-not-free',
      ...over,
    ],
  }),
  withdraw: route({
    method: 'DELETE',
    path: '/api/slot-links/:token/handover',
    summary: 'Take the request back and stay the host',
    access: 'capability',
    params: tokenParams,
    response: slotHandoverSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'slot-handed-over'],
  }),
  link: route({
    method: 'GET',
    path: '/api/handover-links/:token',
    summary: 'What a colleague asks me to host in their place; changes nothing',
    access: 'capability',
    params: tokenParams,
    response: handoverSchema,
    refusals: ['link-expired'],
  }),
  answer: route({
    method: 'PUT',
    path: '/api/handover-links/:token/answer',
    summary: 'Host in a colleague’s place, or not',
    access: 'capability',
    params: tokenParams,
    body: handoverAnswerSchema,
    response: handoverSchema,
    refusals: [
      'link-expired',
      'handover-over',
      'handover-visits',
      'colleague-not-free',
      'colleague-elsewhere',
      ...over,
    ],
  }),
}
