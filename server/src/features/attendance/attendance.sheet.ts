import { coordinatorsOf } from '#server/features/accounts/accounts.service.ts'
import {
  meetingOfPlacement,
  meetingOfSlot,
} from '#server/features/confirmations/confirmations.service.ts'
import { kitsOfRole } from '#server/features/kits/kits.service.ts'
import { contactsOf, rolesOfRegion, siteById } from '#server/features/roster/roster.service.ts'
import { type Slot, slotById } from '#server/features/slots/slots.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Contact, Sheet } from '#shared/attendance/attendance.sheet.contract.ts'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import { reachOf, withheld } from './attendance.sheet.rules.ts'

/** The sheet of a slot's host: who comes, and the coordinator to call. */
export async function sheetOfSlot(
  db: Reader,
  slotId: string,
  own: boolean,
  now: Date,
): Promise<Sheet | Refusal> {
  const meeting = await meetingOfSlot(db, slotId, now)
  return meeting ? sheetOf(db, meeting, own, now) : refuse('not-found')
}

/** The sheet of a guest: whom to ask for, and everything about the role. */
export async function sheetOfPlacement(
  db: Reader,
  placementId: string,
  own: boolean,
  now: Date,
): Promise<Sheet | Refusal> {
  const meeting = await meetingOfPlacement(db, placementId, now)
  return meeting ? sheetOf(db, meeting, own, now) : refuse('not-found')
}

/** One that ended still has its page: it says so, and names nobody to reach. */
async function sheetOf(
  db: Reader,
  meeting: Meeting,
  own: boolean,
  now: Date,
): Promise<Sheet | Refusal> {
  if (meeting.state === 'too-early') return refuse('not-published')
  const slot = await slotById(db, meeting.slotId)
  if (!slot) return refuse('not-found')
  const reach = reachOf(meeting.day, now)
  const off = meeting.state === 'ended' || meeting.state === 'day-cancelled'
  if (off)
    return { meeting: { ...meeting, company: [] }, own, place: null, contacts: [], reach, kits: [] }
  const site = await siteById(db, slot.siteId)
  const role = (await rolesOfRegion(db, slot.regionId)).find(({ id }) => id === slot.roleId)
  const contacts = await contactsFor(db, meeting, slot)
  return {
    meeting,
    own,
    place:
      site && site.latitude !== null && site.longitude !== null
        ? { latitude: site.latitude, longitude: site.longitude }
        : null,
    contacts: reach.open ? contacts : contacts.map(withheld),
    reach,
    kits: role ? await kitsOfRole(db, role) : [],
  }
}

/**
 * Whom a guest asks for: their host, then the site's coordinators. A host has the coordinators only:
 * what a guest's number could be needed for, they can do.
 */
async function contactsFor(db: Reader, meeting: Meeting, slot: Slot): Promise<Contact[]> {
  const coordinators = await coordinatorsOf(db, slot.regionId, slot.siteId)
  const accountIds = coordinators.map(({ accountId }) => accountId)
  const known = await contactsOf(db, slot.regionId, { personIds: [slot.hostId], accountIds })
  const host = known.find(({ personId }) => personId === slot.hostId)
  const others = coordinators
    .filter(({ accountId }) => accountId !== host?.accountId)
    .map(({ accountId, displayName, email }): Contact => {
      const person = known.find((one) => one.accountId === accountId)
      // Whoever is not in the roster has one name, as they signed up with: its first word is said first.
      const [first = '', ...rest] = displayName.split(' ')
      return {
        as: 'coordinator',
        firstName: person?.firstName ?? first,
        lastName: person?.lastName ?? (rest.join(' ') || null),
        phone: person?.phone ?? null,
        email,
      }
    })
  if (meeting.kind === 'slot' || !host) return others
  const { firstName, lastName, phone, email } = host
  return [{ as: 'host', firstName, lastName, phone, email }, ...others]
}
