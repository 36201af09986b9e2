import { z } from 'zod'
import { route } from '../contract.ts'
import { contentLanguageSchema } from '../vocabulary/content-language.ts'
import { versionOrNoneSchema } from '../vocabulary/version.ts'
import { kitHeadingsSchema, kitLineSchema, kitSectionSchema } from './kits.vocabulary.ts'

const roleSchema = z.object({
  id: z.uuid(),
  nameFr: z.string(),
  nameEn: z.string(),
  drawing: z.string(),
})

export const kitShelfSchema = z.array(
  z.object({
    role: roleSchema,
    languages: z.array(
      z.object({
        language: contentLanguageSchema,
        /** Nothing shipped and nothing written: there is no kit in this language. */
        empty: z.boolean(),
        /** How many parts the region words itself. */
        edited: z.number(),
        /** How many of those replace a shipped text that has changed since. */
        behind: z.number(),
      }),
    ),
  }),
)
export type KitShelf = z.infer<typeof kitShelfSchema>

export const kitPartSchema = z.object({
  section: kitSectionSchema,
  /** What guests and hosts read. */
  lines: z.array(kitLineSchema),
  /** What ships with the product today; empty for a role of the region's own. */
  shipped: z.array(kitLineSchema),
  edited: z.boolean(),
  /** Edited, and the shipped text has changed since. */
  behind: z.boolean(),
  /** Who wrote last, and when; null while nobody did. */
  editedBy: z.string().nullable(),
  editedAt: z.coerce.date().nullable(),
  /** Counts what was saved here; a save says which one it saw. */
  version: z.number(),
})
export type KitPart = z.infer<typeof kitPartSchema>

export const editedKitSchema = z.object({
  role: roleSchema,
  language: contentLanguageSchema,
  headings: kitHeadingsSchema,
  parts: z.array(kitPartSchema),
})
export type EditedKit = z.infer<typeof editedKitSchema>

const ofKit = z.object({ regionId: z.uuid(), roleId: z.uuid(), language: contentLanguageSchema })

export const kitsRoutes = {
  kits: route({
    method: 'GET',
    path: '/api/regions/:regionId/kits',
    summary: 'The preparation kits of a region, role by role, and what it words itself',
    access: 'session',
    params: z.object({ regionId: z.uuid() }),
    response: kitShelfSchema,
  }),
  kit: route({
    method: 'GET',
    path: '/api/regions/:regionId/kits/:roleId/:language',
    summary: 'One kit to edit: each part as it is read and as it ships',
    access: 'session',
    params: ofKit,
    response: editedKitSchema,
    refusals: ['not-found'],
  }),
  saveKitPart: route({
    method: 'PUT',
    path: '/api/regions/:regionId/kits/:roleId/:language/:section',
    summary: 'Word a part of a kit for the region, or go back to what ships (lines: null)',
    access: 'session',
    params: ofKit.extend({ section: kitSectionSchema }),
    body: z.object({
      version: versionOrNoneSchema,
      // Twelve lines fill a third of the printed page; longer lists are read by nobody.
      lines: z.array(kitLineSchema).max(12).nullable(),
    }),
    response: kitPartSchema,
    refusals: ['not-found', 'kit-changed'],
  }),
}
