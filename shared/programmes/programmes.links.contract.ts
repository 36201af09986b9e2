import { z } from 'zod'
import { route } from '../contract.ts'
import { storySchema } from '../reminders/reminders.story.ts'
import { dateSchema } from './programmes.vocabulary.ts'

const linkParams = z.object({ token: z.string().min(10).max(200) })

/** What somebody without a session may do with their programme. */
export const linkedProgrammeSchema = z.object({
  programmeName: z.string(),
  regionName: z.string(),
  today: z.string(),
  stopped: z.boolean(),
  /** Nothing comes today; until when, where that is known. */
  paused: z.boolean(),
  pausedUntil: z.string().nullable(),
  /** What is finished is told to a learning record store, by a number that names nobody. */
  recorded: z.boolean(),
})
export type LinkedProgramme = z.infer<typeof linkedProgrammeSchema>

export const linkedReminderSchema = linkedProgrammeSchema.extend({
  /** Keeps what two people do on one device apart; tells nothing and opens nothing. */
  reader: z.string(),
  programmeId: z.uuid(),
  position: z.int(),
  /** The mail asked whether the mission was tried, or told the story. */
  asks: z.enum(['story', 'mission']),
  story: storySchema,
  /** Where one pauses or stops. */
  programmeToken: z.string(),
})
export type LinkedReminder = z.infer<typeof linkedReminderSchema>

/** What a link may answer besides its page, each a page of its own. */
const linkRefusals = ['not-found', 'link-renewed', 'programme-ended'] as const

/** Asking for a link that was replaced; an answer of the mail, never of the screen. */
const askedAgain = {
  method: 'POST',
  access: 'capability',
  params: linkParams,
  response: z.object({ mailed: z.boolean() }),
  refusals: ['not-found', 'programme-ended', 'too-many-requests'],
} as const

export const programmeLinksRoutes = {
  linkedReminder: route({
    method: 'GET',
    path: '/api/reminder-links/:token',
    summary: 'The reminder a mail leads to; opening it changes nothing',
    access: 'capability',
    params: linkParams,
    response: linkedReminderSchema,
    refusals: linkRefusals,
  }),
  finishReminder: route({
    method: 'POST',
    path: '/api/reminder-links/:token/finish',
    summary: 'Say that a reminder was read to its end, so that nobody reminds of it',
    access: 'capability',
    unrecorded: true,
    params: linkParams,
    response: 'none',
    refusals: linkRefusals,
  }),
  linkedProgramme: route({
    method: 'GET',
    path: '/api/programme-links/:token',
    summary: 'The programme whose mails somebody gets; opening it changes nothing',
    access: 'capability',
    params: linkParams,
    response: linkedProgrammeSchema,
    refusals: linkRefusals,
  }),
  pauseLinked: route({
    method: 'PUT',
    path: '/api/programme-links/:token/pause',
    summary: 'Pause one’s own programme from today until a date',
    access: 'capability',
    params: linkParams,
    body: z.object({ until: dateSchema }),
    response: linkedProgrammeSchema,
    refusals: [...linkRefusals, 'pause-dates'],
  }),
  resumeLinked: route({
    method: 'DELETE',
    path: '/api/programme-links/:token/pause',
    summary: 'Go on with one’s own programme',
    access: 'capability',
    params: linkParams,
    response: linkedProgrammeSchema,
    refusals: linkRefusals,
  }),
  renewLinked: route({
    method: 'POST',
    path: '/api/programme-links/:token/renewal',
    summary: 'Replace one’s own links, because one got about; the next comes by mail',
    access: 'capability',
    unrecorded: true,
    params: linkParams,
    response: z.object({ mailed: z.boolean() }),
    refusals: linkRefusals,
  }),
  reminderAgain: route({
    ...askedAgain,
    path: '/api/reminder-links/:token/again',
    summary: 'From a reminder’s link that was replaced: mail the current one to its person',
  }),
  programmeAgain: route({
    ...askedAgain,
    path: '/api/programme-links/:token/again',
    summary: 'From a programme’s link that was replaced: mail the current one to its person',
  }),
  stopLinked: route({
    method: 'PUT',
    path: '/api/programme-links/:token/stop',
    summary: 'Stop one’s own programme, or take it up again',
    access: 'capability',
    params: linkParams,
    body: z.object({ stopped: z.boolean() }),
    response: linkedProgrammeSchema,
    refusals: linkRefusals,
  }),
}
