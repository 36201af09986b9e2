import { z } from 'zod'
import { route } from '../contract.ts'
import {
  arrivalStateSchema,
  attendedSchema,
  sayerSchema,
  standingSchema,
} from './attendance.vocabulary.ts'

/** Where a meeting is and when, as its arrival pages say it. */
const placeSchema = z.object({
  state: arrivalStateSchema,
  /** From when arrivals can be said: an hour before the meeting. */
  opensAt: z.coerce.date(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  timeZone: z.string(),
  roleFr: z.string(),
  roleEn: z.string(),
  siteName: z.string(),
  hostName: z.string(),
})

/** What was said of somebody, last and before. */
const saidSchema = z.object({
  said: attendedSchema.nullable(),
  by: sayerSchema.nullable(),
  at: z.coerce.date().nullable(),
  /** What somebody else had said and this replaced. */
  before: attendedSchema.nullable(),
  beforeBy: sayerSchema.nullable(),
})

const hostAbsenceSchema = z.object({ by: sayerSchema, at: z.coerce.date() })

export const guestArrivalSchema = placeSchema.extend({
  ...saidSchema.shape,
  firstName: z.string(),
  /** Their host did not come, somebody said. */
  hostAbsence: hostAbsenceSchema.nullable(),
  /** The meeting has begun: a host who is not there can be reported. */
  begun: z.boolean(),
})
export type GuestArrival = z.infer<typeof guestArrivalSchema>

const arrivingGuestSchema = saidSchema.extend({
  placementId: z.uuid(),
  /** « Léa D. » */
  name: z.string(),
  standing: standingSchema,
})
export type ArrivingGuest = z.infer<typeof arrivingGuestSchema>

export const hostArrivalsSchema = placeSchema.extend({
  slotId: z.uuid(),
  /** Six figures to read out, and what the picture to scan leads to; while arrivals can be said. */
  code: z.string().nullable(),
  arrivalToken: z.string().nullable(),
  hostAbsence: hostAbsenceSchema.nullable(),
  guests: z.array(arrivingGuestSchema),
})
export type HostArrivals = z.infer<typeof hostArrivalsSchema>

/** What whoever scanned the host’s picture sees: whose meeting it is, and who is expected. */
export const scannedArrivalsSchema = placeSchema.extend({
  guests: z.array(
    z.object({ placementId: z.uuid(), name: z.string(), said: attendedSchema.nullable() }),
  ),
})
export type ScannedArrivals = z.infer<typeof scannedArrivalsSchema>

/** How many stand where; every guest in one of them. */
export const tallySchema = z.record(standingSchema, z.int())
export type Tally = z.infer<typeof tallySchema>

export const arrivalBoardSchema = z.object({
  state: arrivalStateSchema,
  opensAt: z.coerce.date().nullable(),
  tally: tallySchema,
  /** Only those the reader looks after. */
  sites: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      town: z.string(),
      tally: tallySchema,
      hostsAbsent: z.int(),
    }),
  ),
})
export type ArrivalBoard = z.infer<typeof arrivalBoardSchema>

export const siteArrivalsSchema = z.object({
  siteId: z.uuid(),
  siteName: z.string(),
  timeZone: z.string(),
  slots: z.array(
    z.object({
      slotId: z.uuid(),
      state: arrivalStateSchema,
      startsAt: z.coerce.date(),
      endsAt: z.coerce.date(),
      roleFr: z.string(),
      roleEn: z.string(),
      hostName: z.string(),
      hostAbsence: hostAbsenceSchema.nullable(),
      /** Another host can still take over. */
      replaceable: z.boolean(),
      guests: z.array(arrivingGuestSchema),
    }),
  ),
})
export type SiteArrivals = z.infer<typeof siteArrivalsSchema>

// A derived token is 45 characters; anything much longer is not one.
const token = z.string().min(10).max(200)
const saidBody = z.object({
  /** null: nothing is known after all, somebody tapped the wrong row. */
  said: attendedSchema.nullable(),
})
const outside = ['arrivals-not-open', 'arrivals-closed', 'day-cancelled', 'not-published'] as const
const stale = ['link-expired', 'link-renewed', 'holder-left'] as const

