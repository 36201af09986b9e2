import type { FastifyInstance } from 'fastify'
import { dayById } from '#server/features/days/days.service.ts'
import { planById } from '#server/features/matching/matching.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { invitationsRoutes as routes } from '#shared/invitations/invitations.contract.ts'
import { nudgeSilent } from './invitations.nudges.ts'
import * as policy from './invitations.policy.ts'
import { fingerprintOf, previewOf, rehearse } from './invitations.preview.ts'
import type { Reconciled } from './invitations.service.ts'

/** Something a director sends: a publication, a cancellation, what was taken back. */
export type SendingCase = (
  trx: Trx,
  subjectId: string,
  by: string,
  now: Date,
  releaseAt: Date,
) => Promise<(Reconciled & { batchId: string | null }) | Refusal>

/** Told by the use cases, which this feature may not import. */
export interface SendingCases {
  publishPlan: SendingCase
  cancelDay: SendingCase
  sendHeld: SendingCase
  /** What a workshop owes to calendars, with what was taken back. */
  sendWorkshop: SendingCase
  workshopById(db: Database, id: string): Promise<{ regionId: string } | undefined>
}

/** What a director sends, each shown before anything leaves. */
export function invitationsFeature(
  app: FastifyInstance,
  services: Services,
  cases: SendingCases,
): void {
  const { preview, send } = sendings(services)

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
}

async function regionOfPlan(db: Database, planId: string): Promise<string | undefined> {
  return (await planById(db, planId))?.regionId
}

async function regionOfDay(db: Database, dayId: string): Promise<string | undefined> {
  return (await dayById(db, dayId))?.regionId
}

/** How each of them is shown, and then sent as it was shown. */
function sendings({ config }: Services) {
  const holdSeconds = config.mailHoldSeconds
  // Long enough to see one's mistake, short enough that people still hear of a plan before they see
  // it on a colleague's screen.
  const releaseTime = (now: Date) => new Date(now.getTime() + holdSeconds * 1_000)

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

  return { preview, send }
}
