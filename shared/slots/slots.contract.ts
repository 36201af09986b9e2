import { z } from 'zod'
import { timeSchema } from '../days/days.contract.ts'
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

export const capsInputSchema = z.object({
  /** Visitors at the same moment, at most; null sets no limit. */
  limit: z.number().int().min(0).max(500).nullable(),
  caps: z
    .array(z.object({ periodId: z.uuid(), capacity: z.number().int().min(0).max(500).nullable() }))
    .max(8),
})
export type CapsInput = z.infer<typeof capsInputSchema>
