import { z } from 'zod'
import { route } from '../contract.ts'
import { bySecretSchema } from '../observations/observations.contract.ts'
import { actionStatusSchema } from './actions.vocabulary.ts'

/** What came of an observation: what it was grouped into, and each action that answers that. */
export const becameSchema = z.object({
  /** The director’s words for what several people saw. */
  finding: z.string(),
  actions: z.array(
    z.object({
      title: z.string(),
      status: actionStatusSchema,
      /** Why not; null unless declined. */
      reason: z.string().nullable(),
      decidedAt: z.coerce.date().nullable(),
    }),
  ),
})
export type Became = z.infer<typeof becameSchema>

export const returningRoutes = {
  becameOfMine: route({
    method: 'GET',
    path: '/api/days/:dayId/observations/mine/became',
    summary: 'What became of what I observed under my name; those in no finding are left out',
    access: 'session',
    params: z.object({ dayId: z.uuid() }),
    response: z.array(becameSchema.extend({ observationId: z.uuid() })),
    refusals: ['not-found', 'not-taking-part'],
  }),
  becameAnonymously: route({
    method: 'POST',
    path: '/api/anonymous-observations/became',
    summary: 'What became of an anonymous observation, for whoever holds its secret',
    access: 'anonymous',
    body: bySecretSchema,
    // Null: it waits, is in no finding yet, or was withdrawn by its author.
    response: z.object({ became: becameSchema.nullable() }),
    refusals: ['not-found', 'too-many-requests'],
  }),
}
