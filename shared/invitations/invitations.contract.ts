import { z } from 'zod'
import { route } from '../contract.ts'

/** What a mail does to its reader's calendar, or why it has none. */
export const tellings = ['invite', 'update', 'cancel', 'not-placed', 'offer-gone', 'nudge'] as const
export const tellingSchema = z.enum(tellings)
export type Telling = z.infer<typeof tellingSchema>

/** Why a nudge leaves out somebody silent: asked lately, not even invited yet, or wants no such mail. */
export const sparedReasons = ['recent', 'not-left', 'opted-out'] as const
export type SparedReason = (typeof sparedReasons)[number]

const sideSchema = z.enum(['host', 'guest'])

const sampleMailSchema = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})

/** Exactly who would be told what, computed by the very rule that will tell them, then undone. */
export const previewSchema = z.object({
  /** Names this very content: sending it refuses when anything has changed since. */
  fingerprint: z.string(),
  total: z.number(),
  /** The mails wait this long before the first leaves, and can be taken back until then. */
  holdSeconds: z.number(),
  counts: z.array(z.object({ side: sideSchema, telling: tellingSchema, count: z.number() })),
  recipients: z.array(
    z.object({
      side: sideSchema,
      telling: tellingSchema,
      name: z.string(),
      /** Role, place and hours in the director's language. */
      about: z.string(),
    }),
  ),
  /** No mail address: they must be told otherwise, by a card for instance. */
  unreachable: z.array(z.object({ side: sideSchema, name: z.string(), about: z.string() })),
  /** Silent people a nudge leaves alone, by reason. */
  spared: z.array(z.object({ reason: z.enum(sparedReasons), count: z.number() })),
  /** One mail of each kind, personal links hidden. */
  samples: z.array(sampleMailSchema.extend({ side: sideSchema, telling: tellingSchema })),
})
export type SendingPreview = z.infer<typeof previewSchema>

export const startedSchema = z.object({
  /** Null when there was nothing to send. */
  batchId: z.uuid().nullable(),
  mails: z.number(),
  releaseAt: z.coerce.date(),
})

export const batchSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  createdAt: z.coerce.date(),
  stoppedAt: z.coerce.date().nullable(),
  /** When the first of those still waiting leaves; null when none waits. */
  releaseAt: z.coerce.date().nullable(),
  total: z.number(),
  waiting: z.number(),
  sent: z.number(),
  failed: z.number(),
  stopped: z.number(),
})
export type SendingBatch = z.infer<typeof batchSchema>

export const mailStatuses = ['waiting', 'sending', 'sent', 'failed', 'stopped'] as const

/** What kept a mail from arriving, by what a person can do about it. */
export const failures = [
  'address-wrong',
  'mailbox-full',
  'refused-as-spam',
  'too-large',
  'other',
] as const
export type Failure = (typeof failures)[number]

export const mailRowSchema = z.object({
  id: z.uuid(),
  purpose: z.string(),
  toName: z.string(),
  toAddress: z.string(),
  subject: z.string(),
  status: z.enum(mailStatuses),
  calendarMethod: z.enum(['REQUEST', 'CANCEL']).nullable(),
  attempts: z.number(),
  /** What the mail server answered last, in its own words. */
  lastError: z.string().nullable(),
  /** Only for one that failed. */
  failure: z.enum(failures).nullable(),
  releaseAt: z.coerce.date(),
  sentAt: z.coerce.date().nullable(),
})
export type MailRow = z.infer<typeof mailRowSchema>

const outboxQuery = z.object({
  before: z.uuid().optional(),
  status: z.enum(mailStatuses).optional(),
})

export const outboxSchema = z.object({
  batches: z.array(batchSchema),
  mails: z.array(mailRowSchema),
  /** Pass as `before` to read on; null at the end. */
  next: z.uuid().nullable(),
  /** How many mails in all stand in each state; those under way count as waiting. */
  counts: z.object({
    waiting: z.number(),
    sent: z.number(),
    failed: z.number(),
    stopped: z.number(),
  }),
  /** How many calendars wait for something that was taken back. */
  held: z.number(),
  /** Where it takes place: hours are told as they are there. */
  timeZone: z.string(),
})
export type Outbox = z.infer<typeof outboxSchema>

const workshopParams = z.object({ workshopId: z.uuid() })
const dayParams = z.object({ dayId: z.uuid() })
const planParams = z.object({ planId: z.uuid() })
/** The slot or placement of one person alone; everybody silent when left out. */
const nudgeQuery = z.object({ subjectId: z.uuid().optional() })
const nudgeRefusals = ['not-found', 'not-published', 'day-cancelled', 'day-over'] as const
const fingerprintBody = z.object({ fingerprint: z.string().max(100) })

