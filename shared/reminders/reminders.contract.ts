import { z } from 'zod'
import { route } from '../contract.ts'
import { contentLanguageSchema } from '../vocabulary/content-language.ts'
import { versionSchema } from '../vocabulary/version.ts'
import { draftSchema, feelingSchema, sceneDrawingSchema } from './reminders.story.ts'

/** What keeps a draft from being published, and where: a path into the document, as `scenes.2.text`. */
export const faultCodes = [
  'missing-language',
  'doubled-id',
  'unknown-scene',
  'lost-scene',
  'scenes-met',
  'way-words',
  'unknown-technique',
  'move-and-warmth',
  'one-sided',
  'too-long',
  'too-few',
  'too-many',
  'nobody-tells',
  'word-for-word',
  'unfit',
] as const
export const faultSchema = z.object({
  code: z.enum(faultCodes),
  path: z.string(),
  /** The language at fault, where one is. */
  language: contentLanguageSchema.nullable(),
})
export type Fault = z.infer<typeof faultSchema>

const titles = { title: draftSchema.shape.title, teaser: draftSchema.shape.teaser }

/** A reminder as a card on the shelf; `reminder` is its address: an id, or a shipped one’s name. */
const shelvedSchema = z.object({
  reminder: z.string(),
  shipped: z.string().nullable(),
  ...titles,
  firstName: z.string(),
  job: draftSchema.shape.title,
  drawing: sceneDrawingSchema,
  feeling: feelingSchema,
  languages: z.array(contentLanguageSchema),
  /** What programmes tell; null while nothing was published. */
  version: z.number().nullable(),
  /** The region wrote the published text itself. */
  own: z.boolean(),
  draft: z.boolean(),
})
export type Shelved = z.infer<typeof shelvedSchema>

export const reminderSchema = z.object({
  reminder: z.string(),
  shipped: z.string().nullable(),
  irritantId: z.uuid().nullable(),
  published: z.object({ version: z.number(), own: z.boolean(), story: draftSchema }).nullable(),
  draft: z
    .object({
      version: z.number(),
      /** Counts what was saved; a save says which one it saw. */
      saved: z.number(),
      story: draftSchema,
      editedBy: z.string().nullable(),
      editedAt: z.coerce.date(),
      faults: z.array(faultSchema),
    })
    .nullable(),
})
export type Reminder = z.infer<typeof reminderSchema>

const ofRegion = z.object({ regionId: z.uuid() })
const ofReminder = ofRegion.extend({ reminder: z.string().max(60) })

/** A reminder in all languages has some 25 kB. */
export const storyBytesLimit = 262_144

export const remindersRoutes = {
  shelf: route({
    method: 'GET',
    path: '/api/regions/:regionId/reminders',
    summary: 'The reminders of a region: those that ship, and its own',
    access: 'session',
    params: ofRegion,
    response: z.array(shelvedSchema),
  }),
  write: route({
    method: 'POST',
    path: '/api/regions/:regionId/reminders',
    summary: 'Begin a reminder, from nothing or from an irritant',
    access: 'session',
    params: ofRegion,
    body: z.object({ irritantId: z.uuid().nullable(), language: contentLanguageSchema }),
    response: reminderSchema,
    refusals: ['not-found'],
  }),
  importStory: route({
    method: 'POST',
    path: '/api/regions/:regionId/reminders/import',
    summary: 'Begin a reminder from a file (docs/reminder-format.md); nothing is published',
    access: 'session',
    params: ofRegion,
    body: 'bytes',
    bodyLimit: storyBytesLimit,
    response: reminderSchema,
    refusals: ['too-large', 'story-unreadable', 'story-too-deep', 'story-unfit'],
  }),
  reminder: route({
    method: 'GET',
    path: '/api/regions/:regionId/reminders/:reminder',
    summary: 'A reminder: what is told, and what is being written',
    access: 'session',
    params: ofReminder,
    response: reminderSchema,
    refusals: ['not-found'],
  }),
  saveDraft: route({
    method: 'PUT',
    path: '/api/regions/:regionId/reminders/:reminder/draft',
    summary: 'Save what is being written; a shipped reminder becomes the region’s own by it',
    access: 'session',
    params: ofReminder,
    body: z.object({ saved: z.int32().min(0), story: draftSchema }),
    response: reminderSchema,
    refusals: ['not-found', 'story-changed'],
  }),
  dropDraft: route({
    method: 'DELETE',
    path: '/api/regions/:regionId/reminders/:reminder/draft',
    summary: 'Throw away what is being written; a reminder never published goes with it',
    access: 'session',
    params: ofReminder,
    query: z.object({ saved: z.coerce.number().int() }),
    response: 'none',
    refusals: ['not-found', 'story-changed'],
  }),
  publish: route({
    method: 'POST',
    path: '/api/regions/:regionId/reminders/:reminder/publish',
    summary: 'Publish what is written as a version that never changes',
    access: 'session',
    params: ofReminder,
    body: z.object({ saved: z.int32() }),
    response: reminderSchema,
    refusals: ['not-found', 'story-changed', 'story-unfinished'],
  }),
  restore: route({
    method: 'POST',
    path: '/api/regions/:regionId/reminders/:reminder/original',
    summary: 'Tell the text that ships again, as the next version; programmes that run keep theirs',
    access: 'session',
    params: ofReminder,
    body: z.object({ version: versionSchema }),
    response: reminderSchema,
    refusals: ['not-found', 'story-changed'],
  }),
  file: route({
    method: 'GET',
    path: '/api/regions/:regionId/reminders/:reminder/file',
    summary: 'A reminder as a file to take along: what is being written, else what is told',
    access: 'session',
    params: ofReminder,
    response: 'file',
    refusals: ['not-found'],
  }),
}
