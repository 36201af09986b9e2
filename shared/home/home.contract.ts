import { z } from 'zod'
import { meetingStageSchema } from '../attendance/attendance.vocabulary.ts'
import { recordedAnswerSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'
import { slotReleaseSchema, slotStatusSchema } from '../slots/slots.vocabulary.ts'
import { homeWorkshopSchema } from '../workshops/workshops.links.contract.ts'

/** Where and when, as a card shows it. */
const meetingSchema = z.object({
  roleNameFr: z.string(),
  roleNameEn: z.string(),
  drawing: z.string(),
  siteName: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  answer: recordedAnswerSchema.nullable(),
  stage: meetingStageSchema,
})

/** One day as it concerns the reader, whatever they are in it: guest, host, coordinator, director. */
export const homeDaySchema = z.object({
  id: z.uuid(),
  regionId: z.uuid(),
  name: z.string(),
  date: z.string(),
  timeZone: z.string(),
  published: z.boolean(),
  /** It is the day itself, and people arrive. */
  today: z.boolean(),
  /** It has gone by: nobody is awaited any more, what was seen is still written. */
  past: z.boolean(),
  directing: z.boolean(),
  /** Somebody of the roster, who may be a guest. */
  guest: z
    .object({
      signUp: z.enum(['not-open', 'open', 'closed']),
      signUpClosesAt: z.coerce.date(),
      signedUp: z.boolean(),
      placement: meetingSchema
        .extend({ placementId: z.uuid(), hostFirstName: z.string() })
        .nullable(),
      /** A place from the waiting list that waits for an answer. */
      offer: meetingSchema
        .omit({ answer: true, stage: true })
        .extend({ expiresAt: z.coerce.date() })
        .nullable(),
    })
    .nullable(),
  hosting: z.array(
    meetingSchema.extend({
      slotId: z.uuid(),
      status: slotStatusSchema,
      release: slotReleaseSchema,
      guests: z.number().int(),
    }),
  ),
  coordinating: z.array(
    z.object({
      siteId: z.uuid(),
      siteName: z.string(),
      /** Hosts who said yes and wait for the site’s word. */
      toRelease: z.number().int(),
    }),
  ),
  /** Observations can be written now, and the reader takes part. */
  observing: z.boolean(),
  /** A session in the room is under way today, and the reader belongs to its region. */
  debriefing: z.boolean(),
  /** Whose card is still to be written, by first name, and how many of one’s own came. */
  thanks: z.object({ toThank: z.string().nullable(), received: z.number().int() }).nullable(),
})
export type HomeDay = z.infer<typeof homeDaySchema>

/** A day whose decisions can be read by everybody of its region. */
export const toldDaySchema = z.object({ id: z.uuid(), name: z.string(), date: z.string() })
export type ToldDay = z.infer<typeof toldDaySchema>

export const homeRoutes = {
  about: route({
    method: 'GET',
    path: '/api/about',
    summary: 'What kind of installation this is, before anybody signs in',
    access: 'public',
    response: z.object({
      /** A rehearsal on made-up people: no mail leaves, and /mailbox shows them all. */
      demo: z.boolean(),
    }),
  }),
  home: route({
    method: 'GET',
    path: '/api/home',
    summary: 'What is expected of me now: the days that concern me, the nearest first',
    access: 'session',
    response: z.object({
      days: z.array(homeDaySchema),
      workshops: z.array(homeWorkshopSchema),
      /** Of the reader’s own, to decide or under way, whatever day they come from. */
      openActions: z.number().int(),
      /** Of each region the reader belongs to, the latest day on which something was decided. */
      changes: z.array(toldDaySchema),
    }),
  }),
}
