import { type Day, periodsOfDay } from '#server/features/days/days.service.ts'
import {
  personById,
  rolesOfRegion,
  type Site,
  siteById,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { signupOf } from '#server/features/signup/signup.service.ts'
import { slotById } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Card, WishTold } from '#shared/matching/matching.contract.ts'
import type { WishReason } from '#shared/matching/matching.vocabulary.ts'
import * as matching from './matching.service.ts'

/** Reasons of places given since the plan was published. */
const cameLater = new Set<string>(['repaired', 'offered', 'taken'])

/** The reader's own card: nothing before publication, and nobody else's name but the host's first. */
export async function cardOf(db: Reader, day: Day, personId: string): Promise<Card> {
  const empty = { day, placement: null, why: null, endedReason: null }
  if (day.cancelledAt) return { ...empty, state: 'day-cancelled' }
  const signup = await signupOf(db, day.id, personId)
  const placement = await matching.activePlacementOf(db, day.id, personId)
  if (placement) {
    const { rank, reason, numbers } = placement
    const shown = await placementSeen(db, day, placement)
    // What the plan says of wishes no longer holds for a place that came after it.
    const planned = cameLater.has(reason)
      ? undefined
      : await matching.plannedGuest(db, placement.planId, personId)
    const wishes = (await wishTeller(db, placement))(planned?.wishes ?? [])
    return { ...empty, state: 'placed', placement: shown, why: { rank, reason, numbers, wishes } }
  }
  if (!signup) return { ...empty, state: 'none' }
  if (signup.status === 'cancelled') return { ...empty, state: 'cancelled' }
  if (!day.publishedAt) return { ...empty, state: 'waiting' }
  const ended = await matching.lastEndedPlacementOf(db, day.id, personId)
  if (ended && ended.endedReason !== 'replanned') {
    return { ...empty, state: 'ended', endedReason: ended.endedReason }
  }
  const published = (await matching.plansOfDay(db, day.id)).find((p) => p.status === 'published')
  const planned = published && (await matching.plannedGuest(db, published.id, personId))
  if (!planned) return { ...empty, state: 'waiting' }
  const { rank, reason, numbers } = planned
  const wishes = (await wishTeller(db, published))(planned.wishes)
  return { ...empty, state: 'not-placed', why: { rank, reason, numbers, wishes } }
}

async function placementSeen(
  db: Reader,
  day: Day,
  placement: matching.Placement,
): Promise<Card['placement']> {
  const slot = await slotById(db, placement.slotId)
  const site: Site | undefined = slot && (await siteById(db, slot.siteId))
  const host = slot && (await personById(db, slot.hostId))
  const role = slot && (await rolesOfRegion(db, day.regionId)).find(({ id }) => id === slot.roleId)
  if (!slot || !site || !host || !role) return null
  return {
    id: placement.id,
    role,
    siteName: site.name,
    address: site.address,
    postcode: site.postcode,
    town: site.town,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    hostFirstName: host.firstName,
    noCalls: slot.noCalls,
    accessible: slot.accessible,
    safetyEquipment: slot.safetyEquipment,
    note: slot.note,
  }
}

/** Wishes as people read them, with the names of what was asked for. */
export async function wishTeller(
  db: Reader,
  { dayId, regionId }: { dayId: string; regionId: string },
) {
  const roles = await rolesOfRegion(db, regionId)
  const periods = await periodsOfDay(db, dayId)
  const sites = await sitesOfRegion(db, regionId)
  const named = (list: { id: string; nameFr: string; nameEn: string }[], id: string | null) =>
    list.find((one) => one.id === id) ?? null
  return (wishes: WishReason[]): WishTold[] =>
    wishes.map(({ wish, ...reason }) => ({
      ...reason,
      role: named(roles, wish.roleId),
      period: named(periods, wish.periodId),
      place: wish.place,
      siteName: sites.find(({ id }) => id === wish.siteId)?.name ?? null,
      radiusKm: wish.radiusKm,
    }))
}
