import { isWorkingHour } from '#server/features/days/days.rules.ts'
import type { Day } from '#server/features/days/days.service.ts'
import { lettersTo } from '#server/features/signup/signup.service.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { linksForMails } from './actions.links.ts'
import { type OwnerWord, ownerMail } from './actions.mails.ts'
import * as queries from './actions.queries.ts'
import { isOpenAction, summaryWeek } from './actions.rules.ts'
import { actionsOfOwners } from './actions.views.ts'

/** A director gives several in a row: they arrive as one mail once nothing moved for this long. */
const quietMilliseconds = 10 * 60_000

/** Tells owners what was newly given to them; each action once per owner, in working hours. */
export async function tellOwners(trx: Trx, day: Day, now: Date, domain: string): Promise<void> {
  if (!isWorkingHour(now, day.timeZone)) return
  const quietSince = new Date(now.getTime() - quietMilliseconds)
  const ownerIds = await queries.takeUntold(trx, day.id, quietSince)
  await writeTo(trx, day, ownerIds, 'given', now, domain)
}

/**
 * Tells each owner once a week what of theirs is open, and nothing where nothing is. The primary key
 * of `action_summaries` is written in the transaction of the mail: neither exists without the other.
 */
export async function summarise(trx: Trx, day: Day, now: Date, domain: string): Promise<void> {
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
  day: Day,
  ownerIds: string[],
  word: OwnerWord,
  now: Date,
  domain: string,
): Promise<void> {
  const letters = await lettersTo(trx, day, ownerIds, `actions-${word}`, now)
  if (letters.length === 0) return
  const writtenTo = letters.map(({ person }) => person.id)
  const invitees = letters.map(({ inviteeId }) => inviteeId)
  const links = await linksForMails(trx, invitees, now)
  const actions = await actionsOfOwners(trx, writtenTo, day.id)
  const theirs = Map.groupBy(actions.filter(isOpenAction), ({ owner }) => owner?.id)
  const mails = letters.map(
    ({ head, person, language, inviteeId, leave }): Mail => ({
      ...head,
      ...ownerMail(word, {
        language,
        firstName: person.firstName,
        dayName: day.name,
        actions: theirs.get(person.id) ?? [],
        link: links.get(inviteeId)!,
        leave,
      }),
    }),
  )
  await enqueueMails(trx, mails, now, domain)
}
