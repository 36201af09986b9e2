import { z } from 'zod'
import { route } from '../contract.ts'

export const answers = ['yes', 'no'] as const
export const answerSchema = z.enum(answers)
export type Answer = z.infer<typeof answerSchema>

/** What is on record: a calendar can also say « tentative », which no button of ours does. */
export const recordedAnswers = [...answers, 'maybe'] as const
export const recordedAnswerSchema = z.enum(recordedAnswers)
export type RecordedAnswer = z.infer<typeof recordedAnswerSchema>

/** `mail`: the calendar’s reply, or a director who counts what a mail said. */
export const answerChannels = ['link', 'app', 'card', 'mail'] as const
export type AnswerChannel = (typeof answerChannels)[number]

/**
 * Where a meeting stands for whoever looks at it. `too-early`: the plan is not published;
 * `ended`: this slot was closed or this placement is over; `over`: the day is past.
 */
export const meetingStates = ['too-early', 'open', 'ended', 'day-cancelled', 'over'] as const
export type MeetingState = (typeof meetingStates)[number]

/** One meeting as its host or its guest may see it: first names only, no addresses of people. */
export const meetingSchema = z.object({
  /** `slot` for its host, `placement` for a guest. */
  kind: z.enum(['slot', 'placement']),
  id: z.uuid(),
  slotId: z.uuid(),
  state: z.enum(meetingStates),
  answer: recordedAnswerSchema.nullable(),
  /** Why it ended, as a closed word; null while it stands. */
  endedReason: z.string().nullable(),
  /** For a guest whose meeting ended: on the waiting list, or free to go back to it. */
  wayBack: z.enum(['waiting', 'return']).nullable(),
  firstName: z.string(),
  /** The guests' first names for a host; the host's for a guest. */
  company: z.array(z.string()),
  day: z.object({
    id: z.uuid(),
    name: z.string(),
    date: z.string(),
    timeZone: z.string(),
    confirmUntil: z.coerce.date(),
  }),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
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
  conditions: z.object({
    noCalls: z.boolean(),
    accessible: z.boolean(),
    safetyEquipment: z.boolean(),
    languages: z.array(z.string()),
    note: z.string(),
  }),
})
export type Meeting = z.infer<typeof meetingSchema>

// A derived token is 45 characters; anything much longer is not one.
const tokenParams = z.object({ token: z.string().min(10).max(200) })
const answerBody = z.object({ answer: answerSchema })
const refusals = [
  'link-expired',
  'link-renewed',
  'holder-left',
  'slot-closed',
  'slot-handed-over',
  'placement-ended',
  'day-over',
  'day-cancelled',
] as const

/** Whether the next link is on its way by mail; otherwise it is on the next printed card. */
const renewedSchema = z.object({ mailed: z.boolean() })
const renewalRefusals = ['not-found', 'not-published', 'day-over', 'day-cancelled'] as const

export const confirmationsRoutes = {
  slotLinkMeeting: route({
    method: 'GET',
    path: '/api/slot-links/:token/meeting',
    summary: 'Who comes to the slot of this link, and what its host answered; changes nothing',
    access: 'capability',
    params: tokenParams,
    response: meetingSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left'],
  }),
  answerSlotLink: route({
    method: 'PUT',
    path: '/api/slot-links/:token/answer',
    summary: 'The host confirms the meeting, or declines, which closes the slot for good',
    access: 'capability',
    params: tokenParams,
    body: answerBody,
    response: meetingSchema,
    refusals,
  }),
  placementLinkMeeting: route({
    method: 'GET',
    path: '/api/placement-links/:token',
    summary: 'Where, when and with whom the guest of this link is placed; changes nothing',
    access: 'capability',
    params: tokenParams,
    response: meetingSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left'],
  }),
  answerPlacementLink: route({
    method: 'PUT',
    path: '/api/placement-links/:token/answer',
    summary: 'The guest confirms, or gives the place back',
    access: 'capability',
    params: tokenParams,
    body: answerBody,
    response: meetingSchema,
    refusals,
  }),
  waitAgainByLink: route({
    method: 'PUT',
    path: '/api/placement-links/:token/waiting',
    summary: 'The guest who gave this place back goes on the waiting list again',
    access: 'capability',
    params: tokenParams,
    response: meetingSchema,
    refusals: [
      'link-expired',
      'already-placed',
      'not-waiting',
      'not-published',
      'day-over',
      'day-cancelled',
    ],
  }),
  myMeetings: route({
    method: 'GET',
    path: '/api/days/:dayId/my-meetings',
    summary: 'The meetings of a day I host or visit',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: z.array(meetingSchema),
    refusals: ['not-found'],
  }),
  answerSlot: route({
    method: 'PUT',
    path: '/api/slots/:slotId/answer',
    summary: 'As its host, confirm the meeting or decline it',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    body: answerBody,
    response: meetingSchema,
    refusals: [...refusals, 'not-found'],
  }),
  answerPlacement: route({
    method: 'PUT',
    path: '/api/placements/:placementId/answer',
    summary: 'As its guest, confirm the meeting or give the place back',
    access: 'session',
    params: z.object({ placementId: z.uuid() }),
    body: answerBody,
    response: meetingSchema,
    refusals: [...refusals, 'not-found'],
  }),
  renewSlotLink: route({
    method: 'POST',
    path: '/api/slots/:slotId/link',
    summary: 'Another link for the host of a slot, by mail; those before lead nowhere at once',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    response: renewedSchema,
    refusals: [...renewalRefusals, 'slot-closed'],
  }),
  renewPlacementLink: route({
    method: 'POST',
    path: '/api/placements/:placementId/link',
    summary: 'Another link for the guest of a place, by mail; those before lead nowhere at once',
    access: 'session',
    params: z.object({ placementId: z.uuid() }),
    response: renewedSchema,
    refusals: [...renewalRefusals, 'placement-ended'],
  }),
}
