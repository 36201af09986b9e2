import { z } from 'zod'

/** Where an action stands; `declined` is « non, parce que », an answer like any other. */
export const actionStatuses = ['to-decide', 'under-way', 'done', 'declined'] as const
export const actionStatusSchema = z.enum(actionStatuses)
export type ActionStatus = z.infer<typeof actionStatusSchema>
