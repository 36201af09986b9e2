import type { FastifyInstance } from 'fastify'
import { dayById } from '#server/features/days/days.service.ts'
import { placementById } from '#server/features/matching/matching.service.ts'
import { resolveSlotLink, type Slot, slotById } from '#server/features/slots/slots.service.ts'
import { type Actor, membershipIn } from '#server/platform/actor.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import {
  type Answer,
  type AnswerChannel,
  confirmationsRoutes as routes,
} from '#shared/confirmations/confirmations.contract.ts'
import { meetingOfPlacement, meetingOfSlot, meetingsOf } from './confirmations.meetings.ts'
import * as policy from './confirmations.policy.ts'
import * as confirmations from './confirmations.service.ts'

/** What a « no » sets off; told by the use cases, which this feature may not import. */
export type Withdraw = (
  trx: Trx,
  id: string,
  channel: AnswerChannel,
  now: Date,
) => Promise<undefined | Refusal>

/** Back on the waiting list of a day, for who gave their place back. */
export type WaitAgain = (
  trx: Trx,
  dayId: string,
  personId: string,
  now: Date,
) => Promise<undefined | Refusal>

/** Another link for whoever hosts a slot or holds a place. */
export type RenewLink = (trx: Trx, id: string, now: Date) => Promise<{ mailed: boolean } | Refusal>

export interface MeetingChanges {
  hostDeclines: Withdraw
  guestCancels: Withdraw
  waitAgain: WaitAgain
  renewHostLink: RenewLink
  renewGuestLink: RenewLink
}

export function confirmationsFeature(
  app: FastifyInstance,
  services: Services,
  { hostDeclines, guestCancels, waitAgain, renewHostLink, renewGuestLink }: MeetingChanges,
): void {
  const { secret } = services

  async function answerSlot(
    db: Database,
    slot: Slot,
    answer: Answer,
    channel: AnswerChannel,
    now: Date,
  ) {
    const refusal = await inTransaction(db, async (trx) => {
      if (!(await confirmations.stillHosts(trx, slot, answer))) return refuse('slot-handed-over')
      return answer === 'no'
        ? hostDeclines(trx, slot.id, channel, now)
        : confirmations.answerForSlot(trx, slot.id, answer, channel, now)
    })
    if (isRefusal(refusal)) return refusal
    return (await meetingOfSlot(db, slot.id, now)) ?? refuse('not-found')
  }

  async function answerPlacement(
    db: Database,
    placementId: string,
    answer: Answer,
    channel: AnswerChannel,
    now: Date,
  ) {
    const refusal = await inTransaction(db, (trx) =>
      answer === 'no'
        ? guestCancels(trx, placementId, channel, now)
        : confirmations.answerForPlacement(trx, placementId, answer, channel, now),
    )
    if (isRefusal(refusal)) return refusal
    return (await meetingOfPlacement(db, placementId, now)) ?? refuse('not-found')
  }

  async function renew(
    db: Database,
    actor: Actor,
    subject: { id: string; regionId: string },
    renewLink: RenewLink,
    now: Date,
  ) {
    return inTransaction(db, async (trx) => {
      const entry = { regionId: subject.regionId, accountId: actor.accountId }
      const action = 'confirmations.renew-link'
      await recordAudit(trx, { ...entry, action, subjectId: subject.id }, now)
      return renewLink(trx, subject.id, now)
    })
  }

  implement(app, services, routes.slotLinkMeeting, async ({ db, params, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    return (await meetingOfSlot(db, slot.id, now)) ?? refuse('link-expired')
  })

  implement(app, services, routes.answerSlotLink, async ({ db, params, body, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    return isRefusal(slot) ? slot : answerSlot(db, slot, body.answer, 'link', now)
  })

  implement(app, services, routes.placementLinkMeeting, async ({ db, params, now }) => {
    const placement = await confirmations.resolvePlacementLink(db, secret, params.token)
    if (isRefusal(placement)) return placement
    return (await meetingOfPlacement(db, placement.id, now)) ?? refuse('link-expired')
  })

  implement(app, services, routes.answerPlacementLink, async ({ db, params, body, now }) => {
    const placement = await confirmations.resolvePlacementLink(db, secret, params.token)
    if (isRefusal(placement)) return placement
    return answerPlacement(db, placement.id, body.answer, 'link', now)
  })

  implement(app, services, routes.waitAgainByLink, async ({ db, params, now }) => {
    const placement = await confirmations.resolvePlacementLink(db, secret, params.token)
    if (isRefusal(placement)) return placement
    const refused = await inTransaction(db, (trx) =>
      waitAgain(trx, placement.dayId, placement.personId, now),
    )
    if (refused) return refused
    return (await meetingOfPlacement(db, placement.id, now)) ?? refuse('link-expired')
  })

  implement(app, services, routes.myMeetings, async ({ db, actor, params, now }) => {
    const day = await dayById(db, params.dayId)
    if (!day) return refuse('not-found')
    const me = membershipIn(actor, day.regionId)
    return me ? meetingsOf(db, day.id, me.personId, now) : refuse('forbidden')
  })

  implement(app, services, routes.answerSlot, async ({ db, actor, params, body, now }) => {
    const slot = await slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    const host = { personId: slot.hostId, regionId: slot.regionId }
    if (!policy.mayAnswerFor(actor, host)) return refuse('forbidden')
    return answerSlot(db, slot, body.answer, 'app', now)
  })

  implement(app, services, routes.answerPlacement, async ({ db, actor, params, body, now }) => {
    const placement = await placementById(db, params.placementId)
    if (!placement) return refuse('not-found')
    if (!policy.mayAnswerFor(actor, placement)) return refuse('forbidden')
    return answerPlacement(db, placement.id, body.answer, 'app', now)
  })

  implement(app, services, routes.renewSlotLink, async ({ db, actor, params, now }) => {
    const slot = await slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    const host = { personId: slot.hostId, regionId: slot.regionId }
    if (!policy.mayRenewLink(actor, host)) return refuse('forbidden')
    return renew(db, actor, slot, renewHostLink, now)
  })

  implement(app, services, routes.renewPlacementLink, async ({ db, actor, params, now }) => {
    const placement = await placementById(db, params.placementId)
    if (!placement) return refuse('not-found')
    if (!policy.mayRenewLink(actor, placement)) return refuse('forbidden')
    return renew(db, actor, placement, renewGuestLink, now)
  })
}
