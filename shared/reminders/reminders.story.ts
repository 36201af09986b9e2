import { z } from 'zod'
import {
  type ContentLanguage,
  contentLanguageSchema,
  contentLanguages,
  type Wording,
  wording,
} from '../vocabulary/content-language.ts'

/*
 * A reminder as it is written, told, exported and imported: one JSON document. What is the same in
 * every language (who follows whom, where a reaction stands) is said once, beside its words.
 */

/** What a scene shows; each is one of our own drawings. */
export const sceneDrawings = [
  'headset',
  'counter',
  'van',
  'callback',
  'office',
  'heart',
  'home',
  'box',
  'phone',
  'queue',
  'clock',
  'door',
  'letter',
  'street',
  'desk',
  'window',
] as const
export const sceneDrawingSchema = z.enum(sceneDrawings)
export type SceneDrawing = z.infer<typeof sceneDrawingSchema>

/** The emotion a story leaves; each has a colour of its own, and the story its own word for it. */
export const feelings = ['anger', 'weariness', 'worry', 'shame', 'helplessness', 'sadness'] as const
export const feelingSchema = z.enum(feelings)
export type Feeling = z.infer<typeof feelingSchema>

/** The three ways into the grey zone and the three into the warm one. */
export const greyMoves = ['suffer', 'excuse', 'close'] as const
export const warmMoves = ['listen', 'own', 'open'] as const
export const moveSchema = z.enum([...greyMoves, ...warmMoves])
export type Move = z.infer<typeof moveSchema>

/** From deep grey (1) to warm (5); 3 lies between the zones and belongs to neither. */
export const warmthSchema = z.int().min(1).max(5)
export type Warmth = z.infer<typeof warmthSchema>

/** Names inside one document, chosen by its author; `[a-z0-9-]` so that a file reads well. */
const nameSchema = z.string().regex(/^[a-z0-9-]{1,40}$/)

/**
 * The document, read strictly: a field it does not know is a mistake, or somebody else’s file.
 * @param text how its texts are read; `least` how many of something there must be at least.
 */
function documentSchema(
  text: (max: number) => z.ZodType<Wording>,
  least: (count: number) => number,
) {
  const sceneSchema = z.strictObject({
    id: nameSchema,
    drawing: sceneDrawingSchema,
    // Two sentences on a phone, read while standing.
    text: text(280),
    /** Somebody’s voice, in quotation marks the screen sets; null where nobody speaks. */
    voice: z.strictObject({ who: text(40), says: text(200) }).nullable(),
    /** Where the story goes: one way on, or a choice of two or three; none is the end of the scenes. */
    ways: z
      .array(z.strictObject({ words: text(80).nullable(), to: nameSchema }))
      .max(3)
      .describe('Without words where there is only one way on.'),
  })
  const reactionSchema = z.strictObject({
    id: nameSchema,
    text: text(240),
    move: moveSchema,
    warmth: warmthSchema,
    /** Kind, and about the situation: why it stands where it stands. */
    why: text(360),
    technique: nameSchema,
  })
  const techniqueSchema = z.strictObject({
    id: nameSchema,
    name: text(60),
    how: text(280),
    /** Something one could say aloud. */
    example: text(240),
  })
  return z.strictObject({
    format: z.literal('10-de-coeur/reminder'),
    version: z.literal(1),
    languages: z
      .array(contentLanguageSchema)
      .min(1)
      .refine((languages) => new Set(languages).size === languages.length),
    title: text(60),
    /** One sentence that makes one want to open it: the mail’s. */
    teaser: text(160),
    teller: z.strictObject({
      firstName: z.string().trim().min(least(1)).max(30),
      job: text(80),
      drawing: sceneDrawingSchema,
    }),
    scenes: z.array(sceneSchema).min(least(3)).max(9),
    emotion: z.strictObject({ feeling: feelingSchema, word: text(30), line: text(200) }),
    question: text(200),
    reactions: z.array(reactionSchema).min(least(3)).max(5),
    techniques: z.array(techniqueSchema).min(least(1)).max(5),
    missions: z
      .array(z.strictObject({ id: nameSchema, text: text(200), tip: text(200) }))
      .min(least(2))
      .max(3),
    /** Days after which it is asked, once, whether the mission was tried. */
    askAfterDays: z.int().min(3).max(14),
  })
}

const writtenStorySchema = documentSchema(wording, (count) => count)

