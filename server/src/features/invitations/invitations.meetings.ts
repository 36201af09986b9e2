import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { confirmationsOfDay } from '#server/features/confirmations/confirmations.service.ts'
import { type Day, lockDay } from '#server/features/days/days.service.ts'
import {
  activePlacements,
  type Placement,
  placementsByIds,
} from '#server/features/matching/matching.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import {
  type Person,
  peopleByIds,
  rolesById,
  sitesById,
} from '#server/features/roster/roster.service.ts'
import { optedOut } from '#server/features/signup/signup.service.ts'
import { type Slot, slotsOfDay } from '#server/features/slots/slots.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { RecordedAnswer } from '#shared/confirmations/confirmations.contract.ts'
import type { EndedReason } from '#shared/matching/matching.vocabulary.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import type { GoneReason } from './invitations.changes.ts'
import type { MeetingFacts } from './invitations.mails.ts'
import { standingEvents } from './invitations.queries.ts'
import type { DesiredEvent, StoredEvent, Subject } from './invitations.rules.ts'

/** One person's side of a meeting. */
export interface Meeting {
  side: 'host' | 'guest'
  person: Person
  language: Language
  slotId: string
  roleId: string
  facts: MeetingFacts
  answer: RecordedAnswer | null
  /** False without a mail address, or for a guest who wants no mail about this day. */
  reachable: boolean
  /** Why it goes, for one that ends. */
  goneReason: GoneReason
}

/** Everything about a day's meetings that invitations are made from. */
export interface DayMeetings {
  day: Day
  regionName: string
  /** Those that hold: slots with a guest, and active placements. */
  standing: Meeting[]
  /** The meeting behind something that stands in a calendar and may be over. */
  meetingOf(subject: Subject): Meeting | undefined
}

/**
 * Reads a day's meetings and holds the day, so that of two simultaneous changes the second sees
 * what the first one wrote. The day is locked before anything else, always.
 */
