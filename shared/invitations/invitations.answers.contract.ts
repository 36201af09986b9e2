import { z } from 'zod'
import { recordedAnswerSchema } from '../confirmations/confirmations.contract.ts'
import { route } from '../contract.ts'

/** Why a person must look at a mail. Nothing held changes anything. */
export const heldReasons = [
  /** octets, parts or depth beyond what we read */
  'too-large',
  'too-complex',
  /** says it is a calendar and is none */
  'unreadable',
  /** Outlook's own format, which others cannot read */
  'winmail',
  /** encrypted, or signed as one block */
  'sealed',
  /** an answer to an event that is not ours */
  'unknown-event',
  'several-events',
  /** From is missing, several, or odd */
  'sender-unclear',
  /** our own server says the sender is forged */
  'dmarc-failed',
  /** the attendee's answer, sent by another address */
  'somebody-else',
  /** a stranger answers for themselves: the invitation was passed on */
  'forwarded',
  /** somebody pressed the button in the attendee's place (SENT-BY) */
  'on-behalf',
  /** from the attendee's address, for another one: an alias, or a colleague */
  'other-address',
  'delegated',
  /** proposes another time, which is no answer to ours */
  'counter',
  /** about one occurrence of a series; ours are none */
  'one-occurrence',
  /** two different answers at once */
  'contradictory',
  'no-answer',
  /** a calendar about our event that answers nothing: our own sent back, a CANCEL, a REFRESH */
  'not-an-answer',
  /** answers the hour or place that was asked before the last change */
  'earlier-version',
  'cancelled',
  'past',
  /** words instead of a button, in answer to a mail of ours */
  'written',
  /** a fault of ours: it could not be judged at all */
  'failed',
] as const
export const heldReasonSchema = z.enum(heldReasons)
export type HeldReason = z.infer<typeof heldReasonSchema>

/** Reasons after which an address may turn out to be the person’s own. */
export const addressReasons: readonly HeldReason[] = ['somebody-else', 'forwarded', 'other-address']

/** A moment somebody proposes; as they wrote it where their time zone is not known. */
const proposedTimeSchema = z
  .union([
    z.object({ at: z.coerce.date() }),
    z.object({ local: z.string(), zone: z.string().nullable() }),
  ])
  .nullable()

export const heldAnswerSchema = z.object({
  id: z.uuid(),
  reason: heldReasonSchema,
  receivedAt: z.coerce.date(),
  /** Who sent it, as far as the mail says; null where that is not clear. */
  from: z.string().nullable(),
  /** For whom it speaks. */
  attendee: z.string().nullable(),
  /** What it would have said. */
  answer: recordedAnswerSchema.nullable(),
  comment: z.string().nullable(),
  proposed: z.object({ startsAt: proposedTimeSchema, endsAt: proposedTimeSchema }).nullable(),
  /** What it is about; null where that is not known: such a mail every director sees. */
  meeting: z
    .object({
      /** Null for a workshop. */
      dayId: z.uuid().nullable(),
      /** Of the day or of the workshop. */
      occasionName: z.string(),
      timeZone: z.string(),
      side: z.enum(['host', 'guest', 'facilitator', 'participant']),
      firstName: z.string(),
      lastName: z.string(),
      /** The role to be shown, or the workshop. */
      aboutFr: z.string(),
      aboutEn: z.string(),
      siteName: z.string(),
      startsAt: z.coerce.date(),
      endsAt: z.coerce.date(),
      /** What counts so far. */
      answer: recordedAnswerSchema.nullable(),
      /** Whether an answer can still be counted: the meeting stands and is to come. */
      open: z.boolean(),
    })
    .nullable(),
})
export type HeldAnswer = z.infer<typeof heldAnswerSchema>

const answerParams = z.object({ answerId: z.uuid() })

export const mailAnswersRoutes = {
  heldAnswers: route({
    method: 'GET',
    path: '/api/regions/:regionId/held-answers',
    summary: 'Mails a person must look at, the oldest first, each with the reason',
    access: 'session',
    params: z.object({ regionId: z.uuid() }),
    response: z.object({ answers: z.array(heldAnswerSchema) }),
  }),
  applyHeldAnswer: route({
    method: 'POST',
    path: '/api/held-answers/:answerId/application',
    summary: 'Count a held mail as the answer of the person it is about',
    access: 'session',
    params: answerParams,
    body: z.object({
      answer: recordedAnswerSchema,
      /** The addresses it came with are theirs: the next answer from there counts by itself. */
      remember: z.boolean(),
    }),
    response: 'none',
    refusals: [
      'not-found',
      'answer-settled',
      'slot-closed',
      'placement-ended',
      'day-over',
      'day-cancelled',
    ],
  }),
  dismissHeldAnswer: route({
    method: 'POST',
    path: '/api/held-answers/:answerId/dismissal',
    summary: 'Put a held mail aside: it changes nothing',
    access: 'session',
    params: answerParams,
    response: 'none',
    refusals: ['not-found', 'answer-settled'],
  }),
}
