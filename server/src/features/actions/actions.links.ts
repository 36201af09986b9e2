import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { capabilityPlaceholder, readToken, worthOf } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import * as queries from './actions.links.queries.ts'

/** The links of mails speak for an invitee: one person about one day. */
const linkKind = 'actions'
/** From the last mail on; the weekly summary puts it off for as long as something is open. */
const weeksOfLink = 8

/** The placeholders of links for a mail that is being written now, by invitee; each may be used again. */
export async function linksForMails(
  trx: Trx,
  inviteeIds: readonly string[],
  now: Date,
): Promise<Map<string, string>> {
  const expiresAt = new Date(now.getTime() + weeksOfLink * 7 * 86_400_000)
  const generations = await queries.extendLinks(trx, inviteeIds, expiresAt)
  return new Map(
    [...generations].map(([id, generation]) => [
      id,
      capabilityPlaceholder(linkKind, id, generation),
    ]),
  )
}

/** Ends the links mailed so far to these people about a day. */
export const revokeLinks = queries.revokeLinks

/** Whom the link of a mail speaks for, and about which day. */
export interface LinkHolder {
  day: days.Day
  personId: string
}

/**
 * `link-renewed` for one that was revoked, `link-expired` for one past its end or never ours,
 * `holder-left` while its owner is no longer in the region.
 */
export async function linkHolder(
  db: Reader,
  secret: string,
  token: string,
  now: Date,
): Promise<LinkHolder | Refusal> {
  const read = readToken(token)
  const link = read && (await queries.linkOf(db, read.id))
  if (!link) return refuse('link-expired')
  const worth = worthOf(secret, linkKind, token, link.generation)
  if (worth === 'former') return refuse('link-renewed')
  if (worth === 'none' || link.expiresAt <= now) return refuse('link-expired')
  const invitee = await days.inviteeById(db, read.id)
  const day = invitee && (await days.dayById(db, invitee.dayId))
  const person = invitee && (await roster.personById(db, invitee.personId))
  if (person?.leftOn) return refuse('holder-left')
  return day ? { day, personId: invitee.personId } : refuse('link-expired')
}

/** « Ce n’est pas moi »: whoever was sent on a mail ends its link; the owner’s next one has another. */
export async function disownLink(
  trx: Trx,
  { day, personId }: LinkHolder,
  now: Date,
): Promise<void> {
  await queries.revokeLinks(trx, day.id, [personId])
  const entry = { regionId: day.regionId, accountId: null, subjectId: personId, details: {} }
  await recordAudit(trx, { ...entry, action: 'actions.disown-link' }, now)
}
