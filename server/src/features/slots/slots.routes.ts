import type { FastifyInstance } from 'fastify'
import { type Day, dayById } from '#server/features/days/days.service.ts'
import {
  personById,
  roleOfPerson,
  rolesOfRegion,
  siteById,
} from '#server/features/roster/roster.service.ts'
import type { Actor } from '#server/platform/actor.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import { callerHash } from '#server/platform/http/caller.ts'
import { implement } from '#server/platform/http/routing.ts'
import { type Database, inTransaction, type Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { allowAttempt } from '#server/platform/throttle.ts'
import {
  type CapsInput,
  type ReleaseInput,
  type Slot,
  type SlotAnswer,
  type SlotDetails,
  type SlotHours,
  slotsRoutes,
} from '#shared/slots/slots.contract.ts'
import * as policy from './slots.policy.ts'
import { previewProposals, sendProposals } from './slots.proposals.ts'
import { codesPerCaller } from './slots.rules.ts'
import * as slots from './slots.service.ts'
import * as views from './slots.views.ts'

/** Changes a published plan has to follow; told by the use cases, which this feature may not import. */
export interface SlotChanges {
  hostAnswers(
    trx: Trx,
    slotId: string,
    hostId: string,
    answer: SlotAnswer,
    now: Date,
  ): Promise<Slot | Refusal>
  hostOffers(
    trx: Trx,
    dayId: string,
    host: slots.Candidate,
    details: SlotDetails,
    now: Date,
  ): Promise<Slot | Refusal>
  siteDecides(
    trx: Trx,
    slotId: string,
    input: ReleaseInput,
    by: string,
    now: Date,
  ): Promise<Slot | Refusal>
  siteMoves(
    trx: Trx,
    slotId: string,
    hours: SlotHours,
    by: string,
    now: Date,
  ): Promise<Slot | Refusal>
  siteLimits(
    trx: Trx,
    dayId: string,
    siteId: string,
    input: CapsInput,
    by: string,
    now: Date,
  ): Promise<undefined | Refusal>
}

export function slotsFeature(app: FastifyInstance, services: Services, changes: SlotChanges): void {
  const { secret, config } = services

  const dayFor = async (
    db: Database,
    dayId: string,
    may: (day: Day) => boolean,
  ): Promise<Day | Refusal> => {
    const day = await dayById(db, dayId)
    if (!day) return refuse('not-found')
    return may(day) ? day : refuse('forbidden')
  }

  implement(
    app,
    services,
    slotsRoutes.proposalPreview,
    async ({ db, actor, params, body, language }) => {
      const day = await dayFor(db, params.dayId, (one) => policy.mayPropose(actor, one.regionId))
      return isRefusal(day) ? day : previewProposals(db, day.id, body, language)
    },
  )

  implement(app, services, slotsRoutes.propose, async ({ db, actor, params, body, now }) => {
    const day = await dayFor(db, params.dayId, (one) => policy.mayPropose(actor, one.regionId))
    if (isRefusal(day)) return day
    const outcome = await inTransaction(db, (trx) =>
      sendProposals(trx, services, day.id, body, body.slots, actor.accountId, now),
    )
    if (isRefusal(outcome)) return outcome
    return { slots: outcome.slots.length, batchId: outcome.batchId }
  })

  implement(app, services, slotsRoutes.coverage, async ({ db, actor, params }) => {
    const day = await dayFor(db, params.dayId, (one) => policy.maySeeCoverage(actor, one.regionId))
    return isRefusal(day) ? day : views.coverage(db, day)
  })

  implement(app, services, slotsRoutes.siteOffers, async ({ db, actor, params, now }) => {
    const day = await dayFor(db, params.dayId, lookedAfterBy(actor, params.siteId))
    return isRefusal(day) ? day : views.siteOffers(db, day, params.siteId, now)
  })

  implement(app, services, slotsRoutes.release, async ({ db, actor, params, body, now }) => {
    const slot = await slots.slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    if (!policy.mayLookAfterSite(actor, slot.regionId, slot.siteId)) return refuse('forbidden')
    return inTransaction(db, (trx) => changes.siteDecides(trx, slot.id, body, actor.accountId, now))
  })

  implement(app, services, slotsRoutes.move, async ({ db, actor, params, body, now }) => {
    const slot = await slots.slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    if (!policy.mayLookAfterSite(actor, slot.regionId, slot.siteId)) return refuse('forbidden')
    return inTransaction(db, (trx) => changes.siteMoves(trx, slot.id, body, actor.accountId, now))
  })

  implement(app, services, slotsRoutes.setCaps, async ({ db, actor, params, body, now }) => {
    const day = await dayFor(db, params.dayId, lookedAfterBy(actor, params.siteId))
    if (isRefusal(day)) return day
    const site = await siteById(db, params.siteId)
    if (!site || site.regionId !== day.regionId) return refuse('not-found')
    const refused = await inTransaction(db, (trx) =>
      changes.siteLimits(trx, day.id, site.id, body, actor.accountId, now),
    )
    return refused ?? views.siteOffers(db, day, site.id, now)
  })

  implement(app, services, slotsRoutes.cards, async ({ db, actor, params, now }) => {
    const day = await dayFor(db, params.dayId, lookedAfterBy(actor, params.siteId))
    if (isRefusal(day)) return day
    const { publicUrl } = config
    const cards = await views.hostCards(db, { secret, publicUrl }, day, params.siteId)
    const printed = { action: 'slots.print-cards', subjectId: params.siteId }
    const entry = { regionId: day.regionId, accountId: actor.accountId, ...printed }
    await inTransaction(db, (trx) =>
      recordAudit(trx, { ...entry, details: { cards: cards.length } }, now),
    )
    return cards
  })

  implement(app, services, slotsRoutes.slotLink, async ({ db, params, now }) => {
    const slot = await slots.resolveSlotLink(db, secret, params.token)
    return isRefusal(slot) ? slot : views.hostSlot(db, slot, now)
  })

  implement(app, services, slotsRoutes.answerOffer, async ({ db, params, body, now }) => {
    const slot = await slots.resolveSlotLink(db, secret, params.token)
    if (isRefusal(slot)) return slot
    const after = await inTransaction(db, (trx) =>
      changes.hostAnswers(trx, slot.id, slot.hostId, body, now),
    )
    return isRefusal(after) ? after : views.hostSlot(db, after, now)
  })

  implement(app, services, slotsRoutes.card, async ({ db, body, now, request }) => {
    const caller = callerHash(secret, request)
    if (!(await allowAttempt(db, codesPerCaller, caller, now))) return refuse('too-many-requests')
    const slot = await slots.slotByCardCode(db, secret, body.code)
    if (isRefusal(slot)) return slot
    return { token: tokenOf(slot) }
  })

  implement(app, services, slotsRoutes.mySlots, async ({ db, actor, params, now }) => {
    const day = await dayFor(db, params.dayId, (one) => Boolean(policy.asHost(actor, one.regionId)))
    const me = isRefusal(day) ? undefined : policy.asHost(actor, day.regionId)
    if (isRefusal(day) || !me) return isRefusal(day) ? day : refuse('forbidden')
    const mine = await slots.slotsOfHost(db, day.id, me.personId)
    const roleId = await roleOfPerson(db, me.personId)
    const role = (await rolesOfRegion(db, day.regionId)).find(({ id }) => id === roleId)
    return {
      canOffer: role
        ? {
            role: views.roleFace(role),
            site: views.sitePlace(await siteById(db, me.siteId)),
            day: await views.hostDay(db, day, now),
          }
        : null,
      slots: await Promise.all(mine.map((slot) => withToken(db, slot, now))),
    }
  })

  implement(app, services, slotsRoutes.offerSlot, async ({ db, actor, params, body, now }) => {
    const day = await dayFor(db, params.dayId, (one) => Boolean(policy.asHost(actor, one.regionId)))
    if (isRefusal(day)) return day
    const personId = policy.asHost(actor, day.regionId)?.personId
    const person = personId && (await personById(db, personId))
    if (!person) return refuse('forbidden')
    const roleId = await roleOfPerson(db, person.id)
    if (!roleId) return refuse('no-role-to-show')
    const host = { personId: person.id, siteId: person.siteId, roleId }
    const offered = await inTransaction(db, (trx) =>
      changes.hostOffers(trx, day.id, host, body, now),
    )
    return isRefusal(offered) ? offered : withToken(db, offered, now)
  })

  const lookedAfterBy = (actor: Actor, siteId: string) => (day: Day) =>
    policy.mayLookAfterSite(actor, day.regionId, siteId)

  const tokenOf = (slot: slots.Slot) => deriveToken(secret, 'slot', slot.id, slot.linkGeneration)

  const withToken = async (db: Database, slot: slots.Slot, now: Date) => ({
    ...(await views.hostSlot(db, slot, now)),
    id: slot.id,
    token: tokenOf(slot),
  })
}
