import { z } from 'zod'

export const roleDrawings = ['headset', 'counter', 'van', 'callback', 'office', 'heart'] as const
export const roleDrawingSchema = z.enum(roleDrawings)
export type RoleDrawing = z.infer<typeof roleDrawingSchema>

export const importStatuses = ['draft', 'committed', 'expired'] as const
export const importStatusSchema = z.enum(importStatuses)
export type ImportStatus = z.infer<typeof importStatusSchema>