/** A story while it is written: the same document, where anything may still be missing or too long. */
export const draftSchema = documentSchema(
  () => z.partialRecord(contentLanguageSchema, z.string().max(1_000)),
  () => 0,
)

export type Story = z.infer<typeof writtenStorySchema>
export type Scene = Story['scenes'][number]
export type Reaction = Story['reactions'][number]
export type Technique = Story['techniques'][number]
export type Mission = Story['missions'][number]

/** How many scenes a reader meets on the shortest and on the longest way; none where the ways turn in a circle or lead nowhere. */
export function scenesMet(scenes: readonly Scene[]): { least: number; most: number } | undefined {
  const byId = new Map(scenes.map((scene) => [scene.id, scene]))
  const walk = (
    id: string,
    before: readonly string[],
  ): { least: number; most: number } | undefined => {
    const scene = byId.get(id)
    if (!scene || before.includes(id)) return undefined
    if (scene.ways.length === 0) return { least: 1, most: 1 }
    const ends = scene.ways.map(({ to }) => walk(to, [...before, id]))
    if (ends.some((end) => !end)) return undefined
    return {
      least: 1 + Math.min(...ends.map((end) => end!.least)),
      most: 1 + Math.max(...ends.map((end) => end!.most)),
    }
  }
  return scenes[0] && walk(scenes[0].id, [])
}

/** What the shape alone cannot say; each fault has one code, which the screens put into words. */
export const storyFaults = [
  'missing-language',
  'doubled-id',
  'unknown-scene',
  'lost-scene',
  'scenes-met',
  'way-words',
  'unknown-technique',
  'move-and-warmth',
  'one-sided',
] as const
export type StoryFault = (typeof storyFaults)[number]

/** A whole reminder: three to five scenes on every way, both zones among the reactions, nothing left untranslated. */
export const storySchema = writtenStorySchema.superRefine((story, context) => {
  const fault = (code: StoryFault, path: (string | number)[]) =>
    context.addIssue({ code: 'custom', path, params: { fault: code }, message: code })

  for (const path of untranslated(story, story.languages)) fault('missing-language', path)
  for (const list of ['scenes', 'reactions', 'techniques', 'missions'] as const) {
    const seen = new Set<string>()
    story[list].forEach(({ id }, at) => {
      if (seen.has(id)) fault('doubled-id', [list, at])
      seen.add(id)
    })
  }

  const scenes = new Set(story.scenes.map(({ id }) => id))
  const led = new Set(story.scenes.flatMap(({ ways }) => ways.map(({ to }) => to)))
  story.scenes.forEach(({ id, ways }, at) => {
    if (at > 0 && !led.has(id)) fault('lost-scene', ['scenes', at])
    ways.forEach(({ to, words }, way) => {
      if (!scenes.has(to)) fault('unknown-scene', ['scenes', at, 'ways', way])
      if ((words !== null) !== ways.length > 1) fault('way-words', ['scenes', at, 'ways', way])
    })
  })
  const met = scenesMet(story.scenes)
  if (!met || met.least < 3 || met.most > 5) fault('scenes-met', ['scenes'])

  const techniques = new Set(story.techniques.map(({ id }) => id))
  story.reactions.forEach(({ technique, move, warmth }, at) => {
    if (!techniques.has(technique)) fault('unknown-technique', ['reactions', at])
    const grey = greyMoves.some((one) => one === move)
    if (grey ? warmth > 3 : warmth < 3) fault('move-and-warmth', ['reactions', at])
  })
  const warmths = story.reactions.map(({ warmth }) => warmth)
  if (!warmths.some((one) => one < 3) || !warmths.some((one) => one > 3)) {
    fault('one-sided', ['reactions'])
  }
})

/** Where a text lacks one of the languages, as paths into the document. */
function untranslated(
  value: unknown,
  languages: readonly ContentLanguage[],
  path: (string | number)[] = [],
): (string | number)[][] {
  if (Array.isArray(value)) {
    return value.flatMap((one, at) => untranslated(one, languages, [...path, at]))
  }
  if (typeof value !== 'object' || value === null) return []
  if (isWording(value)) return languages.every((one) => value[one]) ? [] : [path]
  return Object.entries(value).flatMap(([key, one]) => untranslated(one, languages, [...path, key]))
}

const isWording = (value: object): value is Wording =>
  Object.keys(value).every((key) => contentLanguages.some((one) => one === key))
