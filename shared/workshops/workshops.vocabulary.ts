import { z } from 'zod'
import { audienceSchema } from '../programmes/programmes.vocabulary.ts'

/**
 * `choosing`: people were asked and say which session suits them. `seated`: who sits where is
 * published; seats go on changing hands.
 */
export const workshopStatuses = ['preparing', 'choosing', 'seated', 'cancelled'] as const
export const workshopStatusSchema = z.enum(workshopStatuses)
export type WorkshopStatus = z.infer<typeof workshopStatusSchema>

export const sessionStatuses = ['planned', 'cancelled'] as const
export const sessionStatusSchema = z.enum(sessionStatuses)
export type SessionStatus = z.infer<typeof sessionStatusSchema>

/** `offered`: a freed seat, held for somebody until they answer. `given-up` stays as what was. */
export const seatStates = ['seated', 'waiting', 'offered', 'given-up'] as const
export const seatStateSchema = z.enum(seatStates)
export type SeatState = z.infer<typeof seatStateSchema>

export const workshopAttendedSchema = z.enum(['came', 'absent'])
export type WorkshopAttended = z.infer<typeof workshopAttendedSchema>

/** Who said it. `code`: the person, with the figures shown in the room; `person`: by its picture. */
export const workshopSayers = ['code', 'person', 'facilitator', 'director'] as const
export const workshopSayerSchema = z.enum(workshopSayers)
export type WorkshopSayer = z.infer<typeof workshopSayerSchema>

/** Whom a workshop is offered to: groups as programmes know them, or the people of a programme. */
export const workshopAudienceSchema = z.union([
  audienceSchema,
  z.object({ who: z.literal('programme'), programmeId: z.uuid() }),
])
export type WorkshopAudience = z.infer<typeof workshopAudienceSchema>

/**
 * Who named no session is left without a seat, and may then take a free one; or seated where there is
 * room, after everybody who did.
 */
export const seatSilentSchema = z.enum(['leave', 'seat'])
export type SeatSilent = z.infer<typeof seatSilentSchema>

/** As many as somebody weighs at once on a phone. */
export const mostChoices = 3
/** A region of 2,000 people in groups of twelve, and some more. */
export const mostSessions = 200
/** The exercises are done in pairs at least. */
export const fewestSeats = 2
/** More is a lecture; a whole team still fits. */
export const mostSeats = 60
