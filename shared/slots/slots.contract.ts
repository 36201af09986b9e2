import { z } from 'zod'
import { route } from '../contract.ts'
import { dateSchema, mailPreviewSchema, periodSchema, timeSchema } from '../days/days.contract.ts'
import { roleDrawingSchema } from '../roster/roster.contract.ts'
import { siteKindSchema } from '../roster/roster.vocabulary.ts'
import { slotLanguageSchema, slotReleaseSchema, slotStatusSchema } from './slots.vocabulary.ts'

export const slotSchema = z.object({
  id: z.uuid(),
  regionId: z.uuid(),
  dayId: z.uuid(),
  siteId: z.uuid(),
  roleId: z.uuid(),
  hostId: z.uuid(),
  periodId: z.uuid(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  capacity: z.number().int(),
  noCalls: z.boolean(),
  accessible: z.boolean(),
  safetyEquipment: z.boolean(),
  languages: z.array(z.string()),
  note: z.string(),
  status: slotStatusSchema,
  release: slotReleaseSchema,
  linkGeneration: z.number().int(),
  answeredAt: z.coerce.date().nullable(),
  refusedReason: z.string().nullable(),
})
export type Slot = z.infer<typeof slotSchema>

/** Everything a host decides about a slot; always sent whole. */
export const slotDetailsSchema = z.object({
  periodId: z.uuid(),
  startsAt: timeSchema,
  endsAt: timeSchema,
  // Twelve around one desk is already a crowd; the database holds the same limit.
  capacity: z.number().int().min(1).max(12),
  noCalls: z.boolean(),
  accessible: z.boolean(),
  safetyEquipment: z.boolean(),
  languages: z.array(slotLanguageSchema).min(1).max(6),
  // « Demandez-moi à l'accueil » : one line for the guest.
  note: z.string().trim().max(300),
})
export type SlotDetails = z.infer<typeof slotDetailsSchema>

export const slotAnswerSchema = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('yes'), details: slotDetailsSchema.optional() }),
  z.object({ answer: z.literal('no') }),
  z.object({ answer: z.literal('pause') }),
])
export type SlotAnswer = z.infer<typeof slotAnswerSchema>

export const releaseInputSchema = z.discriminatedUnion('release', [
  z.object({ release: z.literal('released') }),
  z.object({ release: z.literal('pending') }),
  // Read by the host: a short sentence.
  z.object({ release: z.literal('refused'), reason: z.string().trim().min(1).max(300) }),
])
export type ReleaseInput = z.infer<typeof releaseInputSchema>

/** Other hours for a slot, within its period; local times of the day’s place. */
export const slotHoursSchema = slotDetailsSchema.pick({ startsAt: true, endsAt: true })
export type SlotHours = z.infer<typeof slotHoursSchema>

export const capsInputSchema = z.object({
  /** Visitors at the same moment, at most; null sets no limit. */
  limit: z.number().int().min(0).max(500).nullable(),
  caps: z
    .array(z.object({ periodId: z.uuid(), capacity: z.number().int().min(0).max(500).nullable() }))
    .max(8)
    // One period has one cap.
    .refine((caps) => new Set(caps.map(({ periodId }) => periodId)).size === caps.length),
})
export type CapsInput = z.infer<typeof capsInputSchema>

/** Why a host can no longer answer; null while they can. */
export const settledReasons = ['cancelled', 'over'] as const

/** A slot as its host sees it, by link or signed in. */
export const hostSlotSchema = z.object({
  details: slotDetailsSchema,
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  status: slotStatusSchema,
  release: slotReleaseSchema,
  refusedReason: z.string().nullable(),
  host: z.object({ firstName: z.string() }),
  region: z.object({ name: z.string() }),
  day: z.object({
    id: z.uuid(),
    name: z.string(),
    date: dateSchema,
    timeZone: z.string(),
    offersCloseAt: z.coerce.date(),
    offersClosed: z.boolean(),
    releaseRequired: z.boolean(),
    settled: z.enum(settledReasons).nullable(),
    /** Guests know where they go: what a host changes now concerns them at once. */
    published: z.boolean(),
    periods: z.array(periodSchema),
  }),
  site: z.object({
    name: z.string(),
    address: z.string(),
    postcode: z.string(),
    town: z.string(),
  }),
  role: z.object({ nameFr: z.string(), nameEn: z.string(), drawing: roleDrawingSchema }),
})
export type HostSlot = z.infer<typeof hostSlotSchema>

