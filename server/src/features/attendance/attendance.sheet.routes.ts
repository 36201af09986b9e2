import type { FastifyInstance } from 'fastify'
import { resolvePlacementLink } from '#server/features/confirmations/confirmations.service.ts'
import { placementById } from '#server/features/matching/matching.service.ts'
import { resolveSlotLink, slotById } from '#server/features/slots/slots.service.ts'
import { implement } from '#server/platform/http/routing.ts'
import { isRefusal, refuse } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import { sheetRoutes as routes } from '#shared/attendance/attendance.sheet.contract.ts'
import * as policy from './attendance.sheet.policy.ts'
import { sheetOfPlacement, sheetOfSlot } from './attendance.sheet.ts'

export function sheetFeature(app: FastifyInstance, services: Services): void {
  const { secret } = services

  implement(app, services, routes.slotLinkSheet, async ({ db, params, now }) => {
    const slot = await resolveSlotLink(db, secret, params.token)
    return isRefusal(slot) ? slot : sheetOfSlot(db, slot.id, true, now)
  })

  implement(app, services, routes.placementLinkSheet, async ({ db, params, now }) => {
    const placement = await resolvePlacementLink(db, secret, params.token)
    return isRefusal(placement) ? placement : sheetOfPlacement(db, placement.id, true, now)
  })

  implement(app, services, routes.slotSheet, async ({ db, actor, params, now }) => {
    const slot = await slotById(db, params.slotId)
    if (!slot) return refuse('not-found')
    const sheet = { ...slot, personId: slot.hostId }
    if (!policy.maySeeSheet(actor, sheet)) return refuse('forbidden')
    return sheetOfSlot(db, slot.id, policy.isOwnSheet(actor, sheet), now)
  })

  implement(app, services, routes.placementSheet, async ({ db, actor, params, now }) => {
    const placement = await placementById(db, params.placementId)
    const slot = placement && (await slotById(db, placement.slotId))
    if (!placement || !slot) return refuse('not-found')
    const sheet = { ...slot, personId: placement.personId }
    if (!policy.maySeeSheet(actor, sheet)) return refuse('forbidden')
    return sheetOfPlacement(db, placement.id, policy.isOwnSheet(actor, sheet), now)
  })
}
