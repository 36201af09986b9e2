import { z } from 'zod'
import { route } from '../contract.ts'

/** How things stand with the learning record store; nothing about anybody. */
export const learningRecordsSchema = z.object({
  /** Its host; null where none is configured. */
  store: z.string().nullable(),
  /** Statements it has not taken yet, those of the week under way included. */
  waiting: z.int(),
  /** Since when it takes nothing, and what it said. */
  trouble: z.object({ since: z.coerce.date(), said: z.string() }).nullable(),
  /** Statements it refused and that wait for somebody, by what it said. */
  rejected: z.array(z.object({ said: z.string(), count: z.int() })),
})
export type LearningRecords = z.infer<typeof learningRecordsSchema>

export const recordsRoutes = {
  records: route({
    method: 'GET',
    path: '/api/learning-records',
    summary: 'Whether the learning record store takes what is told to it',
    access: 'session',
    response: learningRecordsSchema,
  }),
  retry: route({
    method: 'POST',
    path: '/api/learning-records/retry',
    summary: 'Hand over once more what the learning record store refused',
    access: 'session',
    response: learningRecordsSchema,
  }),
}