export const offerSchema = slotSchema.extend({
  hostName: z.string(),
  hostHasMail: z.boolean(),
})
export type Offer = z.infer<typeof offerSchema>

export const siteOffersSchema = z.object({
  site: z.object({ id: z.uuid(), name: z.string(), town: z.string() }),
  releaseRequired: z.boolean(),
  timeZone: z.string(),
  settled: z.enum(settledReasons).nullable(),
  published: z.boolean(),
  periods: z.array(periodSchema),
  roles: z.array(
    z.object({
      id: z.uuid(),
      nameFr: z.string(),
      nameEn: z.string(),
      drawing: roleDrawingSchema,
    }),
  ),
  offers: z.array(offerSchema),
  limit: z.number().int().nullable(),
  caps: z.array(z.object({ periodId: z.uuid(), capacity: z.number().int() })),
})
export type SiteOffers = z.infer<typeof siteOffersSchema>

export const proposalInputSchema = z.object({
  periodId: z.uuid(),
  roleIds: z.array(z.uuid()).min(1).max(50),
  /** Empty: every site where these roles are at home. */
  siteIds: z.array(z.uuid()).max(1_000),
  capacity: z.number().int().min(1).max(12),
  // Beyond fifty hosts of one role, a site would be on show rather than at work.
  perSite: z.number().int().min(1).max(50),
})
export type ProposalInput = z.infer<typeof proposalInputSchema>

export const proposalPreviewSchema = z.object({
  slots: z.number().int(),
  byMail: z.number().int(),
  byCard: z.number().int(),
  /** Candidates left alone: they host at these hours already, or said no to them. */
  busy: z.number().int(),
  sites: z.array(z.object({ siteId: z.uuid(), name: z.string(), slots: z.number().int() })),
  /** Null when nobody would be written to. */
  mail: mailPreviewSchema.nullable(),
})
export type ProposalPreview = z.infer<typeof proposalPreviewSchema>

export const coverageSchema = z.object({
  periods: z.array(periodSchema),
  roles: siteOffersSchema.shape.roles,
  expectedGuests: z.number().int().nullable(),
  sites: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      kind: siteKindSchema,
      town: z.string(),
      department: z.string(),
      latitude: z.number().nullable(),
      longitude: z.number().nullable(),
      /** People there who could host. */
      candidates: z.number().int(),
      /** Its share of the guests expected, by candidates; null where no number is expected. */
      target: z.number().int().nullable(),
    }),
  ),
  cells: z.array(
    z.object({
      siteId: z.uuid(),
      roleId: z.uuid(),
      periodId: z.uuid(),
      /** Places a guest can be given. */
      places: z.number().int(),
      /** Places accepted by their host that wait for the site's release. */
      awaitingRelease: z.number().int(),
      /** Places asked for that wait for their host's yes. */
      proposed: z.number().int(),
    }),
  ),
})
export type Coverage = z.infer<typeof coverageSchema>

export const hostCardSchema = z.object({
  slotId: z.uuid(),
  hostName: z.string(),
  code: z.string(),
  /** Address of the host's page, for the QR code. */
  link: z.string(),
  roleNameFr: z.string(),
  roleNameEn: z.string(),
  timeZone: z.string(),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
})
export type HostCard = z.infer<typeof hostCardSchema>

const dayParams = z.object({ dayId: z.uuid() })
const siteParams = z.object({ dayId: z.uuid(), siteId: z.uuid() })
// A derived token is 45 characters; anything much longer is not one.
const linkParams = z.object({ token: z.string().min(10).max(200) })

