import { z } from 'zod'

/** Languages a person can read the screens and the mails in. French is the one of origin. */
export const languages = ['fr', 'en'] as const
export const languageSchema = z.enum(languages)
export type Language = z.infer<typeof languageSchema>
