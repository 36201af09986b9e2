import type { Day } from '#server/features/days/days.service.ts'
import { activePlacements, placementsByIds } from '#server/features/matching/matching.service.ts'
import {
  type Person,
  peopleByIds,
  rolesOfRegion,
  sitesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type {
  ConfirmationBoard,
  RecordedAnswer,
} from '#shared/confirmations/confirmations.contract.ts'
import { tally } from './confirmations.rules.ts'
import { confirmationsOfDay } from './confirmations.service.ts'

/**
 * Who confirmed, declined or stays silent: meetings that hold, and those somebody said no to.
 * The counts are of answers: a host who declined counts as « no » though the slot is closed.
 */
export async function boardOf(db: Reader, day: Day): Promise<ConfirmationBoard> {
  const confirmations = day.publishedAt ? await confirmationsOfDay(db, day.id) : []
  const answers = new Map<string, RecordedAnswer>(
    confirmations.map((row) => [row.slotId ?? row.placementId ?? '', row.answer]),
  )
  const active = day.publishedAt ? await activePlacements(db, day.id) : []
  const activeIds = new Set(active.map(({ id }) => id))
  const refusedIds = confirmations.flatMap(({ placementId }) =>
    placementId && !activeIds.has(placementId) ? [placementId] : [],
  )
  const declined = (await placementsByIds(db, refusedIds)).filter(
    ({ id }) => answers.get(id) === 'no',
  )
  const guestsOf = Map.groupBy([...active, ...declined], ({ slotId }) => slotId)
  const slots = (await slotsOfDay(db, day.id)).filter(
    ({ id }) => guestsOf.has(id) || answers.has(id),
  )
  const people = await peopleMap(db, [
    ...slots.map(({ hostId }) => hostId),
    ...[...active, ...declined].map(({ personId }) => personId),
  ])
  const sites = new Map((await sitesOfRegion(db, day.regionId)).map((site) => [site.id, site]))
  const roles = new Map((await rolesOfRegion(db, day.regionId)).map((role) => [role.id, role]))
  const shown = (personId: string, answer: RecordedAnswer | undefined) => {
    const person = people.get(personId)
    return {
      firstName: person?.firstName ?? '',
      lastName: person?.lastName ?? '',
      reachable: Boolean(person?.email),
      answer: answer ?? null,
    }
  }
  const meetings = slots
    .map((slot) => ({
      slotId: slot.id,
      roleFr: roles.get(slot.roleId)?.nameFr ?? '',
      roleEn: roles.get(slot.roleId)?.nameEn ?? '',
      siteName: sites.get(slot.siteId)?.name ?? '',
      town: sites.get(slot.siteId)?.town ?? '',
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
      closed: slot.status === 'closed',
      host: shown(slot.hostId, answers.get(slot.id)),
      guests: (guestsOf.get(slot.id) ?? []).map((placement) => ({
        ...shown(placement.personId, answers.get(placement.id)),
        placementId: placement.id,
        ended: placement.status === 'ended',
      })),
    }))
    .sort(
      (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.siteName.localeCompare(b.siteName),
    )
  return {
    confirmUntil: day.confirmUntil,
    publishedAt: day.publishedAt,
    hosts: tally(meetings.map(({ host }) => host.answer)),
    guests: tally(meetings.flatMap(({ guests }) => guests.map(({ answer }) => answer))),
    meetings,
  }
}

async function peopleMap(db: Reader, ids: string[]): Promise<Map<string, Person>> {
  const people = await peopleByIds(db, [...new Set(ids)])
  return new Map(people.map((person) => [person.id, person]))
}
