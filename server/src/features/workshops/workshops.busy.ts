import { daysOfRegion } from '#server/features/days/days.service.ts'
import { activePlacements } from '#server/features/matching/matching.service.ts'
import { slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import * as queries from './workshops.queries.ts'
import { seatedHours } from './workshops.seats.queries.ts'

interface Hours {
  startsAt: Date
  endsAt: Date
}

/**
 * When people are known to be expected elsewhere, as far as sessions of a workshop could collide with
 * it: as hosts who accepted, as guests with a place, in seats of other workshops and leading sessions.
 * @param sessions of the workshop asked for, whose own seats do not count.
 */
export async function busyHours(
  db: Reader,
  { id: workshopId, regionId }: Pick<queries.WorkshopRow, 'id' | 'regionId'>,
  personIds: readonly string[],
  sessions: readonly Hours[],
): Promise<Map<string, Hours[]>> {
  const busy = new Map<string, Hours[]>(personIds.map((personId) => [personId, []]))
  const note = (personId: string, { startsAt, endsAt }: Hours) =>
    busy.get(personId)?.push({ startsAt, endsAt })
  if (personIds.length === 0 || sessions.length === 0) return busy
  const span = {
    startsAt: new Date(Math.min(...sessions.map(({ startsAt }) => startsAt.getTime()))),
    endsAt: new Date(Math.max(...sessions.map(({ endsAt }) => endsAt.getTime()))),
  }
  for (const day of await daysOfRegion(db, regionId)) {
    if (day.cancelledAt) continue
    const slots = new Map((await slotsOfDay(db, day.id)).map((slot) => [slot.id, slot]))
    for (const slot of slots.values()) if (slot.status === 'accepted') note(slot.hostId, slot)
    for (const { personId, slotId } of await activePlacements(db, day.id)) {
      const slot = slots.get(slotId)
      if (slot) note(personId, slot)
    }
  }
  for (const seat of await seatedHours(db, personIds, span)) {
    if (seat.workshopId !== workshopId) note(seat.personId, seat)
  }
  for (const led of await queries.sessionsLedBy(db, personIds, span)) note(led.facilitatorId, led)
  return busy
}
