import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { optedOut } from '#server/features/signup/signup.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { linksForMails } from './actions.links.ts'
import { type OwnerWord, ownerMail } from './actions.mails.ts'
import * as queries from './actions.queries.ts'
import { isOpenAction, isWorkingHour, summaryWeek } from './actions.rules.ts'
import { actionsOfOwners } from './actions.views.ts'

/** A director gives several in a row: they arrive as one mail once nothing moved for this long. */
const quietMilliseconds = 10 * 60_000

/** Tells owners what was newly given to them; each action once per owner, in working hours. */
export async function tellOwners(
  trx: Trx,
  day: days.Day,
  now: Date,
  domain: string,
): Promise<void> {
  if (!isWorkingHour(day.timeZone, now)) return
  const quietSince = new Date(now.getTime() - quietMilliseconds)
  const ownerIds = await queries.takeUntold(trx, day.id, quietSince)
  await writeTo(trx, day, ownerIds, 'given', now, domain)
}

/**
 * Tells each owner once a week what of theirs is open, and nothing where nothing is. The primary key
 * of `action_summaries` is written in the transaction of the mail: neither exists without the other.
 */
export async function summarise(trx: Trx, day: days.Day, now: Date, domain: string): Promise<void> {
  const week = summaryWeek(day.timeZone, now)
  if (!week) return
  const owners = await queries.openOwners(trx, day.id)
  const ownerIds = await queries.insertSummaries(
    trx,
    owners.map((personId) => ({
      person_id: personId,
      day_id: day.id,
      region_id: day.regionId,
      week,
    })),
  )
  await queries.markTold(trx, day.id, ownerIds)
  await writeTo(trx, day, ownerIds, 'weekly', now, domain)
}

/** One mail to each who has an address and wants mail about that day. */
async function writeTo(
  trx: Trx,
  day: days.Day,
  ownerIds: string[],
  word: OwnerWord,
  now: Date,
  domain: string,
): Promise<void> {
  const leftAlone = await optedOut(trx, day.id)
  const people = (await roster.peopleByIds(trx, ownerIds)).filter(
    ({ id, email }) => email !== null && !leftAlone.has(id),
  )
  if (people.length === 0) return
  const languages = await languagesOf(
    trx,
    people.flatMap(({ accountId }) => accountId ?? []),
  )
  const invitees = await days.ensureInvitees(
    trx,
    day,
    people.map(({ id }) => id),
    now,
  )
  const links = await linksForMails(
    trx,
    people.map(({ id }) => invitees.get(id)!),
    now,
  )
  const theirs = Map.groupBy(
    (
      await actionsOfOwners(
        trx,
        people.map(({ id }) => id),
        day.id,
      )
    ).filter(isOpenAction),
    ({ owner }) => owner?.id,
  )
  const fromName = (await regionById(trx, day.regionId))?.name ?? ''
  const mails = people.map((person): Mail => {
    const language = languages.get(person.accountId ?? '') ?? 'fr'
    const inviteeId = invitees.get(person.id)!
    return {
      regionId: day.regionId,
      dayId: day.id,
      purpose: `actions-${word}`,
      to: { name: `${person.firstName} ${person.lastName}`, address: person.email! },
      language,
      fromName,
      ...ownerMail(word, {
        language,
        firstName: person.firstName,
        dayName: day.name,
        actions: theirs.get(person.id) ?? [],
        link: links.get(inviteeId)!,
        leave: capabilityPlaceholder('opt-out', inviteeId, 1),
      }),
    }
  })
  await enqueueMails(trx, mails, now, domain)
}
