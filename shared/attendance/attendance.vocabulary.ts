import { z } from 'zod'

/** What can be said of a guest. `partly`: came late or left early, as a person judges it. */
export const attendedWords = ['present', 'partly', 'absent'] as const
export const attendedSchema = z.enum(attendedWords)
export type Attended = z.infer<typeof attendedSchema>

/** Who said it. `code`: the guest, with the code their host showed them. */
export const sayers = ['code', 'guest', 'host', 'coordinator', 'director'] as const
export const sayerSchema = z.enum(sayers)
export type Sayer = z.infer<typeof sayerSchema>

/**
 * Where a guest stands, each in exactly one. What became of a meeting: `present`, `partly`, `absent`,
 * `cancelled` (before it began) and `host-absent` (there, and nobody received them). Not known yet:
 * `expected`, `late` (it has begun), and `unseen` (it is over, and nobody said anything).
 */
export const standings = [
  'expected',
  'late',
  'present',
  'partly',
  'host-absent',
  'absent',
  'cancelled',
  'unseen',
] as const
export const standingSchema = z.enum(standings)
export type Standing = z.infer<typeof standingSchema>

/** How far a meeting is for who lives it: they are awaited, its guests are there, its hour is over. */
export const meetingStages = ['awaited', 'here', 'over'] as const
export const meetingStageSchema = z.enum(meetingStages)
export type MeetingStage = z.infer<typeof meetingStageSchema>

/** Whether arrivals can be said now; `off`: the meeting or its day is not held. */
export const arrivalStates = ['early', 'open', 'closed', 'off'] as const
export const arrivalStateSchema = z.enum(arrivalStates)
export type ArrivalState = z.infer<typeof arrivalStateSchema>