export const arrivalsRoutes = {
  guestArrival: route({
    method: 'GET',
    path: '/api/placement-links/:token/arrival',
    summary: 'Whether the guest of this link is said to have come; changes nothing',
    access: 'capability',
    params: z.object({ token }),
    response: guestArrivalSchema,
    refusals: stale,
  }),
  arriveByCode: route({
    method: 'PUT',
    path: '/api/placement-links/:token/arrival',
    summary: 'The guest is there: the six figures their host shows prove it',
    access: 'capability',
    params: z.object({ token }),
    body: z.object({ code: z.string().trim().min(1).max(20) }),
    response: guestArrivalSchema,
    refusals: [...stale, ...outside, 'arrival-code-wrong', 'placement-ended', 'too-many-requests'],
  }),
  reportHost: route({
    method: 'PUT',
    path: '/api/placement-links/:token/host-absence',
    summary: 'The guest is there and their host is not',
    access: 'capability',
    params: z.object({ token }),
    response: guestArrivalSchema,
    refusals: [...stale, ...outside, 'placement-ended', 'host-still-expected'],
  }),
  hostCame: route({
    method: 'DELETE',
    path: '/api/placement-links/:token/host-absence',
    summary: 'The guest’s host has come after all',
    access: 'capability',
    params: z.object({ token }),
    response: guestArrivalSchema,
    refusals: [...stale, ...outside, 'placement-ended'],
  }),
  myArrival: route({
    method: 'GET',
    path: '/api/days/:dayId/my-arrival',
    summary: 'The links by which I say that I am there, as guest and as host; none but on the day',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: z.object({
      placementToken: z.string().nullable(),
      slots: z.array(z.object({ slotId: z.uuid(), token: z.string() })),
    }),
    refusals: ['not-found'],
  }),
  scanned: route({
    method: 'GET',
    path: '/api/arrival-links/:token',
    summary: 'Who is expected at the meeting whose picture was scanned; changes nothing',
    access: 'capability',
    params: z.object({ token }),
    response: scannedArrivalsSchema,
    refusals: stale,
  }),
  arriveByScan: route({
    method: 'PUT',
    path: '/api/arrival-links/:token/guests/:placementId',
    summary: 'One of the guests expected says that it is them',
    access: 'capability',
    params: z.object({ token, placementId: z.uuid() }),
    response: scannedArrivalsSchema,
    refusals: [...stale, ...outside, 'placement-ended'],
  }),
  hostArrivals: route({
    method: 'GET',
    path: '/api/slot-links/:token/arrivals',
    summary:
      'The code the host of this link shows, and who of their guests has come; changes nothing',
    access: 'capability',
    params: z.object({ token }),
    response: hostArrivalsSchema,
    refusals: stale,
  }),
  hostSays: route({
    method: 'PUT',
    path: '/api/slot-links/:token/arrivals/:placementId',
    summary: 'The host says whether a guest came, or corrects it',
    access: 'capability',
    params: z.object({ token, placementId: z.uuid() }),
    body: saidBody,
    response: hostArrivalsSchema,
    refusals: [...stale, ...outside, 'placement-ended', 'slot-handed-over'],
  }),
  hostIsHere: route({
    method: 'DELETE',
    path: '/api/slot-links/:token/host-absence',
    summary: 'The host is there, whatever was reported',
    access: 'capability',
    params: z.object({ token }),
    response: hostArrivalsSchema,
    refusals: [...stale, ...outside, 'slot-handed-over'],
  }),
  hostLive: route({
    method: 'GET',
    path: '/api/slot-links/:token/arrivals/live',
    summary: 'Tells when something about the arrivals of this slot is to be read again',
    access: 'capability',
    params: z.object({ token }),
    response: 'events',
    refusals: stale,
  }),
  board: route({
    method: 'GET',
    path: '/api/days/:dayId/arrivals',
    summary: 'How many have come, site by site; a coordinator sees their own sites',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: arrivalBoardSchema,
    refusals: ['not-found'],
  }),
  boardLive: route({
    method: 'GET',
    path: '/api/days/:dayId/arrivals/live',
    summary: 'Tells when something about the arrivals of a day is to be read again',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: 'events',
    refusals: ['not-found'],
  }),
  ofSite: route({
    method: 'GET',
    path: '/api/days/:dayId/sites/:siteId/arrivals',
    summary: 'The meetings of a site with their guests, to be ticked off one by one',
    access: 'session',
    params: z.object({ dayId: z.uuid(), siteId: z.uuid() }),
    response: siteArrivalsSchema,
    refusals: ['not-found'],
  }),
  say: route({
    method: 'PUT',
    path: '/api/placements/:placementId/attendance',
    summary: 'Who looks after the site says whether a guest came, or corrects it',
    access: 'session',
    params: z.object({ placementId: z.uuid() }),
    body: saidBody,
    response: 'none',
    refusals: [...outside, 'not-found', 'placement-ended'],
  }),
  sayHostAbsent: route({
    method: 'PUT',
    path: '/api/slots/:slotId/host-absence',
    summary: 'Who looks after the site says that a host did not come',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    response: 'none',
    refusals: [...outside, 'not-found', 'slot-closed', 'host-still-expected'],
  }),
  sayHostCame: route({
    method: 'DELETE',
    path: '/api/slots/:slotId/host-absence',
    summary: 'Who looks after the site says that the host has come after all',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    response: 'none',
    refusals: [...outside, 'not-found', 'slot-closed'],
  }),
  standIns: route({
    method: 'GET',
    path: '/api/slots/:slotId/stand-ins',
    summary: 'Colleagues of the same site and role who are free at these hours',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    response: z.array(z.object({ id: z.uuid(), name: z.string() })),
    refusals: ['not-found'],
  }),
  nameStandIn: route({
    method: 'POST',
    path: '/api/slots/:slotId/stand-in',
    summary: 'A colleague who has just said yes, in person, hosts in the host’s place at once',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    body: z.object({ personId: z.uuid() }),
    response: 'none',
    refusals: [
      'not-found',
      'not-the-day',
      'colleague-not-free',
      'day-cancelled',
      'day-over',
      'slot-closed',
      'slot-not-accepted',
      'not-published',
    ],
  }),
}
