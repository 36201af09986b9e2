import { z } from 'zod'
import { route } from '../contract.ts'
import { nameFilterSchema } from '../observations/observations.contract.ts'
import { mostSteps, programmeStatusSchema } from '../programmes/programmes.vocabulary.ts'
import { reminderAnswerSchema, reminderQuestionSchema } from '../reminders/reminders.questions.ts'
import { moveSchema, warmthSchema } from '../reminders/reminders.story.ts'
import { wording } from '../vocabulary/content-language.ts'

/** What the phone needs to answer without saying who it is. */
export const answeringSchema = z.object({
  /** The same for everybody of one group of the programme. */
  credential: z.string(),
  /** What people of the region are called, to keep their names out of a line of one’s own. */
  names: nameFilterSchema,
})
export type Answering = z.infer<typeof answeringSchema>

/** One answer, beside no other: nothing joins it to what the same person says next. */
export const sentAnswerSchema = reminderAnswerSchema.extend({
  /** Random, drawn on the phone; a UUIDv7 would carry the time. */
  id: z.uuidv4(),
  credential: z.string().max(200),
  position: z.int().min(1).max(mostSteps),
  // The one character PostgreSQL cannot keep in a text.
  value: reminderAnswerSchema.shape.value.refine((value) => !value.includes('\u0000')),
})
export type SentAnswer = z.infer<typeof sentAnswerSchema>

const words = wording(360)
const choice = z.object({ id: z.string(), text: words })

/** How many of a group gave one answer; only ever sums of at least five told at once. */
export const countSchema = z.object({
  groupId: z.uuid(),
  position: z.int(),
  question: z.union([reminderQuestionSchema, z.literal('finished')]),
  value: z.string(),
  count: z.int(),
})
export type AnswerCount = z.infer<typeof countSchema>

export const answersSchema = z.object({
  programmeName: z.string(),
  regionId: z.uuid(),
  status: programmeStatusSchema,
  /** The reminders, with what could be answered. */
  reminders: z.array(
    z.object({
      position: z.int(),
      title: words,
      reactions: z.array(choice.extend({ move: moveSchema, warmth: warmthSchema })),
      techniques: z.array(choice),
      missions: z.array(choice),
    }),
  ),
  /** A job at a site, a job at its other sites, or everybody else: both null. */
  groups: z.array(
    z.object({
      id: z.uuid(),
      siteName: z.string().nullable(),
      role: z.object({ nameFr: z.string(), nameEn: z.string() }).nullable(),
      people: z.int(),
    }),
  ),
  counts: z.array(countSchema),
  /** Lines of one’s own, in no order. */
  lines: z.array(
    z.object({ position: z.int(), question: z.enum(['line', 'outcome-line']), words: z.string() }),
  ),
  /** Answers too few in their group to be told yet, in whole fives. */
  waitingAtLeast: z.int(),
})
export type Answers = z.infer<typeof answersSchema>
export type AnswerGroup = Answers['groups'][number]

export const answersRoutes = {
  answering: route({
    method: 'GET',
    path: '/api/reminder-links/:token/answering',
    summary:
      'What somebody who came by a reminder’s link answers with; the same for their whole group',
    access: 'capability',
    params: z.object({ token: z.string().min(10).max(200) }),
    response: answeringSchema,
    refusals: ['not-found', 'link-renewed', 'programme-ended', 'holder-left'],
  }),
  sendAnswer: route({
    method: 'POST',
    path: '/api/anonymous-answers',
    summary: 'Record one answer nobody can trace; sending it again changes nothing',
    access: 'anonymous',
    body: sentAnswerSchema,
    response: z.object({ received: z.literal(true) }),
    refusals: ['link-expired', 'programme-ended', 'not-found', 'too-many-requests'],
  }),
  answers: route({
    method: 'GET',
    path: '/api/programmes/:programmeId/answers',
    summary: 'What the readers of a programme answered, by groups and by fives',
    access: 'session',
    params: z.object({ programmeId: z.uuid() }),
    response: answersSchema,
    refusals: ['not-found'],
  }),
}
