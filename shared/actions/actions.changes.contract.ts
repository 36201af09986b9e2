import { z } from 'zod'
import { route } from '../contract.ts'
import { measureSchema } from './actions.contract.ts'
import { actionStatusSchema } from './actions.vocabulary.ts'

/** What was decided, as everybody of the region may read it: no owner, no note. */
export const decisionSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  status: actionStatusSchema,
  reason: z.string().nullable(),
  decidedAt: z.coerce.date().nullable(),
  measure: measureSchema.nullable(),
})
export type Decision = z.infer<typeof decisionSchema>

export const changesSchema = z.object({
  dayName: z.string(),
  date: z.string(),
  /** Findings enough people saw, the most seen first, with what answers them. */
  findings: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      observationCount: z.number().int(),
      decisions: z.array(decisionSchema),
    }),
  ),
  /** Findings too few saw to be told apart, told as a number. */
  foldedFindings: z.number().int(),
  /** What was decided beside them, without saying why. */
  otherDecisions: z.array(decisionSchema),
})
export type Changes = z.infer<typeof changesSchema>

export const changesRoutes = {
  changes: route({
    method: 'GET',
    path: '/api/days/:dayId/changes',
    summary: 'What was seen, decided and changed, for everybody of the region',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: changesSchema,
    refusals: ['not-found'],
  }),
}