export const invitationsRoutes = {
  publicationPreview: route({
    method: 'GET',
    path: '/api/plans/:planId/publication',
    summary: 'Exactly who would be told what if this plan were published now',
    access: 'session',
    params: planParams,
    response: previewSchema,
    refusals: ['not-found', 'conflict', 'day-over'],
  }),
  publish: route({
    method: 'POST',
    path: '/api/plans/:planId/publication',
    summary: 'Publish a plan: invitations are written with it and leave after a short wait',
    access: 'session',
    params: planParams,
    body: fingerprintBody,
    response: startedSchema,
    refusals: ['not-found', 'conflict', 'day-over', 'preview-outdated'],
  }),
  cancellationPreview: route({
    method: 'GET',
    path: '/api/days/:dayId/cancellation',
    summary: 'Exactly who would be told what if this day were cancelled now',
    access: 'session',
    params: dayParams,
    response: previewSchema,
    refusals: ['not-found', 'day-cancelled', 'day-over'],
  }),
  cancelDay: route({
    method: 'POST',
    path: '/api/days/:dayId/cancellation',
    summary: 'Cancel a whole day: everything it put into calendars is taken out again',
    access: 'session',
    params: dayParams,
    body: fingerprintBody,
    response: startedSchema,
    refusals: ['not-found', 'day-cancelled', 'day-over', 'preview-outdated'],
  }),
  heldPreview: route({
    method: 'GET',
    path: '/api/days/:dayId/held-invitations',
    summary: 'What was taken back and could be sent now',
    access: 'session',
    params: dayParams,
    response: previewSchema,
    refusals: ['not-found'],
  }),
  sendHeld: route({
    method: 'POST',
    path: '/api/days/:dayId/held-invitations',
    summary: 'Send what was taken back, as things stand now',
    access: 'session',
    params: dayParams,
    body: fingerprintBody,
    response: startedSchema,
    refusals: ['not-found', 'preview-outdated'],
  }),
  nudgePreview: route({
    method: 'GET',
    path: '/api/days/:dayId/nudges',
    summary: 'Exactly who would be asked once more, and how, if the silent ones were nudged now',
    access: 'session',
    params: dayParams,
    query: nudgeQuery,
    response: previewSchema,
    refusals: nudgeRefusals,
  }),
  nudge: route({
    method: 'POST',
    path: '/api/days/:dayId/nudges',
    summary: 'Ask the silent ones once more; who answers before the mail leaves gets none',
    access: 'session',
    params: dayParams,
    query: nudgeQuery,
    body: fingerprintBody,
    response: startedSchema,
    refusals: [...nudgeRefusals, 'preview-outdated'],
  }),
  outbox: route({
    method: 'GET',
    path: '/api/days/:dayId/outbox',
    summary: 'The mails of a day before and after they leave, newest first, with their batches',
    access: 'session',
    params: dayParams,
    query: outboxQuery,
    response: outboxSchema,
    refusals: ['not-found'],
  }),
  workshopOutbox: route({
    method: 'GET',
    path: '/api/workshops/:workshopId/outbox',
    summary: 'The calendar mails of a workshop, newest first, with their batches',
    access: 'session',
    params: workshopParams,
    query: outboxQuery,
    response: outboxSchema,
    refusals: ['not-found'],
  }),
  workshopHeldPreview: route({
    method: 'GET',
    path: '/api/workshops/:workshopId/held-invitations',
    summary: 'What of a workshop was taken back and could be sent now',
    access: 'session',
    params: workshopParams,
    response: previewSchema,
    refusals: ['not-found'],
  }),
  sendWorkshopHeld: route({
    method: 'POST',
    path: '/api/workshops/:workshopId/held-invitations',
    summary: 'Send what of a workshop was taken back, as things stand now',
    access: 'session',
    params: workshopParams,
    body: fingerprintBody,
    response: startedSchema,
    refusals: ['not-found', 'preview-outdated'],
  }),
  outboxMail: route({
    method: 'GET',
    path: '/api/outbox-mails/:mailId',
    summary: 'One mail of a day or a workshop, personal links hidden',
    access: 'session',
    params: z.object({ mailId: z.uuid() }),
    response: mailRowSchema.extend({
      fromName: z.string().nullable(),
      text: z.string(),
      html: z.string(),
    }),
    refusals: ['not-found'],
  }),
  retryMail: route({
    method: 'POST',
    path: '/api/outbox-mails/:mailId/retry',
    summary: 'Try a failed mail once more; refused when a later mail says something newer',
    access: 'session',
    params: z.object({ mailId: z.uuid() }),
    response: 'none',
    refusals: ['not-found', 'conflict'],
  }),
  stopBatch: route({
    method: 'POST',
    path: '/api/outbox-batches/:batchId/stop',
    summary: 'Take back every mail of a batch that has not left yet',
    access: 'session',
    params: z.object({ batchId: z.uuid() }),
    response: z.object({ stopped: z.number() }),
    refusals: ['not-found'],
  }),
}
