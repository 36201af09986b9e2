import { dayById } from '#server/features/days/days.service.ts'
import {
  activePlacementOf,
  activePlacementsOfSlot,
  placementById,
} from '#server/features/matching/matching.service.ts'
import { peopleByIds, rolesOfRegion, siteById } from '#server/features/roster/roster.service.ts'
import { acceptedSlotsOfHost, type Slot, slotById } from '#server/features/slots/slots.service.ts'
import { wayBackOf } from '#server/features/waiting/waiting.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { confirmationOf } from './confirmations.queries.ts'
import { placementState, slotState } from './confirmations.rules.ts'

/** A slot as its host sees it once the plan is published: who comes, what was answered. */
export async function meetingOfSlot(
  db: Reader,
  slotId: string,
  now: Date,
): Promise<Meeting | undefined> {
  const slot = await slotById(db, slotId)
  if (!slot) return undefined
  const day = await dayOf(db, slot.dayId)
  // Before publication nobody comes yet, whatever drafts say.
  const guests = day.publishedAt ? await activePlacementsOfSlot(db, slotId) : []
  const names = await firstNames(db, [slot.hostId, ...guests.map((guest) => guest.personId)])
  return {
    ...(await whereAndWhen(db, slot)),
    kind: 'slot',
    id: slotId,
    state: slotState(slot, day, now),
    answer: (await confirmationOf(db, 'slot_id', slotId))?.answer ?? null,
    endedReason: null,
    wayBack: null,
    firstName: names.get(slot.hostId) ?? '',
    company: guests.map((guest) => names.get(guest.personId) ?? '').sort(),
  }
}

/** A placement as its guest sees it; one that ended still tells why. */
export async function meetingOfPlacement(
  db: Reader,
  placementId: string,
  now: Date,
): Promise<Meeting | undefined> {
  const placement = await placementById(db, placementId)
  const slot = placement && (await slotById(db, placement.slotId))
  if (!placement || !slot) return undefined
  const day = await dayOf(db, placement.dayId)
  const names = await firstNames(db, [placement.personId, slot.hostId])
  const state = placementState(placement, day, now)
  return {
    ...(await whereAndWhen(db, slot)),
    kind: 'placement',
    id: placementId,
    state,
    answer: (await confirmationOf(db, 'placement_id', placementId))?.answer ?? null,
    endedReason: placement.endedReason,
    wayBack: state === 'ended' ? await wayBackOf(db, day, placement.personId, now) : null,
    firstName: names.get(placement.personId) ?? '',
    company: [names.get(slot.hostId) ?? ''],
  }
}

/** What somebody hosts and visits on a day, in the order of the hours. */
export async function meetingsOf(
  db: Reader,
  dayId: string,
  personId: string,
  now: Date,
): Promise<Meeting[]> {
  const hosted = await acceptedSlotsOfHost(db, dayId, personId)
  const visit = await activePlacementOf(db, dayId, personId)
  const meetings: Meeting[] = []
  for (const slot of hosted) {
    const meeting = await meetingOfSlot(db, slot.id, now)
    if (meeting) meetings.push(meeting)
  }
  const visited = visit && (await meetingOfPlacement(db, visit.id, now))
  if (visited) meetings.push(visited)
  return meetings.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

/** The day a slot or placement belongs to must be there: foreign keys say so. */
async function dayOf(db: Reader, dayId: string) {
  const day = await dayById(db, dayId)
  if (!day) throw new Error('a slot or placement outlived its day')
  return day
}

async function whereAndWhen(db: Reader, slot: Slot) {
  const day = await dayOf(db, slot.dayId)
  const site = await siteById(db, slot.siteId)
  const role = (await rolesOfRegion(db, slot.regionId)).find(({ id }) => id === slot.roleId)
  return {
    slotId: slot.id,
    day: {
      id: day.id,
      name: day.name,
      date: day.date,
      timeZone: day.timeZone,
      confirmUntil: day.confirmUntil,
    },
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    role: {
      nameFr: role?.nameFr ?? '',
      nameEn: role?.nameEn ?? '',
      teaserFr: role?.teaserFr ?? '',
      teaserEn: role?.teaserEn ?? '',
      drawing: role?.drawing ?? 'heart',
    },
    site: {
      name: site?.name ?? '',
      address: site?.address ?? '',
      postcode: site?.postcode ?? '',
      town: site?.town ?? '',
    },
    conditions: {
      noCalls: slot.noCalls,
      accessible: slot.accessible,
      safetyEquipment: slot.safetyEquipment,
      languages: slot.languages,
      note: slot.note,
    },
  }
}

async function firstNames(db: Reader, personIds: string[]): Promise<Map<string, string>> {
  const people = await peopleByIds(db, [...new Set(personIds)])
  return new Map(people.map((person) => [person.id, person.firstName]))
}
