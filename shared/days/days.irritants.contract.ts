import { z } from 'zod'
import { route } from '../contract.ts'

/** Fits a card on a phone and the head of a row on a projector. */
export const longestIrritant = 60
const irritantName = z.string().trim().min(2).max(longestIrritant)

export const regionIrritantSchema = z.object({
  id: z.uuid(),
  code: z.string(),
  nameFr: z.string(),
  nameEn: z.string(),
  /** Offered no more, but what was seen under it stays. */
  archived: z.boolean(),
})
export type RegionIrritant = z.infer<typeof regionIrritantSchema>

const ofRegion = z.object({ regionId: z.uuid() })

export const irritantsRoutes = {
  irritants: route({
    method: 'GET',
    path: '/api/regions/:regionId/irritants',
    summary: 'The irritants of a region, archived ones last',
    access: 'session',
    params: ofRegion,
    response: z.array(regionIrritantSchema),
  }),
  addIrritant: route({
    method: 'POST',
    path: '/api/regions/:regionId/irritants',
    summary: 'Add an irritant of the region’s own',
    access: 'session',
    params: ofRegion,
    // Without an English name the French one serves for both.
    body: z.object({ nameFr: irritantName, nameEn: irritantName.optional() }),
    response: regionIrritantSchema,
    refusals: ['irritant-known'],
  }),
  changeIrritant: route({
    method: 'PATCH',
    path: '/api/regions/:regionId/irritants/:irritantId',
    summary: 'Rename an irritant, put it away or bring it back',
    access: 'session',
    params: z.object({ regionId: z.uuid(), irritantId: z.uuid() }),
    body: z.object({
      nameFr: irritantName.optional(),
      nameEn: irritantName.optional(),
      archived: z.boolean().optional(),
    }),
    response: regionIrritantSchema,
    refusals: ['irritant-known', 'not-found'],
  }),
}
