import { directorsOf, languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { type Day, periodInstants } from '#server/features/days/days.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import { type Person, rolesOfRegion, siteById } from '#server/features/roster/roster.service.ts'
import type { Slot } from '#server/features/slots/slots.service.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import type { Sending, Told, Voice } from './invitations.calendars.ts'
import { cardUrl } from './invitations.circles.ts'
import { plainMail, planRepairedMail } from './invitations.mails.ts'

/** What a repair of the published plan came to, in people. */
export interface RepairCounts {
  /** Their place went. */
  lost: number
  /** Of those, how many have another one already. */
  reseated: number
  /** Had a place that still exists, and another one now so that somebody could be seated. */
  moved: number
}

/**
 * Tells whoever directs the region that the published plan repaired itself.
 * @param slot the one where places went, if it was one.
 */
export async function tellDirectors(
  trx: Trx,
  day: Day,
  slot: Slot | undefined,
  counts: RepairCounts,
  now: Date,
  voice: Voice,
): Promise<void> {
  const site = slot && (await siteById(trx, slot.siteId))
  const roles = await rolesOfRegion(trx, day.regionId)
  const role = roles.find(({ id }) => id === slot?.roleId)
  const place = slot && {
    dayName: day.name,
    timeZone: day.timeZone,
    startsAt: slot.startsAt,
    endsAt: slot.endsAt,
    role: { fr: role?.nameFr ?? '', en: role?.nameEn ?? '' },
    siteName: site?.name ?? '',
    place: [site?.name, site?.town].filter(Boolean).join(', '),
  }
  const mails = (await directorsOf(trx, day.regionId)).map((director): Mail => {
    const reader = { firstName: director.displayName, language: director.language }
    const boardUrl = `${voice.publicUrl}/journees/${day.id}/confirmations`
    return {
      regionId: day.regionId,
      dayId: day.id,
      purpose: 'plan-repaired',
      to: { name: director.displayName, address: director.email },
      language: director.language,
      ...planRepairedMail(day.name, place, counts, reader, boardUrl),
    }
  })
  await enqueueMails(trx, mails, now, voice.mailDomain)
}

/**
 * Mails without a calendar: « no place for you yet » and « the day is cancelled ».
 * People without a mail address are left out; the caller lists them.
 */
export async function tellPeople(
  trx: Trx,
  word: 'notPlaced' | 'dayCancelled',
  day: Day,
  people: Person[],
  side: 'host' | 'guest',
  now: Date,
  voice: Voice,
  sending: Sending,
): Promise<Told[]> {
  const region = await regionById(trx, day.regionId)
  const accountIds = people.flatMap(({ accountId }) => accountId ?? [])
  const languages = await languagesOf(trx, accountIds)
  const card = cardUrl(voice.publicUrl, day.id)
  const noon = periodInstants(day, { startsAt: '12:00', endsAt: '12:00' }).startsAt
  const told: Told[] = []
  const mails: Mail[] = []
  for (const person of people) {
    if (!person.email) continue
    const language = languages.get(person.accountId ?? '') ?? 'fr'
    const reader = { firstName: person.firstName, language }
    const mail = plainMail(word, { name: day.name, timeZone: day.timeZone, noon }, reader, card)
    const name = fullName(person)
    const telling = word === 'notPlaced' ? 'not-placed' : 'cancel'
    told.push({ side, telling, personId: person.id, meetingId: null, name, about: null, mail })
    mails.push({
      regionId: day.regionId,
      dayId: day.id,
      ...(sending.batchId ? { batchId: sending.batchId } : {}),
      ...(sending.releaseAt ? { releaseAt: sending.releaseAt } : {}),
      purpose: word === 'notPlaced' ? 'not-placed' : 'day-cancelled',
      to: { name, address: person.email },
      language,
      ...(region ? { fromName: region.name } : {}),
      ...mail,
    })
  }
  await enqueueMails(trx, mails, now, voice.mailDomain)
  return told
}
