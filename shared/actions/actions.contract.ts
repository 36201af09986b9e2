import { z } from 'zod'
import { route } from '../contract.ts'
import { line } from '../vocabulary/line.ts'
import { versionSchema } from '../vocabulary/version.ts'
import { actionStatusSchema } from './actions.vocabulary.ts'

/** Two lines on a phone. */
export const longestAction = 160
export const longestWords = 1_000
export const longestMeasure = 80
export const longestUnit = 20
/** An action that answers more than this is a programme. */
const mostFindings = 20
/** Customers, minutes, euros: none of them is larger. */
const largest = 1_000_000_000

/** A date of this century: PostgreSQL knows no year 0. */
const date = z.iso.date().refine((value) => value >= '2000' && value < '2100')
const value = z.number().min(-largest).max(largest)

/** One value of a measure, and when it was taken. */
const takenSchema = z.object({ value, on: date })
export type Taken = z.infer<typeof takenSchema>

/** A number that should move: what is counted, and its value before and after. */
export const measureSchema = z.object({
  name: line(longestMeasure, 2),
  unit: line(longestUnit),
  before: takenSchema.nullable(),
  after: takenSchema.nullable(),
})
export type Measure = z.infer<typeof measureSchema>

export const actionNoteSchema = z.object({
  id: z.uuid(),
  /** What was answered with these words; the status as it stood where they are progress alone. */
  status: actionStatusSchema,
  words: z.string(),
  /** Null where they left since. */
  by: z.string().nullable(),
  /** Said by the link of the owner’s mail, which whoever was sent it on holds as well. */
  byLink: z.boolean(),
  writtenAt: z.coerce.date(),
})
export type ActionNote = z.infer<typeof actionNoteSchema>

export const actionSchema = z.object({
  id: z.uuid(),
  dayId: z.uuid(),
  dayName: z.string(),
  /** Of the day it comes from: what was measured before was so then, unless somebody says otherwise. */
  dayDate: z.string(),
  title: z.string(),
  status: actionStatusSchema,
  /** Why not; null unless declined. */
  reason: z.string().nullable(),
  owner: z
    .object({
      id: z.uuid(),
      name: z.string(),
      hasMail: z.boolean(),
      /** Gone from the region: somebody else has to carry it on. */
      left: z.boolean(),
    })
    .nullable(),
  /** By when a decision is due. */
  dueOn: z.string().nullable(),
  decidedAt: z.coerce.date().nullable(),
  measure: measureSchema.nullable(),
  /** Why: what it answers. Withdrawn ones are kept and count no more. */
  findings: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      withdrawn: z.boolean(),
      observationCount: z.number().int(),
    }),
  ),
  /** The latest first. */
  notes: z.array(actionNoteSchema),
  version: z.number().int(),
})
export type Action = z.infer<typeof actionSchema>

export const actionsOfDaySchema = z.object({
  dayName: z.string(),
  regionId: z.uuid(),
  actions: z.array(actionSchema),
  /** Open findings, those without an action first, the most seen first. */
  findings: z.array(
    z.object({
      id: z.uuid(),
      title: z.string(),
      observationCount: z.number().int(),
      /** Given by the room; null where nobody voted, or too few. */
      hearts: z.number().int().nullable(),
      actionCount: z.number().int(),
    }),
  ),
})
export type ActionsOfDay = z.infer<typeof actionsOfDaySchema>

const plan = z.object({
  title: line(longestAction, 3),
  findingIds: z.array(z.uuid()).max(mostFindings),
  ownerId: z.uuid().nullable(),
  dueOn: date.nullable(),
})
const version = versionSchema
/** « Non » is only taken with its reason; the other answers may go without a word. */
const answer = z.discriminatedUnion('status', [
  z.object({ version, status: z.literal('declined'), words: line(longestWords, 3) }),
  z.object({
    version,
    status: z.enum(['to-decide', 'under-way', 'done']),
    words: line(longestWords).default(''),
  }),
])
export type ActionAnswer = z.output<typeof answer>
const measured = z.object({ version, measure: measureSchema.nullable() })

