import { z } from 'zod'

/** What the host said: proposed waits for them; closed is over for good. */
export const slotStatuses = ['proposed', 'accepted', 'paused', 'declined', 'closed'] as const
export const slotStatusSchema = z.enum(slotStatuses)
export type SlotStatus = z.infer<typeof slotStatusSchema>

/** What the coordinator of the site said. */
export const slotReleases = ['pending', 'released', 'refused'] as const
export const slotReleaseSchema = z.enum(slotReleases)
export type SlotRelease = z.infer<typeof slotReleaseSchema>

/** Languages a guest can be shown around in, as ISO 639-1 codes. */
export const slotLanguages = ['fr', 'en', 'nl', 'es', 'pt', 'ar'] as const
export const slotLanguageSchema = z.enum(slotLanguages)
export type SlotLanguage = z.infer<typeof slotLanguageSchema>