export const slotsRoutes = {
  proposalPreview: route({
    method: 'POST',
    path: '/api/days/:dayId/slot-proposals/preview',
    summary: 'Whom a bulk proposal would ask, and what they would read; asks nobody',
    access: 'session',
    params: dayParams,
    body: proposalInputSchema,
    response: proposalPreviewSchema,
    refusals: ['not-found'],
  }),
  propose: route({
    method: 'POST',
    path: '/api/days/:dayId/slot-proposals',
    summary: 'Ask hosts for slots; each stays a proposal until its host says yes',
    access: 'session',
    params: dayParams,
    // The number somebody read and confirmed: another one is refused.
    body: proposalInputSchema.extend({ slots: z.number().int().min(1) }),
    response: z.object({ slots: z.number().int(), batchId: z.uuid().nullable() }),
    refusals: ['not-found', 'proposals-changed', 'day-cancelled', 'day-over'],
  }),
  coverage: route({
    method: 'GET',
    path: '/api/days/:dayId/coverage',
    summary: 'Places per role, site and period against the guests expected',
    access: 'session',
    params: dayParams,
    response: coverageSchema,
    refusals: ['not-found'],
  }),
  siteOffers: route({
    method: 'GET',
    path: '/api/days/:dayId/sites/:siteId/offers',
    summary: 'The offers of a site, with its limits',
    access: 'session',
    params: siteParams,
    response: siteOffersSchema,
    refusals: ['not-found'],
  }),
  release: route({
    method: 'PUT',
    path: '/api/slots/:slotId/release',
    summary: 'Release a host, refuse with a reason, or take either back',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    body: releaseInputSchema,
    response: slotSchema,
    refusals: ['not-found', 'conflict', 'host-visits', 'day-cancelled', 'day-over'],
  }),
  move: route({
    method: 'PUT',
    path: '/api/slots/:slotId/hours',
    summary: 'Give a slot other hours within its period; whoever is concerned is asked again',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    body: slotHoursSchema,
    response: slotSchema,
    refusals: [
      'not-found',
      'slot-not-accepted',
      'slot-closed',
      'slot-outside-period',
      'hours-taken',
      'day-cancelled',
      'day-over',
    ],
  }),
  setCaps: route({
    method: 'PUT',
    path: '/api/days/:dayId/sites/:siteId/caps',
    summary: 'Set how many visitors a site takes per period',
    access: 'session',
    params: siteParams,
    body: capsInputSchema,
    response: siteOffersSchema,
    refusals: ['not-found', 'caps-exceed-limit', 'day-cancelled', 'day-over'],
  }),
  cards: route({
    method: 'POST',
    path: '/api/days/:dayId/sites/:siteId/cards',
    summary: 'The cards to print for hosts of a site who have no mail',
    access: 'session',
    params: siteParams,
    response: z.array(hostCardSchema),
    refusals: ['not-found'],
  }),
  slotLink: route({
    method: 'GET',
    path: '/api/slot-links/:token',
    summary: 'The slot of a host’s link; opening it changes nothing',
    access: 'capability',
    params: linkParams,
    response: hostSlotSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left'],
  }),
  answerOffer: route({
    method: 'PUT',
    path: '/api/slot-links/:token',
    summary: 'A host’s yes, no or pause; saying the same again changes nothing',
    access: 'capability',
    params: linkParams,
    body: slotAnswerSchema,
    response: hostSlotSchema,
    refusals: [
      'link-expired',
      'link-renewed',
      'holder-left',
      'slot-overlaps',
      'slot-outside-period',
      'slot-refused',
      'slot-closed',
      'slot-not-accepted',
      'slot-overlaps-visit',
      'offers-closed',
      'day-published',
      'day-cancelled',
      'day-over',
    ],
  }),
  card: route({
    method: 'POST',
    path: '/api/slot-cards',
    summary: 'The link a printed code stands for',
    access: 'public',
    body: z.object({ code: z.string().trim().min(4).max(40) }),
    response: z.object({ token: z.string() }),
    refusals: ['card-unknown', 'too-many-requests'],
  }),
  mySlots: route({
    method: 'GET',
    path: '/api/days/:dayId/my-slots',
    summary: 'The slots I host, with the link of each, and what I could offer',
    access: 'session',
    params: dayParams,
    response: z.object({
      /** Null when my job is not one to discover, or I am not in the roster. */
      canOffer: z
        .object({
          role: hostSlotSchema.shape.role,
          site: hostSlotSchema.shape.site,
          day: hostSlotSchema.shape.day,
        })
        .nullable(),
      slots: z.array(hostSlotSchema.extend({ id: z.uuid(), token: z.string() })),
    }),
    refusals: ['not-found'],
  }),
  offerSlot: route({
    method: 'POST',
    path: '/api/days/:dayId/my-slots',
    summary: 'Offer a slot of my own accord',
    access: 'session',
    params: dayParams,
    body: slotDetailsSchema,
    response: hostSlotSchema.extend({ id: z.uuid(), token: z.string() }),
    refusals: [
      'not-found',
      'no-role-to-show',
      'slot-overlaps',
      'slot-outside-period',
      'offers-closed',
      'slot-overlaps-visit',
      'day-cancelled',
      'day-over',
    ],
  }),
}
