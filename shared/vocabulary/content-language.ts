import { z } from 'zod'

/** Languages in which what ships is written: kits, reminders, workshops. Dutch is read here before the screens are. */
export const contentLanguages = ['fr', 'en', 'nl'] as const
export const contentLanguageSchema = z.enum(contentLanguages)
export type ContentLanguage = z.infer<typeof contentLanguageSchema>

/** One text in every language its story is written in; which these are, the story says. */
export type Wording = Partial<Record<ContentLanguage, string>>

/** A text of at most `max` code points in each language; never blank where it is given. */
export const wording = (max: number) =>
  z.partialRecord(
    contentLanguageSchema,
    z
      .string()
      .trim()
      .min(1)
      .refine((text) => [...text].length <= max, { params: { max } }),
  )
