import { z } from 'zod'
import { recordedAnswerSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'
import { timeSchema } from '../days/days.contract.ts'
import { dateSchema } from '../programmes/programmes.vocabulary.ts'
import { contentLanguageSchema } from '../vocabulary/content-language.ts'
import { line } from '../vocabulary/line.ts'
import { versionSchema } from '../vocabulary/version.ts'
import {
  fewestSeats,
  mostSeats,
  mostSessions,
  seatSilentSchema,
  seatStateSchema,
  sessionStatusSchema,
  workshopAttendedSchema,
  workshopAudienceSchema,
  workshopSayerSchema,
  workshopStatusSchema,
} from './workshops.vocabulary.ts'

const saidOfSession = z.object({
  /** Null where it is at none of the region’s sites: then the place says it all. */
  siteId: z.uuid().nullable(),
  place: line(120),
  facilitatorId: z.uuid(),
  seats: z.int().min(fewestSeats).max(mostSeats),
  /** Date and hours where the region is. */
  date: dateSchema,
  startsAt: timeSchema,
  endsAt: timeSchema,
  language: contentLanguageSchema,
})
type SaidOfSession = z.infer<typeof saidOfSession>
const forward = ({ startsAt, endsAt }: SaidOfSession) => startsAt < endsAt
const somewhere = ({ siteId, place }: SaidOfSession) => siteId !== null || place.length > 0

/** What a director says of a session. */
export const sessionInputSchema = saidOfSession
  .refine(forward, { path: ['endsAt'] })
  .refine(somewhere, { path: ['place'] })
export type SessionInput = z.infer<typeof sessionInputSchema>

/** What a director says of a workshop; its sessions come along, so that one press makes it. */
export const workshopInputSchema = z.object({
  /** The name of a course that ships. */
  course: line(60, 1),
  title: line(80, 2),
  audience: workshopAudienceSchema,
  sessions: z.array(sessionInputSchema).max(mostSessions),
})
export type WorkshopInput = z.infer<typeof workshopInputSchema>

/** A session as its director sees it. */
const sessionSchema = z.object({
  id: z.uuid(),
  siteId: z.uuid().nullable(),
  /** Empty where it is at none of the region’s sites. */
  siteName: z.string(),
  town: z.string(),
  place: z.string(),
  facilitatorId: z.uuid(),
  facilitatorName: z.string(),
  /** Whoever led it left the region: somebody else is to be named. */
  facilitatorLeft: z.boolean(),
  /** What they answered from their calendar: a no closes nothing, and asks for somebody else. */
  facilitatorSaid: recordedAnswerSchema.nullable(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  /** The same where the region is. */
  date: z.string(),
  language: contentLanguageSchema,
  status: sessionStatusSchema,
  version: z.int(),
  seats: z.int(),
  /** Seats that are somebody’s, walk-ins left out. */
  seated: z.int(),
  /** Seats held for somebody who has yet to answer. */
  offered: z.int(),
  waiting: z.int(),
  /** How many would like it best; once people choose. */
  firstChoices: z.int(),
  /** Null until the session can be attended; walk-ins are among those who came. */
  came: z.int().nullable(),
  absent: z.int().nullable(),
  /** `today`: attendance can be said now. */
  phase: z.enum(['to-come', 'today', 'over']),
})
export type WorkshopSession = z.infer<typeof sessionSchema>

export const workshopSchema = z.object({
  id: z.uuid(),
  regionId: z.uuid(),
  course: z.string(),
  title: z.string(),
  audience: workshopAudienceSchema,
  status: workshopStatusSchema,
  chooseUntil: z.coerce.date().nullable(),
  version: z.int(),
  timeZone: z.string(),
  /** The date where the region is. */
  today: z.string(),
  /** Whom it is for: while it is prepared, the audience as it stands; afterwards, who was asked. */
  people: z.int(),
  /** Of these, how many no mail reaches. */
  withoutAddress: z.int(),
  /** Who named sessions. */
  answered: z.int(),
  /** Who said « not this time ». */
  declined: z.int(),
  /** Who neither has a seat nor declined; before publication, everybody who did not decline. */
  withoutSeat: z.int(),
  sessions: z.array(sessionSchema),
})
export type Workshop = z.infer<typeof workshopSchema>

/** Somebody in the preview of a seating. */
const seatedPreviewSchema = z.object({
  personId: z.uuid(),
  name: z.string(),
  siteName: z.string(),
  /** Null: without a seat. */
  sessionId: z.uuid().nullable(),
  /** Which of their choices it is; null where they were not asked or did not say. */
  rank: z.int().nullable(),
  /** Whole kilometres from their site, where both are known. */
  kilometres: z.int().nullable(),
})
export type SeatedPreview = z.infer<typeof seatedPreviewSchema>

const seatingSchema = z.object({
  /** Given back with the publication: what was shown is what is published. */
  fingerprint: z.string(),
  people: z.array(seatedPreviewSchema),
  seats: z.int(),
  placed: z.int(),
  withoutSeat: z.int(),
  /** How many got their first, second and third choice. */
  byRank: z.array(z.int()).length(3),
  /** Of the placed, how many had named no session. */
  silent: z.int(),
  /** All known ways together. */
  kilometres: z.int(),
})
export type Seating = z.infer<typeof seatingSchema>

const takenSeatSchema = z.object({
  seatId: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  siteName: z.string(),
  state: seatStateSchema,
  walkIn: z.boolean(),
  /** Their place in the waiting list, from 1. */
  place: z.int().nullable(),
  offeredUntil: z.coerce.date().nullable(),
  attended: workshopAttendedSchema.nullable(),
  attendedBy: workshopSayerSchema.nullable(),
})
export type TakenSeat = z.infer<typeof takenSeatSchema>

const ofRegion = z.object({ regionId: z.uuid() })
const ofWorkshop = z.object({ workshopId: z.uuid() })
const ofSession = z.object({ sessionId: z.uuid() })
const seen = z.object({ version: versionSchema })
const silent = seatSilentSchema.default('leave')

const changed = ['not-found', 'workshop-changed', 'workshop-cancelled'] as const
const session = ['session-past', 'facilitator-busy'] as const

export const workshopOffersRoutes = {
  workshops: route({
    method: 'GET',
    path: '/api/regions/:regionId/workshops',
    summary: 'The workshops of a region with their sessions, the newest first',
    access: 'session',
    params: ofRegion,
    response: z.object({
      timeZone: z.string(),
      today: z.string(),
      workshops: z.array(workshopSchema),
    }),
    refusals: ['not-found'],
  }),
  workshopsLive: route({
    method: 'GET',
    path: '/api/regions/:regionId/workshops/live',
    summary: 'Tells when something about the workshops of a region is to be read again',
    access: 'session',
    params: ofRegion,
    response: 'events',
  }),
  audience: route({
    method: 'POST',
    path: '/api/regions/:regionId/workshop-audience',
    summary: 'How many people a workshop would be for; changes nothing',
    access: 'session',
    params: ofRegion,
    body: z.object({ audience: workshopAudienceSchema }),
    response: z.object({ people: z.int(), withoutAddress: z.int() }),
    refusals: ['not-found'],
  }),
  createWorkshop: route({
    method: 'POST',
    path: '/api/regions/:regionId/workshops',
    summary: 'Prepare a workshop with its sessions; nobody hears of it yet',
    access: 'session',
    params: ofRegion,
    body: workshopInputSchema,
    response: workshopSchema,
    refusals: ['not-found', ...session],
  }),
  workshop: route({
    method: 'GET',
    path: '/api/workshops/:workshopId',
    summary: 'A workshop, its sessions and how full they are',
    access: 'session',
    params: ofWorkshop,
    response: workshopSchema,
    refusals: ['not-found'],
  }),
  changeWorkshop: route({
    method: 'PUT',
    path: '/api/workshops/:workshopId',
    summary: 'Change a workshop; of one that people know its title only',
    access: 'session',
    params: ofWorkshop,
    body: seen.extend(workshopInputSchema.omit({ sessions: true }).shape),
    response: workshopSchema,
    refusals: [...changed, 'workshop-proposed'],
  }),
  removeWorkshop: route({
    method: 'DELETE',
    path: '/api/workshops/:workshopId',
    summary: 'Throw a workshop away that nobody was told of',
    access: 'session',
    params: ofWorkshop,
    response: 'none',
    refusals: ['not-found', 'workshop-proposed'],
  }),
  addSession: route({
    method: 'POST',
    path: '/api/workshops/:workshopId/sessions',
    summary: 'Add a session to a workshop',
    access: 'session',
    params: ofWorkshop,
    body: sessionInputSchema,
    response: workshopSchema,
    refusals: ['not-found', 'workshop-cancelled', 'too-many-sessions', ...session],
  }),
  changeSession: route({
    method: 'PUT',
    path: '/api/workshop-sessions/:sessionId',
    summary: 'Change a session; whoever has a seat in it is told of another hour or place',
    access: 'session',
    params: ofSession,
    body: saidOfSession
      .extend(seen.shape)
      .refine(forward, { path: ['endsAt'] })
      .refine(somewhere, { path: ['place'] }),
    response: workshopSchema,
    refusals: [
      'not-found',
      'workshop-cancelled',
      'session-changed',
      'session-cancelled',
      'seats-taken',
      ...session,
    ],
  }),
  cancelSession: route({
    method: 'POST',
    path: '/api/workshop-sessions/:sessionId/cancellation',
    summary: 'Cancel a session; whoever had a seat in it is first in line for another',
    access: 'session',
    params: ofSession,
    body: seen,
    response: workshopSchema,
    refusals: ['not-found', 'workshop-cancelled', 'session-changed', 'session-past'],
  }),
  propose: route({
    method: 'POST',
    path: '/api/workshops/:workshopId/proposal',
    summary: 'Ask as many people as were shown which sessions suit them',
    access: 'session',
    params: ofWorkshop,
    body: seen.extend({ people: z.int(), chooseUntil: dateSchema }),
    response: workshopSchema,
    refusals: [
      ...changed,
      'workshop-proposed',
      'workshop-without-sessions',
      'workshop-without-people',
      'workshop-people-changed',
      'date-past',
    ],
  }),
  seating: route({
    method: 'GET',
    path: '/api/workshops/:workshopId/seating',
    summary: 'Who would sit where, as many as there are seats, at the best choices',
    access: 'session',
    params: ofWorkshop,
    query: z.object({ silent }),
    response: seatingSchema,
    refusals: [
      'not-found',
      'workshop-cancelled',
      'workshop-seated',
      'workshop-without-sessions',
      'workshop-without-people',
    ],
  }),
  publishSeating: route({
    method: 'POST',
    path: '/api/workshops/:workshopId/seating',
    summary: 'Publish the seating that was shown: seats, waiting lists and mails at once',
    access: 'session',
    params: ofWorkshop,
    body: seen.extend({ fingerprint: z.string().min(1).max(100), silent }),
    response: workshopSchema,
    refusals: [
      ...changed,
      'workshop-seated',
      'workshop-without-sessions',
      'workshop-without-people',
      'preview-outdated',
    ],
  }),
  seats: route({
    method: 'GET',
    path: '/api/workshop-sessions/:sessionId/seats',
    summary: 'Who sits in a session, who is asked, and who waits, in order',
    access: 'session',
    params: ofSession,
    response: z.array(takenSeatSchema),
    refusals: ['not-found'],
  }),
  movePerson: route({
    method: 'PUT',
    path: '/api/workshops/:workshopId/people/:personId/seat',
    summary: 'Seat somebody of the region in a session, or take their seat away',
    access: 'session',
    params: ofWorkshop.extend({ personId: z.uuid() }),
    body: z.object({ sessionId: z.uuid().nullable() }),
    response: workshopSchema,
    refusals: [
      'not-found',
      'workshop-cancelled',
      'workshop-not-seated',
      'session-cancelled',
      'session-past',
      'seat-taken',
      'already-attended',
    ],
  }),
  sayWorkshopAttended: route({
    method: 'PUT',
    path: '/api/workshop-sessions/:sessionId/people/:personId/attendance',
    summary: 'Say whether somebody came, or that nothing is known after all',
    access: 'session',
    params: ofSession.extend({ personId: z.uuid() }),
    body: z.object({ attended: workshopAttendedSchema.nullable() }),
    response: 'none',
    refusals: [
      'not-found',
      'workshop-cancelled',
      'session-cancelled',
      'attending-not-open',
      'attending-closed',
    ],
  }),
  cancelWorkshop: route({
    method: 'POST',
    path: '/api/workshops/:workshopId/cancellation',
    summary: 'Cancel a workshop with all sessions to come, and tell everybody concerned',
    access: 'session',
    params: ofWorkshop,
    body: seen,
    response: workshopSchema,
    refusals: changed,
  }),
}
