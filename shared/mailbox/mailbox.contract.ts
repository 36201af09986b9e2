import { z } from 'zod'
import { route } from '../contract.ts'

const partySchema = z.object({ name: z.string(), address: z.string() })
const methodSchema = z.string().nullable()

export const demoMailRowSchema = z.object({
  id: z.string(),
  subject: z.string(),
  to: z.array(partySchema),
  sentAt: z.coerce.date().nullable(),
  calendarMethod: methodSchema,
})
export type DemoMailRow = z.infer<typeof demoMailRowSchema>

export const demoMailSchema = demoMailRowSchema.extend({
  from: partySchema.nullable(),
  text: z.string(),
  html: z.string().nullable(),
  /** What a calendar program would read in it. */
  calendar: z
    .object({
      method: methodSchema,
      uid: z.string(),
      sequence: z.number(),
      status: z.string(),
      startsAt: z.coerce.date().nullable(),
      endsAt: z.coerce.date().nullable(),
      summary: z.string(),
      location: z.string(),
      raw: z.string(),
    })
    .nullable(),
})
export type DemoMail = z.infer<typeof demoMailSchema>

/** Only in the demo, where the built-in mailbox takes the place of real mail. */
export const mailboxRoutes = {
  demoMails: route({
    method: 'GET',
    path: '/api/demo/mails',
    summary: 'The demo’s mailbox: mails nobody else received, newest first',
    access: 'public',
    // A piece of the recipient’s name or address.
    query: z.object({ to: z.string().max(254).optional() }),
    response: z.object({ mails: z.array(demoMailRowSchema), total: z.number() }),
  }),
  demoMail: route({
    method: 'GET',
    path: '/api/demo/mails/:mailId',
    summary:
      'One mail of the demo’s mailbox, with its links: whoever runs the demo plays everybody',
    access: 'public',
    params: z.object({ mailId: z.string().regex(/^\d{1,12}$/) }),
    response: demoMailSchema,
    refusals: ['not-found'],
  }),
}
