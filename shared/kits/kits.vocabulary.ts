import { z } from 'zod'

/** The parts of a kit, in the order they are read. */
export const kitSections = [
  'story',
  'before',
  'bring',
  'dress',
  'safety',
  'hours',
  'notice',
  'refusal',
  'script',
  'opens',
  'closes',
  'anger',
  'dos',
  'donts',
  'look',
  'after',
] as const
export const kitSectionSchema = z.enum(kitSections)
export type KitSection = z.infer<typeof kitSectionSchema>

/** Parts whose lines begin with a few words of their own: an hour, a step, what not to say. */
export const titledSections = ['hours', 'look', 'script', 'closes', 'anger'] as const

export const kitLineSchema = z.object({
  /** Empty but in {@link titledSections}. */
  title: z.string().trim().max(60),
  // Two lines of a printed column; what is longer is not read with a headset on.
  text: z.string().trim().max(240),
})
export type KitLine = z.infer<typeof kitLineSchema>

/** Every part has its lines; a part that says nothing is not shown. */
export const kitSchema = z.record(kitSectionSchema, z.array(kitLineSchema))
export type Kit = z.infer<typeof kitSchema>

/** What stands above each part, in the kit’s own language, which may not be the screen’s. */
export const kitHeadingsSchema = z.record(kitSectionSchema, z.string())
export type KitHeadings = z.infer<typeof kitHeadingsSchema>
