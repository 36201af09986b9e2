import { z } from 'zod'
import { meetingSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'
import { kitHeadingsSchema, kitSchema } from '../kits/kits.vocabulary.ts'
import { contentLanguageSchema } from '../vocabulary/content-language.ts'

/** Somebody to ask for. Until the day and after it, a first name and nothing else. */
export const contactSchema = z.object({
  as: z.enum(['host', 'coordinator']),
  firstName: z.string(),
  lastName: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
})
export type Contact = z.infer<typeof contactSchema>

/** Everything a guest or a host needs on the day, in one answer that a device can keep. */
export const sheetSchema = z.object({
  meeting: meetingSchema,
  /** False where a coordinator or director looks over somebody’s sheet. */
  own: z.boolean(),
  /** Decimal degrees (WGS 84); null where HR's file does not say. */
  place: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  /** For a guest their host first; empty once there is nobody to meet. */
  contacts: z.array(contactSchema),
  /** The day from midnight to midnight where it takes place: when contacts can be reached. */
  reach: z.object({ from: z.coerce.date(), until: z.coerce.date(), open: z.boolean() }),
  /** The role's kit in each language that has one; none once the meeting is off. */
  kits: z.array(
    z.object({ language: contentLanguageSchema, headings: kitHeadingsSchema, kit: kitSchema }),
  ),
})
export type Sheet = z.infer<typeof sheetSchema>

// A derived token is 45 characters; anything much longer is not one.
const ofLink = z.object({ token: z.string().min(10).max(200) })

export const sheetRoutes = {
  slotLinkSheet: route({
    method: 'GET',
    path: '/api/slot-links/:token/sheet',
    summary: 'The day sheet of the host of this link',
    access: 'capability',
    params: ofLink,
    response: sheetSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'not-published'],
  }),
  placementLinkSheet: route({
    method: 'GET',
    path: '/api/placement-links/:token/sheet',
    summary: 'The day sheet of the guest of this link',
    access: 'capability',
    params: ofLink,
    response: sheetSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'not-published'],
  }),
  slotSheet: route({
    method: 'GET',
    path: '/api/slots/:slotId/sheet',
    summary: 'The day sheet of a slot, for its host, the site’s coordinator and the director',
    access: 'session',
    params: z.object({ slotId: z.uuid() }),
    response: sheetSchema,
    refusals: ['not-found', 'not-published'],
  }),
  placementSheet: route({
    method: 'GET',
    path: '/api/placements/:placementId/sheet',
    summary: 'The day sheet of a placement, for its guest, the site’s coordinator and the director',
    access: 'session',
    params: z.object({ placementId: z.uuid() }),
    response: sheetSchema,
    refusals: ['not-found', 'not-published'],
  }),
}
