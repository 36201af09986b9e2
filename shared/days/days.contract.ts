import { z } from 'zod'
import { route } from '../contract.ts'
import {
  figureCodeSchema,
  leftOutReasonSchema,
  nextActionSchema,
  stationSchema,
  watchCodeSchema,
} from './days.vocabulary.ts'

/** A local date, without a zone. */
export const dateSchema = z.iso.date()
/** A local time to the minute, `HH:MM`. */
export const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const periodSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  nameFr: z.string(),
  nameEn: z.string(),
  startsAt: timeSchema,
  endsAt: timeSchema,
  position: z.number().int(),
})
export type Period = z.infer<typeof periodSchema>

export const irritantSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  nameFr: z.string(),
  nameEn: z.string(),
})
export type Irritant = z.infer<typeof irritantSchema>

export const daySchema = z.object({
  id: z.uuid(),
  regionId: z.uuid(),
  name: z.string(),
  date: dateSchema,
  timeZone: z.string(),
  offersCloseAt: z.coerce.date(),
  signUpClosesAt: z.coerce.date(),
  confirmUntil: z.coerce.date(),
  releaseRequired: z.boolean(),
  expectedGuests: z.number().int().nullable(),
  signUpOpenedAt: z.coerce.date().nullable(),
  signUpClosedAt: z.coerce.date().nullable(),
  publishedAt: z.coerce.date().nullable(),
  cancelledAt: z.coerce.date().nullable(),
})
export type Day = z.infer<typeof daySchema>

export const dayDetailsSchema = daySchema.extend({
  periods: z.array(periodSchema),
  focusIrritantIds: z.array(z.uuid()),
})
export type DayDetails = z.infer<typeof dayDetailsSchema>

/** A period as a director writes it; the code tells which existing one is meant. */
export const periodInputSchema = z.object({
  code: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(40)
    .optional(),
  // Shown on cards and in calendars: a few words.
  nameFr: z.string().trim().min(1).max(40),
  nameEn: z.string().trim().max(40).optional(),
  startsAt: timeSchema,
  endsAt: timeSchema,
})
export type PeriodInput = z.infer<typeof periodInputSchema>

export const dayInputSchema = z.object({
  // Fits the subject of a mail together with the date.
  name: z.string().trim().min(2).max(80),
  date: dateSchema,
  // More than eight would be a timetable, not a choice.
  periods: z.array(periodInputSchema).min(1).max(8),
  /** Local dates; each runs to its last minute. */
  offersCloseOn: dateSchema,
  signUpClosesOn: dateSchema,
  confirmUntil: dateSchema,
  focusIrritantIds: z.array(z.uuid()).max(20),
  releaseRequired: z.boolean(),
  expectedGuests: z.number().int().min(1).max(20_000).nullable(),
})
export type DayInput = z.infer<typeof dayInputSchema>

export const mailingSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  createdAt: z.coerce.date(),
  stoppedAt: z.coerce.date().nullable(),
  total: z.number().int(),
  waiting: z.number().int(),
  sent: z.number().int(),
  failed: z.number().int(),
  stopped: z.number().int(),
})
export type Mailing = z.infer<typeof mailingSchema>

/** A mail exactly as it will read; personal links lead nowhere. */
export const mailPreviewSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
})
export type MailPreview = z.infer<typeof mailPreviewSchema>

export const signUpPreviewSchema = z.object({
  recipients: z.number().int(),
  leftOut: z.array(z.object({ reason: leftOutReasonSchema, count: z.number().int() })),
  mail: mailPreviewSchema,
})
export type SignUpPreview = z.infer<typeof signUpPreviewSchema>

const countedSchema = z.object({ code: figureCodeSchema, value: z.number().int() })

export const timelineSchema = z.object({
  day: dayDetailsSchema,
  stations: z.array(
    z.object({
      id: stationSchema,
      state: z.enum(['done', 'current', 'next']),
      /** What came out of a station already passed. */
      result: countedSchema.nullable(),
    }),
  ),
  nextAction: nextActionSchema,
  figures: z.array(countedSchema).max(3),
  watch: z.array(z.object({ code: watchCodeSchema, count: z.number().int() })),
})
export type Timeline = z.infer<typeof timelineSchema>

