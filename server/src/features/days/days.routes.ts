import type { FastifyInstance } from 'fastify'
import { regionById } from '#server/features/accounts/accounts.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { implement } from '#server/platform/http/routing.ts'
import { batchesAbout, findBatch } from '#server/platform/outbox/outbox.service.ts'
import {
  type Database,
  inTransaction,
  type Reader,
  type Trx,
} from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { daysRoutes, type SignUpPreview, type Timeline } from '#shared/days/days.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import * as policy from './days.policy.ts'
import { dateOf, defaultDeadlines, defaultPeriods, otherIrritant } from './days.rules.ts'
import * as days from './days.service.ts'

/** What days need of features that come later; told by whoever wires them. */
export interface Later {
  hasSlots(db: Reader, dayId: string): Promise<boolean>
  timeline(db: Reader, dayId: string, now: Date): Promise<Timeline | Refusal>
  signUpPreview(db: Reader, dayId: string, language: Language): Promise<SignUpPreview | Refusal>
  /** Stops what has not left of a batch, and keeps calendars honest about it; gives how many. */
  takeBack(trx: Trx, batchId: string, now: Date): Promise<number>
  /** `recipients` null opens without a mail. */
  openSignUp(
    trx: Trx,
    dayId: string,
    recipients: number | null,
    by: string,
    now: Date,
  ): Promise<{ day: days.Day; batchId: string | null } | Refusal>
}

export function daysFeature(app: FastifyInstance, services: Services, later: Later): void {
  /** A day this director runs, or why not. */
  const dayRunBy = async (
    db: Database,
    actor: Parameters<typeof policy.mayRunDays>[0],
    dayId: string,
  ): Promise<days.Day | Refusal> => {
    const day = await days.dayById(db, dayId)
    if (!day) return refuse('not-found')
    return policy.mayRunDays(actor, day.regionId) ? day : refuse('forbidden')
  }

  implement(app, services, daysRoutes.daysOfRegion, async ({ db, actor, params }) => {
    if (!policy.maySeeDays(actor, params.regionId)) return refuse('forbidden')
    return days.daysOfRegion(db, params.regionId)
  })

  implement(app, services, daysRoutes.dayDefaults, async ({ db, actor, params, query, now }) => {
    if (!policy.mayRunDays(actor, params.regionId)) return refuse('forbidden')
    const region = await regionById(db, params.regionId)
    if (!region) return refuse('not-found')
    return {
      timeZone: region.timeZone,
      periods: defaultPeriods.map((period) => ({ ...period })),
      ...defaultDeadlines(query.date, dateOf(now, region.timeZone)),
      // Nobody asks to look at « something else » first.
      irritants: (await days.irritantsOfRegion(db, region.id)).filter(
        ({ code }) => code !== otherIrritant,
      ),
    }
  })

  implement(app, services, daysRoutes.createDay, async ({ db, actor, params, body, now }) => {
    if (!policy.mayRunDays(actor, params.regionId)) return refuse('forbidden')
    return inTransaction(db, (trx) =>
      days.createDay(trx, params.regionId, body, actor.accountId, now),
    )
  })

  implement(app, services, daysRoutes.day, async ({ db, actor, params }) => {
    const day = await days.dayDetails(db, params.dayId)
    if (!day) return refuse('not-found')
    return policy.maySeeDays(actor, day.regionId) ? day : refuse('forbidden')
  })

  implement(app, services, daysRoutes.updateDay, async ({ db, actor, params, body, now }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return inTransaction(db, async (trx) => {
      // Held before looking: no slot can come to rest on the day in between.
      await days.lockDay(trx, day.id)
      const hasSlots = await later.hasSlots(trx, day.id)
      return days.updateDay(trx, day.id, body, hasSlots, actor.accountId, now)
    })
  })

  implement(app, services, daysRoutes.timeline, async ({ db, actor, params, now }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    return isRefusal(day) ? day : later.timeline(db, day.id, now)
  })

  implement(app, services, daysRoutes.signUpPreview, async ({ db, actor, params, language }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    return isRefusal(day) ? day : later.signUpPreview(db, day.id, language)
  })

  implement(app, services, daysRoutes.openSignUp, async ({ db, actor, params, body, now }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const recipients = body.invite ? body.recipients : null
    return inTransaction(db, (trx) =>
      later.openSignUp(trx, day.id, recipients, actor.accountId, now),
    )
  })

  implement(app, services, daysRoutes.closeSignUp, async ({ db, actor, params, now }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    if (isRefusal(day)) return day
    return inTransaction(db, (trx) => days.closeSignUp(trx, day.id, actor.accountId, now))
  })

  implement(app, services, daysRoutes.mailings, async ({ db, actor, params }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    return isRefusal(day) ? day : batchesAbout(db, { dayId: day.id })
  })

  implement(app, services, daysRoutes.stopMailing, async ({ db, actor, params, now }) => {
    const day = await dayRunBy(db, actor, params.dayId)
    if (isRefusal(day)) return day
    const batch = await findBatch(db, params.batchId)
    if (batch?.dayId !== day.id) return refuse('not-found')
    await inTransaction(db, async (trx) => {
      const stopped = await later.takeBack(trx, batch.id, now)
      const entry = { regionId: day.regionId, accountId: actor.accountId, subjectId: batch.id }
      await recordAudit(trx, { ...entry, action: 'days.stop-mailing', details: { stopped } }, now)
    })
    const after = (await batchesAbout(db, { dayId: day.id })).find(({ id }) => id === batch.id)
    return after ?? refuse('not-found')
  })
}
