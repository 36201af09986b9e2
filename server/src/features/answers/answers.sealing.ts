import { z } from 'zod'
import { seal, unseal } from '#server/platform/secrets.ts'
import { reminderAnswerSchema } from '#shared/reminders/reminders.questions.ts'

/** One answer on its way. */
const arrivedSchema = reminderAnswerSchema.extend({
  programmeId: z.uuid(),
  cellId: z.uuid(),
  position: z.int(),
})
export type Arrived = z.infer<typeof arrivedSchema>

/** What is too few to be told: counts by cell, and lines, which have none. */
const waitingSchema = z.object({
  tallies: z.array(
    z.object({
      cellId: z.string(),
      position: z.int(),
      question: z.string(),
      value: z.string(),
      count: z.int(),
    }),
  ),
  lines: z.array(
    z.object({ position: z.int(), question: z.enum(['line', 'outcome-line']), words: z.string() }),
  ),
})
export type Waiting = z.infer<typeof waitingSchema>

const sealedFor = 'answers'
/** More than the longest answer takes in base64: what is sealed is as long whatever it says. */
const answerLength = 4_096
/** What waits of a programme grows by such steps only. */
const waitingLength = 16_384

/** Seals text at a length that is a multiple of a step: sealing hides what it says, not how long it is. */
function sealEven(secret: string, value: unknown, step: number): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64')
  return seal(secret, sealedFor, text.padEnd(Math.ceil(text.length / step) * step))
}

function open(secret: string, sealed: string): unknown {
  const text = unseal(secret, sealedFor, sealed)
  return text === undefined ? undefined : JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
}

export const sealAnswer = (secret: string, answer: Arrived) =>
  sealEven(secret, answer, answerLength)

/** Undefined where another secret sealed it: then it says nothing to anybody any more. */
export const openAnswer = (secret: string, sealed: string): Arrived | undefined =>
  arrivedSchema.optional().parse(open(secret, sealed))

export const sealWaiting = (secret: string, waiting: Waiting) =>
  sealEven(secret, waiting, waitingLength)

export const openWaiting = (secret: string, sealed: string | undefined): Waiting =>
  waitingSchema.parse((sealed && open(secret, sealed)) ?? { tallies: [], lines: [] })