const dayParams = z.object({ dayId: z.uuid() })
const regionParams = z.object({ regionId: z.uuid() })

export const daysRoutes = {
  daysOfRegion: route({
    method: 'GET',
    path: '/api/regions/:regionId/days',
    summary: 'The days of a region, the latest first',
    access: 'session',
    params: regionParams,
    response: z.array(daySchema),
  }),
  dayDefaults: route({
    method: 'GET',
    path: '/api/regions/:regionId/day-defaults',
    summary: 'Periods, deadlines and irritants proposed for a day on this date',
    access: 'session',
    params: regionParams,
    query: z.object({ date: dateSchema }),
    response: z.object({
      timeZone: z.string(),
      periods: z.array(periodInputSchema),
      offersCloseOn: dateSchema,
      signUpClosesOn: dateSchema,
      confirmUntil: dateSchema,
      irritants: z.array(irritantSchema),
    }),
  }),
  createDay: route({
    method: 'POST',
    path: '/api/regions/:regionId/days',
    summary: 'Create a day',
    access: 'session',
    params: regionParams,
    body: dayInputSchema,
    response: dayDetailsSchema,
    refusals: ['date-past', 'deadlines-out-of-order', 'periods-twice', 'not-found'],
  }),
  day: route({
    method: 'GET',
    path: '/api/days/:dayId',
    summary: 'One day, with its periods and the irritants it looks at first',
    access: 'session',
    params: dayParams,
    response: dayDetailsSchema,
    refusals: ['not-found'],
  }),
  updateDay: route({
    method: 'PUT',
    path: '/api/days/:dayId',
    summary: 'Change a day while nothing is published',
    access: 'session',
    params: dayParams,
    body: dayInputSchema,
    response: dayDetailsSchema,
    refusals: [
      'date-past',
      'deadlines-out-of-order',
      'periods-twice',
      'periods-in-use',
      'day-published',
      'day-cancelled',
    ],
  }),
  timeline: route({
    method: 'GET',
    path: '/api/days/:dayId/timeline',
    summary: 'Where the day stands: its stations, the next action, what deserves a look',
    access: 'session',
    params: dayParams,
    response: timelineSchema,
    refusals: ['not-found'],
  }),
  signUpPreview: route({
    method: 'GET',
    path: '/api/days/:dayId/sign-up/preview',
    summary: 'What opening sign-up would send, to how many, and who is left out',
    access: 'session',
    params: dayParams,
    response: signUpPreviewSchema,
    refusals: ['not-found'],
  }),
  openSignUp: route({
    method: 'POST',
    path: '/api/days/:dayId/sign-up/open',
    summary: 'Open sign-up, and invite those who were shown in the preview',
    access: 'session',
    params: dayParams,
    body: z.discriminatedUnion('invite', [
      // The number somebody read and confirmed: another one is refused.
      z.object({ invite: z.literal(true), recipients: z.number().int().min(0) }),
      z.object({ invite: z.literal(false) }),
    ]),
    response: z.object({ day: daySchema, batchId: z.uuid().nullable() }),
    refusals: ['recipients-changed', 'sign-up-deadline-passed', 'day-published', 'day-cancelled'],
  }),
  closeSignUp: route({
    method: 'POST',
    path: '/api/days/:dayId/sign-up/close',
    summary: 'Close sign-up before its deadline; closing twice is closing once',
    access: 'session',
    params: dayParams,
    response: daySchema,
    refusals: ['day-published', 'day-cancelled'],
  }),
  mailings: route({
    method: 'GET',
    path: '/api/days/:dayId/mailings',
    summary: 'How far the mailings of a day are, the latest first',
    access: 'session',
    params: dayParams,
    response: z.array(mailingSchema),
  }),
  stopMailing: route({
    method: 'POST',
    path: '/api/days/:dayId/mailings/:batchId/stop',
    summary: 'Take back what has not left yet',
    access: 'session',
    params: z.object({ dayId: z.uuid(), batchId: z.uuid() }),
    response: mailingSchema,
    refusals: ['not-found'],
  }),
}
