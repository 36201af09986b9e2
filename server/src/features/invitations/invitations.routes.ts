import type { FastifyInstance } from 'fastify'
import { regionById } from '#server/features/accounts/accounts.service.ts'
import { dayById } from '#server/features/days/days.service.ts'
import { planById } from '#server/features/matching/matching.service.ts'
import type { Actor } from '#server/platform/actor.ts'
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
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import {
  type MailRow,
  type Outbox,
  invitationsRoutes as routes,
} from '#shared/invitations/invitations.contract.ts'
import { failureOf } from './invitations.failures.ts'
import { nudgeSilent } from './invitations.nudges.ts'
import * as policy from './invitations.policy.ts'
import { fingerprintOf, previewOf, rehearse } from './invitations.preview.ts'
import * as invitations from './invitations.service.ts'

/** Something a director sends: a publication, a cancellation, what was taken back. */
export type SendingCase = (
  trx: Trx,
  subjectId: string,
  by: string,
  now: Date,
  releaseAt: Date,
) => Promise<(invitations.Reconciled & { batchId: string | null }) | Refusal>

/** Told by the use cases, which this feature may not import. */
export interface SendingCases {
  publishPlan: SendingCase
  cancelDay: SendingCase
  sendHeld: SendingCase
  /** What a workshop owes to calendars, with what was taken back. */
  sendWorkshop: SendingCase
  workshopById(db: Database, id: string): Promise<{ regionId: string } | undefined>
}

/** Mails of one page: what can be looked through before asking for more. */
const pageSize = 20

export function invitationsFeature(
  app: FastifyInstance,
  services: Services,
  cases: SendingCases,
): void {
  const holdSeconds = services.config.mailHoldSeconds
  // Long enough to see one's mistake, short enough that people still hear of a plan before they see
  // it on a colleague's screen.
  const releaseTime = (now: Date) => new Date(now.getTime() + holdSeconds * 1_000)

  async function regionOfPlan(db: Database, planId: string): Promise<string | undefined> {
    return (await planById(db, planId))?.regionId
  }
  async function regionOfDay(db: Database, dayId: string): Promise<string | undefined> {
    return (await dayById(db, dayId))?.regionId
  }

  async function preview(
    work: SendingCase,
    { db, actor, now, language }: { db: Database; actor: Actor; now: Date; language: 'fr' | 'en' },
    subjectId: string,
    regionId: string | undefined,
  ) {
    if (!regionId) return refuse('not-found')
    if (!policy.maySend(actor, regionId)) return refuse('forbidden')
    const outcome = await rehearse(db, (trx) =>
      work(trx, subjectId, actor.accountId, now, releaseTime(now)),
    )
    return isRefusal(outcome) ? outcome : previewOf(outcome, holdSeconds, language)
  }

  /** Sends exactly what the preview of this fingerprint showed, or nothing. */
  async function send(
    work: SendingCase,
    { db, actor, now }: { db: Database; actor: Actor; now: Date },
    subjectId: string,
    regionId: string | undefined,
    fingerprint: string,
  ) {
    if (!regionId) return refuse('not-found')
    if (!policy.maySend(actor, regionId)) return refuse('forbidden')
    const releaseAt = releaseTime(now)
    const outcome = await inTransaction(db, async (trx) => {
      const sent = await work(trx, subjectId, actor.accountId, now, releaseAt)
      if (isRefusal(sent)) return sent
      return fingerprintOf(sent.told) === fingerprint ? sent : refuse('preview-outdated')
    })
    if (isRefusal(outcome)) return outcome
    return { batchId: outcome.batchId, mails: outcome.told.length, releaseAt }
  }

  implement(app, services, routes.publicationPreview, async (input) => {
    const { planId } = input.params
    return preview(cases.publishPlan, input, planId, await regionOfPlan(input.db, planId))
  })
  implement(app, services, routes.publish, async (input) => {
    const { planId } = input.params
    const region = await regionOfPlan(input.db, planId)
    return send(cases.publishPlan, input, planId, region, input.body.fingerprint)
  })
  implement(app, services, routes.cancellationPreview, async (input) => {
    const { dayId } = input.params
    return preview(cases.cancelDay, input, dayId, await regionOfDay(input.db, dayId))
  })
  implement(app, services, routes.cancelDay, async (input) => {
    const { dayId } = input.params
    const region = await regionOfDay(input.db, dayId)
    return send(cases.cancelDay, input, dayId, region, input.body.fingerprint)
  })
  implement(app, services, routes.heldPreview, async (input) => {
    const { dayId } = input.params
    return preview(cases.sendHeld, input, dayId, await regionOfDay(input.db, dayId))
  })
  implement(app, services, routes.sendHeld, async (input) => {
    const { dayId } = input.params
    const region = await regionOfDay(input.db, dayId)
    return send(cases.sendHeld, input, dayId, region, input.body.fingerprint)
  })

  const nudge =
    (only: string | undefined): SendingCase =>
    (trx, dayId, by, now, releaseAt) =>
      nudgeSilent(trx, dayId, only ?? null, by, now, releaseAt, services.mailDomain)

  implement(app, services, routes.nudgePreview, async (input) => {
    const { dayId } = input.params
    const region = await regionOfDay(input.db, dayId)
    return preview(nudge(input.query.subjectId), input, dayId, region)
  })
  implement(app, services, routes.nudge, async (input) => {
    const { dayId } = input.params
    const region = await regionOfDay(input.db, dayId)
    return send(nudge(input.query.subjectId), input, dayId, region, input.body.fingerprint)
  })

  implement(app, services, routes.workshopHeldPreview, async (input) => {
    const { workshopId } = input.params
    const region = (await cases.workshopById(input.db, workshopId))?.regionId
    return preview(cases.sendWorkshop, input, workshopId, region)
  })
  implement(app, services, routes.sendWorkshopHeld, async (input) => {
    const { workshopId } = input.params
    const region = (await cases.workshopById(input.db, workshopId))?.regionId
    return send(cases.sendWorkshop, input, workshopId, region, input.body.fingerprint)
  })

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

  implement(app, services, routes.outbox, async ({ db, actor, params, query }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    if (!policy.mayReadOutbox(actor, day.regionId)) return refuse('forbidden')
    const held = await invitations.countHeld(db, { kind: 'day', id: day.id })
    return outboxOf(db, { dayId: day.id }, held, day.timeZone, query)
  })

  implement(app, services, routes.workshopOutbox, async ({ db, actor, params, query }) => {
    const { workshopId } = params
    const regionId = (await cases.workshopById(db, workshopId))?.regionId
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
