import type { FastifyInstance } from 'fastify'
import { regionById } from '#server/features/accounts/accounts.service.ts'
import { dayById } from '#server/features/days/days.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { implement } from '#server/platform/http/routing.ts'
import { say } from '#server/platform/i18n.ts'
import { hideMailLinks } from '#server/platform/mail/links.ts'
import {
  batchesAbout,
  findBatch,
  type MailsAbout,
  mailById,
  mailCounts,
  mailsAbout,
  retryFailed,
} from '#server/platform/outbox/outbox.service.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import {
  type MailRow,
  type Outbox,
  invitationsRoutes as routes,
} from '#shared/invitations/invitations.contract.ts'
import { failureOf } from './invitations.failures.ts'
import * as policy from './invitations.policy.ts'
import type { SendingCases } from './invitations.routes.ts'
import * as invitations from './invitations.service.ts'

/** Mails of one page: what can be looked through before asking for more. */
const pageSize = 20

/** What was and will be sent, as its director reads it, takes it back and tries it again. */
export function outboxFeature(
  app: FastifyInstance,
  services: Services,
  { workshopById }: Pick<SendingCases, 'workshopById'>,
): void {
  implement(app, services, routes.outbox, async ({ db, actor, params, query }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.mayReadOutbox(actor, day.regionId)) return refuse('forbidden')
    const held = await invitations.countHeld(db, { kind: 'day', id: day.id })
    return outboxOf(db, { dayId: day.id }, held, day.timeZone, query)
  })

  implement(app, services, routes.workshopOutbox, async ({ db, actor, params, query }) => {
    const { workshopId } = params
    const regionId = (await workshopById(db, workshopId))?.regionId
    const region = regionId && (await regionById(db, regionId))
    if (!region) return refuse('not-found')
    if (!policy.mayReadOutbox(actor, region.id)) return refuse('forbidden')
    const held = await invitations.countHeld(db, { kind: 'workshop', id: workshopId })
    return outboxOf(db, { workshopId }, held, region.timeZone, query)
  })

  implement(app, services, routes.outboxMail, async ({ db, actor, params, language }) => {
    const mail = await mailById(db, params.mailId)
    // Sign-in links and other mail that belongs to neither is nobody's to read.
    if (!mail?.region_id || !isAbout(mail)) return refuse('not-found')
    if (!policy.mayReadOutbox(actor, mail.region_id)) return refuse('forbidden')
    const hidden = hideMailLinks(
      { text: mail.text_body, html: mail.html_body },
      say(language, 'invitations:preview.link'),
    )
    return { ...rowOf(mail), fromName: mail.from_name, ...hidden }
  })

  implement(app, services, routes.retryMail, async ({ db, actor, params, now }) => {
    const mail = await mailById(db, params.mailId)
    if (!mail?.region_id || !isAbout(mail)) return refuse('not-found')
    const { region_id: regionId } = mail
    if (!policy.maySend(actor, regionId)) return refuse('forbidden')
    return inTransaction(db, async (trx) => {
      // Cancelled since, or sent to a corrected address: its invitation would come back to life.
      const [event] = mail.event_id ? await invitations.eventsByIds(trx, [mail.event_id]) : []
      const outlived = event?.status === 'cancelled' && mail.calendar_method !== 'CANCEL'
      if (outlived || !(await retryFailed(trx, mail.id, now))) return refuse('conflict')
      const entry = { regionId, accountId: actor.accountId, subjectId: mail.id }
      await recordAudit(trx, { ...entry, action: 'invitations.retry', details: {} }, now)
    })
  })

  implement(app, services, routes.stopBatch, async ({ db, actor, params, now }) => {
    const batch = await findBatch(db, params.batchId)
    if (!batch) return refuse('not-found')
    if (!policy.maySend(actor, batch.regionId)) return refuse('forbidden')
    const stopped = await inTransaction(db, async (trx) => {
      const count = await invitations.takeBack(trx, params.batchId, now)
      const entry = { regionId: batch.regionId, accountId: actor.accountId }
      const details = { stopped: count }
      const subjectId = params.batchId
      await recordAudit(trx, { ...entry, action: 'invitations.take-back', subjectId, details }, now)
      return count
    })
    return { stopped }
  })
}

/** What was and will be sent about a day or a workshop. */
async function outboxOf(
  db: Database,
  about: MailsAbout,
  held: number,
  timeZone: string,
  query: { before?: string | undefined; status?: MailRow['status'] | undefined },
): Promise<Outbox> {
  const filter = {
    ...(query.before ? { before: query.before } : {}),
    ...(query.status ? { status: query.status } : {}),
  }
  const mails = await mailsAbout(db, about, pageSize + 1, filter)
  return {
    batches: await batchesAbout(db, about),
    mails: mails.slice(0, pageSize).map(rowOf),
    next: mails.length > pageSize ? (mails[pageSize - 1]?.id ?? null) : null,
    counts: await mailCounts(db, about),
    held,
    timeZone,
  }
}

/** A mail about a day or a workshop: its director's to read. */
const isAbout = (mail: { day_id: string | null; workshop_id: string | null }) =>
  mail.day_id !== null || mail.workshop_id !== null

function rowOf(mail: NonNullable<Awaited<ReturnType<typeof mailById>>>): MailRow {
  return {
    id: mail.id,
    purpose: mail.purpose,
    toName: mail.to_name,
    toAddress: mail.to_address,
    subject: mail.subject,
    status: mail.status,
    calendarMethod: mail.calendar_method,
    attempts: mail.attempts,
    lastError: mail.last_error,
    failure: mail.status === 'failed' ? failureOf(mail.last_error ?? '') : null,
    releaseAt: mail.release_at,
    sentAt: mail.sent_at,
  }
}
