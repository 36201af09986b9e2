import { z } from 'zod'

/** From where each person’s months are counted: their own workshop, or a date for everybody. */
export const countedFrom = ['workshop', 'date'] as const
export const countedSchema = z.enum(countedFrom)
export type Counted = z.infer<typeof countedSchema>

export const programmeStatuses = ['draft', 'running', 'ended'] as const
export const programmeStatusSchema = z.enum(programmeStatuses)
export type ProgrammeStatus = z.infer<typeof programmeStatusSchema>

/** `nudge`: the one word more to who has not finished. `question`: did the mission work? */
export const programmeMailKinds = ['reminder', 'nudge', 'question'] as const
export type ProgrammeMailKind = (typeof programmeMailKinds)[number]

/**
 * Who a programme is for. `frontline`: whose job is one of the roles to shadow, or some of these
 * roles. `day`: who took part in a day, as guest or host. Always at some sites, or at all of them.
 */
export const audienceSchema = z.discriminatedUnion('who', [
  z.object({
    who: z.literal('frontline'),
    roleIds: z.array(z.uuid()).max(50),
    siteIds: z.array(z.uuid()).max(500),
  }),
  z.object({ who: z.literal('everybody'), siteIds: z.array(z.uuid()).max(500) }),
  z.object({ who: z.literal('day'), dayId: z.uuid(), siteIds: z.array(z.uuid()).max(500) }),
])
export type Audience = z.infer<typeof audienceSchema>

/** Six ship; more than a year of them would be another programme. */
export const mostSteps = 12
export const monthsBetweenSchema = z.int().min(1).max(3)

/** A calendar date without an hour, `YYYY-MM-DD`, of this century: what is counted from it stays a date. */
export const dateSchema = z.iso.date().refine((date) => date >= '2000-01-01' && date < '2100-01-01')
