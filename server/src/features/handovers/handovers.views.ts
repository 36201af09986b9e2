import { type Day, dayById, isTheDay } from '#server/features/days/days.service.ts'
import { activePlacementsOfSlot } from '#server/features/matching/matching.service.ts'
import { fullName, shortName } from '#server/features/roster/roster.rules.ts'
import { peopleByIds, rolesOfRegion, siteById } from '#server/features/roster/roster.service.ts'
import { type Slot, slotById, slotsOfDay } from '#server/features/slots/slots.service.ts'
import { deriveToken } from '#server/platform/capabilities.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type {
  SeenHandover,
  Handover as Shown,
  SlotHandover,
} from '#shared/handovers/handovers.contract.ts'
import type { HandoverStatus } from '#shared/handovers/handovers.vocabulary.ts'
import { isPending } from './handovers.rules.ts'
import {
  freeColleagues,
  type Handover,
  handoverRefusal,
  handoversOfDay,
  handoversOfSlot,
  hindrances,
  refusedBefore,
} from './handovers.service.ts'

/** Handing over, as the host of a slot sees it. */
export async function slotHandover(
  db: Reader,
  secret: string,
  slotId: string,
  now: Date,
): Promise<SlotHandover> {
  const { slot, day } = await held(db, slotId)
  const asked = (await handoversOfSlot(db, slotId)).filter(({ fromId }) => fromId === slot.hostId)
  const [latest] = asked
  const person = latest && (await peopleByIds(db, [latest.toId]))[0]
  const name = person ? shortName(person) : ''
  const open = !handoverRefusal(slot, day, now)
  const waits = latest !== undefined && isPending(latest, now)
  const before = refusedBefore(await handoversOfSlot(db, slotId))
  const colleagues = open && !waits ? await freeColleagues(db, day, slot, now) : []
  // On the day the colleague stands beside the host and says yes on the spot.
  const shown = isTheDay(day, now) && latest
  return {
    open,
    pending:
      open && waits
        ? {
            name,
            expiresAt: latest.expiresAt,
            token: shown ? deriveToken(secret, 'handover', latest.id, latest.linkGeneration) : null,
          }
        : null,
    last: latest && !waits ? { name, status: endOf(latest) } : null,
    colleagues: colleagues
      .filter(({ id }) => !before.has(id))
      .map((one) => ({ id: one.id, name: shortName(one) })),
  }
}

/** A request, as the colleague asked sees it. */
export async function linkedHandover(
  db: Reader,
  secret: string,
  handover: Handover,
  now: Date,
): Promise<Shown> {
  const { slot, day } = await held(db, handover.slotId)
  const site = await siteById(db, slot.siteId)
  const role = (await rolesOfRegion(db, slot.regionId)).find(({ id }) => id === slot.roleId)
  const people = await peopleByIds(db, [handover.fromId, handover.toId])
  const nameOf = (id: string) => people.find((person) => person.id === id)
  const from = nameOf(handover.fromId)
  const guests = day.publishedAt ? await activePlacementsOfSlot(db, slot.id) : []
  const isTheirs = handover.status === 'accepted' && slot.hostId === handover.toId
  // A request about a slot that closed meanwhile, or passed on, asks for nothing any more.
  const moot = handoverRefusal(slot, day, now) || slot.hostId !== handover.fromId
  return {
    status: isPending(handover, now) && moot ? 'withdrawn' : endOf(handover, now),
    firstName: nameOf(handover.toId)?.firstName ?? '',
    askedBy: from ? shortName(from) : '',
    expiresAt: handover.expiresAt,
    visit: isPending(handover, now) && !moot ? await visitOf(db, day, slot, handover.toId) : null,
    slotToken: isTheirs ? deriveToken(secret, 'slot', slot.id, slot.linkGeneration) : null,
    capacity: slot.capacity,
    guests: guests.length,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    note: slot.note,
    day: { name: day.name, date: day.date, timeZone: day.timeZone },
    role: {
      nameFr: role?.nameFr ?? '',
      nameEn: role?.nameEn ?? '',
      drawing: role?.drawing ?? 'heart',
    },
    site: {
      name: site?.name ?? '',
      address: site?.address ?? '',
      postcode: site?.postcode ?? '',
      town: site?.town ?? '',
    },
  }
}

/** Slots of a day that are being handed over, or were: of each the latest request that counts. */
export async function seenHandovers(db: Reader, day: Day, now: Date): Promise<SeenHandover[]> {
  const slots = new Map((await slotsOfDay(db, day.id)).map((slot) => [slot.id, slot]))
  const handovers = (await handoversOfDay(db, day.id)).filter(
    (one) => one.status === 'accepted' || isPending(one, now),
  )
  const ids = handovers.flatMap(({ fromId, toId }) => [fromId, toId])
  const people = await peopleByIds(db, [...new Set(ids)])
  const names = new Map(people.map((one) => [one.id, fullName(one)]))
  return handovers.flatMap(({ slotId, status, fromId, toId, expiresAt }) => {
    const slot = slots.get(slotId)
    const stands = slot && !handoverRefusal(slot, day, now)
    if (!stands || (status !== 'pending' && status !== 'accepted')) return []
    const [from, to] = [names.get(fromId) ?? '', names.get(toId) ?? '']
    return { slotId, siteId: slot.siteId, status, from, to, expiresAt }
  })
}

/** The place a yes would give back; null where nothing stands against it. */
async function visitOf(
  db: Reader,
  day: Day,
  slot: Slot,
  personId: string,
): Promise<Shown['visit']> {
  const { visit } = await hindrances(db, day, slot, personId)
  if (!visit) return null
  const site = await siteById(db, visit.slot.siteId)
  const roles = await rolesOfRegion(db, day.regionId)
  const role = roles.find(({ id }) => id === visit.slot.roleId)
  return {
    placementId: visit.placementId,
    roleFr: role?.nameFr ?? '',
    roleEn: role?.nameEn ?? '',
    siteName: site?.name ?? '',
    startsAt: visit.slot.startsAt,
    endsAt: visit.slot.endsAt,
  }
}

/** How a request ended; one whose time is over has expired, whatever a job has noticed. */
function endOf(handover: Handover, now?: Date): HandoverStatus {
  if (handover.status !== 'pending') return handover.status
  return now && isPending(handover, now) ? 'pending' : 'expired'
}

async function held(db: Reader, slotId: string): Promise<{ slot: Slot; day: Day }> {
  const slot = await slotById(db, slotId)
  const day = slot && (await dayById(db, slot.dayId))
  if (!slot || !day) throw new Error('a handover outlived its slot or day')
  return { slot, day }
}