export async function readMeetings(
  trx: Trx,
  dayId: string,
): Promise<{ meetings: DayMeetings; events: StoredEvent[] } | undefined> {
  const day = await lockDay(trx, dayId)
  if (!day) return undefined
  const events = await standingEvents(trx, { kind: 'day', id: dayId })
  const active = day.cancelledAt ? [] : await activePlacements(trx, dayId)
  const activeIds = new Set(active.map(({ id }) => id))
  const overIds = events.flatMap(({ subject }) =>
    subject.kind === 'placement' && !activeIds.has(subject.id) ? [subject.id] : [],
  )
  const placements = [...active, ...(await placementsByIds(trx, overIds))]
  const slots = new Map((await slotsOfDay(trx, dayId)).map((slot) => [slot.id, slot]))
  const concerned = new Set([
    ...placements.map(({ slotId }) => slotId),
    ...events.flatMap(({ subject }) => (subject.kind === 'slot' ? [subject.id] : [])),
  ])
  const hostIds = [...concerned].flatMap((id) => slots.get(id)?.hostId ?? [])
  const personIds = new Set([...hostIds, ...placements.map(({ personId }) => personId)])
  const people = new Map(
    (await peopleByIds(trx, [...personIds])).map((person) => [person.id, person]),
  )
  const accountIds = [...people.values()].flatMap(({ accountId }) => accountId ?? [])
  const languages = await languagesOf(trx, accountIds)
  const region = await regionById(trx, day.regionId)
  const sites = await sitesById(trx, day.regionId)
  const roles = await rolesById(trx, day.regionId)
  const answers = new Map(
    (await confirmationsOfDay(trx, dayId)).map((row) => [
      row.slotId ?? row.placementId,
      row.answer,
    ]),
  )
  const silenced = await optedOut(trx, dayId)
  const placedNow = new Set(active.map(({ personId }) => personId))
  // Who had an invitation already must hear of its changes, whatever they think of other mail.
  const invited = new Set(
    events.flatMap(({ subject }) => placements.find(({ id }) => id === subject.id)?.personId ?? []),
  )
  const guestsOf = Map.groupBy(active, ({ slotId }) => slotId)

  function factsOf(slot: Slot, subject: Subject, linkGeneration: number, company: string[]) {
    const site = sites.get(slot.siteId)
    const role = roles.get(slot.roleId)
    return {
      subject,
      linkGeneration,
      dayName: day!.name,
      timeZone: day!.timeZone,
      confirmUntil: day!.confirmUntil,
      startsAt: slot.startsAt,
      endsAt: slot.endsAt,
      role: { fr: role?.nameFr ?? '', en: role?.nameEn ?? '' },
      siteName: site?.name ?? '',
      place: site
        ? [site.name, site.address, `${site.postcode} ${site.town}`.trim()]
            .filter(Boolean)
            .join(', ')
        : '',
      company,
      conditions: slot,
    }
  }

  /** What ends every meeting of somebody, whichever it is. */
  function goneForAll({ leftOn }: Person): GoneReason | undefined {
    if (day!.cancelledAt) return 'day-cancelled'
    return leftOn ? 'left' : undefined
  }

  function hostMeeting(slot: Slot): Meeting | undefined {
    const person = people.get(slot.hostId)
    if (!person) return undefined
    const guests = guestsOf.get(slot.id) ?? []
    const company = guests.flatMap(({ personId }) => people.get(personId)?.firstName ?? []).sort()
    const answer = answers.get(slot.id) ?? null
    const declined = slot.status === 'paused' || (slot.status === 'closed' && answer === 'no')
    return {
      side: 'host',
      person,
      language: languages.get(person.accountId ?? '') ?? 'fr',
      slotId: slot.id,
      roleId: slot.roleId,
      facts: factsOf(slot, { kind: 'slot', id: slot.id }, slot.linkGeneration, company),
      answer,
      reachable: person.email !== null,
      goneReason: goneForAll(person) ?? (declined ? 'host-declined' : 'nobody-left'),
    }
  }

  function guestMeeting(placement: Placement): Meeting | undefined {
    const person = people.get(placement.personId)
    const slot = slots.get(placement.slotId)
    if (!person || !slot) return undefined
    const host = people.get(slot.hostId)?.firstName
    const subject = { kind: 'placement', id: placement.id } as const
    return {
      side: 'guest',
      person,
      language: languages.get(person.accountId ?? '') ?? 'fr',
      slotId: slot.id,
      roleId: slot.roleId,
      facts: factsOf(slot, subject, placement.linkGeneration, host ? [host] : []),
      answer: answers.get(placement.id) ?? null,
      reachable: person.email !== null && (!silenced.has(person.id) || invited.has(person.id)),
      goneReason: goneForAll(person) ?? goneReason(placement.endedReason, placedNow.has(person.id)),
    }
  }

  const placementOf = new Map(placements.map((placement) => [placement.id, placement]))
  const meetings: DayMeetings = {
    day,
    regionName: region?.name ?? '',
    standing: [
      ...[...guestsOf.keys()].flatMap((id) => {
        const slot = slots.get(id)
        return (slot && hostMeeting(slot)) ?? []
      }),
      ...active.flatMap((placement) => guestMeeting(placement) ?? []),
    ],
    meetingOf(subject) {
      if (subject.kind === 'slot') {
        const slot = slots.get(subject.id)
        return slot && hostMeeting(slot)
      }
      const placement = placementOf.get(subject.id)
      return placement && guestMeeting(placement)
    },
  }
  return { meetings, events }
}

/** What a meeting puts into a calendar; nothing without a mail address. */
export function desiredEvent(meeting: Meeting): DesiredEvent | undefined {
  const { person, facts, roleId, reachable } = meeting
  if (!reachable || !person.email) return undefined
  return {
    subject: facts.subject,
    attendee: { name: fullName(person), address: person.email },
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    place: facts.place,
    topic: roleId,
    company: facts.company,
    linkGeneration: facts.linkGeneration,
  }
}

function goneReason(endedReason: EndedReason | null, placedElsewhere: boolean): GoneReason {
  switch (endedReason) {
    case 'replanned':
      return placedElsewhere ? 'moved-elsewhere' : 'no-place'
    case 'host-declined':
      return placedElsewhere ? 'host-declined-elsewhere' : 'host-declined'
    case 'host-unavailable':
      return placedElsewhere ? 'host-unavailable-elsewhere' : 'host-unavailable'
    case 'slot-closed':
    case 'fewer-places':
      return placedElsewhere ? 'slot-gone-elsewhere' : 'slot-gone'
    default:
      return endedReason ?? 'other'
  }
}