const ofDay = z.object({ dayId: z.uuid() })
const ofOne = z.object({ dayId: z.uuid(), actionId: z.uuid() })
const ofLink = z.object({ token: z.string().max(200) })
const ofOneByLink = ofLink.extend({ actionId: z.uuid() })

export const actionsRoutes = {
  actions: route({
    method: 'GET',
    path: '/api/days/:dayId/actions',
    summary: 'What is done about a day, and the findings that wait for an answer',
    access: 'session',
    params: ofDay,
    response: actionsOfDaySchema,
    refusals: ['not-found'],
  }),
  create: route({
    method: 'POST',
    path: '/api/days/:dayId/actions',
    summary: 'Make an action of one finding or several',
    access: 'session',
    params: ofDay,
    body: plan,
    response: actionSchema,
    refusals: ['not-found', 'finding-withdrawn'],
  }),
  change: route({
    method: 'PATCH',
    path: '/api/days/:dayId/actions/:actionId',
    summary: 'Word an action anew, give it to somebody, move its date or its findings',
    access: 'session',
    params: ofOne,
    body: plan.extend({ version }),
    response: actionSchema,
    refusals: ['not-found', 'finding-withdrawn', 'action-changed'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/api/days/:dayId/actions/:actionId',
    summary: 'Take back an action made by mistake, before anybody said a word about it',
    access: 'session',
    params: ofOne,
    response: 'none',
    refusals: ['not-found', 'action-begun'],
  }),
  answer: route({
    method: 'PUT',
    path: '/api/days/:dayId/actions/:actionId/answer',
    summary: 'Decide, tell progress, finish, or say no with the reason; by its owner or a director',
    access: 'session',
    params: ofOne,
    body: answer,
    response: actionSchema,
    refusals: ['not-found', 'action-changed'],
  }),
  measure: route({
    method: 'PUT',
    path: '/api/days/:dayId/actions/:actionId/measure',
    summary: 'The number that should move, before and after; by its owner or a director',
    access: 'session',
    params: ofOne,
    body: measured,
    response: actionSchema,
    refusals: ['not-found', 'action-changed'],
  }),
  mine: route({
    method: 'GET',
    path: '/api/actions/mine',
    summary: 'What is mine to decide and to bring on, open ones first',
    access: 'session',
    response: z.array(actionSchema),
  }),
  linked: route({
    method: 'GET',
    path: '/api/action-links/:token',
    summary: 'The actions of whoever a mail was written to, about one day',
    access: 'capability',
    params: ofLink,
    response: z.object({
      firstName: z.string(),
      dayName: z.string(),
      actions: z.array(actionSchema),
    }),
    refusals: ['link-expired', 'link-renewed', 'holder-left'],
  }),
  disownLink: route({
    method: 'DELETE',
    path: '/api/action-links/:token',
    summary: '« That is not me »: ends the links mailed so far to this owner about the day',
    access: 'capability',
    params: ofLink,
    response: 'none',
    refusals: ['link-expired', 'link-renewed', 'holder-left'],
  }),
  answerLinked: route({
    method: 'PUT',
    path: '/api/action-links/:token/actions/:actionId/answer',
    summary: 'Answer about one’s action from the link of a mail',
    access: 'capability',
    params: ofOneByLink,
    body: answer,
    response: actionSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'not-found', 'action-changed'],
  }),
  measureLinked: route({
    method: 'PUT',
    path: '/api/action-links/:token/actions/:actionId/measure',
    summary: 'Measure one’s action from the link of a mail',
    access: 'capability',
    params: ofOneByLink,
    body: measured,
    response: actionSchema,
    refusals: ['link-expired', 'link-renewed', 'holder-left', 'not-found', 'action-changed'],
  }),
}
