import { z } from 'zod'

/** How a request to host in somebody’s place stands; `withdrawn`: its host took it back. */
export const handoverStatuses = ['pending', 'accepted', 'declined', 'expired', 'withdrawn'] as const
export const handoverStatusSchema = z.enum(handoverStatuses)
export type HandoverStatus = z.infer<typeof handoverStatusSchema>
