import { z } from 'zod'
import { contentLanguageSchema, wording } from '../vocabulary/content-language.ts'

/*
 * A workshop as it is written: one hour with a facilitator, and a page to take away. One JSON
 * document, its words in each language side by side.
 */

/** What the printed page shows: our own drawings, large enough to write in. */
export const pageDrawings = ['circles', 'glass'] as const

const stepSchema = z.object({
  title: wording(60),
  minutes: z.int().min(1).max(30),
  /** What this part is for, in one sentence. */
  aim: wording(200),
  /** What the facilitator does, in the order it is done. */
  facilitator: z.array(wording(360)).min(1).max(8),
  /** Words to say as they stand; empty where one's own are better. */
  aloud: z.array(wording(360)).max(4),
  /** The exercise, as participants get to read it; none where there is nothing to do. */
  exercise: z
    .object({
      title: wording(60),
      alone: z.boolean().describe('Alone first, or at once in pairs or small groups.'),
      instructions: z.array(wording(280)).min(1).max(6),
      /** Believable situations to work on, told as they happen. */
      situations: z.array(wording(320)).max(8),
    })
    .nullable(),
  /** What goes wrong here, and what then helps. */
  care: wording(360).nullable(),
})

const techniqueSchema = z.object({ name: wording(60), how: wording(280), example: wording(240) })

export const courseSchema = z
  .object({
    format: z.literal('10-de-coeur/workshop'),
    version: z.literal(1),
    languages: z.array(contentLanguageSchema).min(1),
    title: wording(60),
    /** What participants leave with, in one sentence: the invitation's. */
    promise: wording(200),
    /** For the facilitator, before: the room, what to bring, what to read. */
    preparation: z.array(wording(280)).min(2).max(8),
    steps: z.array(stepSchema).min(4).max(9),
    /** Sentences a facilitator may lean on when it gets hard. */
    hardMoments: z
      .array(z.object({ when: wording(160), help: wording(360) }))
      .min(3)
      .max(6),
    techniques: z.array(techniqueSchema).min(2).max(5),
    page: z.object({
      drawing: z.enum(pageDrawings),
      title: wording(60),
      introduction: wording(280),
      /** Labels inside the drawing, from the outside in, or from top to bottom. */
      labels: z.array(wording(40)).min(2).max(4),
      /** Lines to fill in by hand. */
      prompts: z.array(wording(160)).min(2).max(5),
      /** What stays true when the page is found again in a drawer. */
      reminder: wording(200),
    }),
  })
  .refine(({ steps }) => {
    const minutes = steps.reduce((sum, step) => sum + step.minutes, 0)
    return minutes >= 55 && minutes <= 60
  }, 'a course fills its hour')
export type Course = z.infer<typeof courseSchema>
