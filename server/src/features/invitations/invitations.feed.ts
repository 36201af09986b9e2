import { createHash } from 'node:crypto'
import { accountById } from '#server/features/accounts/accounts.service.ts'
import {
  deriveToken,
  hideCapabilities,
  readToken,
  verifyToken,
} from '#server/platform/capabilities.ts'
import { say } from '#server/platform/i18n.ts'
import { lastCalendarsLeft } from '#server/platform/outbox/outbox.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { keyedHash } from '#server/platform/secrets.ts'
import type { Services } from '#server/platform/services.ts'
import type { Meeting } from '#shared/confirmations/confirmations.contract.ts'
import type { Language } from '#shared/vocabulary/language.ts'
import { calendarFile, entryLines, entryOfMessage } from './calendar/calendar.file.ts'
import { calendarWords } from './invitations.mails.ts'
import { eventIdsOfAddress, standingEventOf } from './invitations.queries.ts'

/** Changes are rare and mails tell them at once: following more often would only cost batteries. */
const refreshHours = 4

/** Where the feeds live, outside /api: calendar programs come without cookie or language. */
export const feedPath = '/agenda/'

/** The address of somebody's feed: whoever knows it reads their meetings, and nothing else. */
export async function feedAddress(
  db: Reader,
  secret: string,
  publicUrl: string,
  accountId: string,
): Promise<string | undefined> {
  const account = await accountById(db, accountId)
  if (!account) return undefined
  const token = deriveToken(secret, 'feed', account.id, account.feed_generation)
  return `${publicUrl.replace(/\/+$/, '')}${feedPath}${token}.ics`
}

/** The account a feed's file name stands for; nothing for any other name, or one renewed since. */
export async function accountOfFeed(db: Reader, secret: string, fileName: string) {
  const token = /^(.+)\.ics$/.exec(fileName)?.[1] ?? ''
  const read = readToken(token)
  const account = read && (await accountById(db, read.id))
  return account && verifyToken(secret, 'feed', token, account.feed_generation)
    ? account
    : undefined
}

/**
 * Everything that stands in somebody's calendar by our mails, of all days. It repeats the last
 * message that left about each event, so it never runs ahead of what a director still holds back,
 * keeps its bytes until another message leaves, and loses an event with its cancellation: some
 * programs go on showing what is merely marked as cancelled. Links to answer stay in the mails.
 * @returns the calendar and its ETag.
 */
export async function feedOf(
  db: Reader,
  account: NonNullable<Awaited<ReturnType<typeof accountOfFeed>>>,
  publicUrl: string,
): Promise<{ body: string; etag: string }> {
  const eventIds = await eventIdsOfAddress(db, account.email)
  const left = await lastCalendarsLeft(db, eventIds)
  const entries = left.flatMap(({ method, body }) =>
    method === 'REQUEST' && body
      ? [entryOfMessage(body).map((line) => hideCapabilities(line, publicUrl))]
      : [],
  )
  const name = say(account.language, 'invitations:feed.name')
  const body = calendarFile(entries, { name, refreshHours })
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}

/**
 * One meeting as a file to download. It carries the UID of its invitation, so that the invitation
 * and its updates find it there instead of doubling it. Whoever gets no invitation (no mail
 * address, or no mail wanted) gets a UID derived from the meeting.
 */
export async function meetingFile(
  db: Reader,
  { secret, mailDomain, config }: Pick<Services, 'secret' | 'mailDomain' | 'config'>,
  meeting: Meeting,
  now: Date,
  language: Language,
): Promise<string> {
  const { kind, id, site, company } = meeting
  const event = await standingEventOf(db, { kind, id })
  const derived = keyedHash(secret, 'calendar-uid', `${kind}:${id}`).slice(0, 32)
  const role = { fr: meeting.role.nameFr, en: meeting.role.nameEn }
  const words = calendarWords({ subject: { kind, id }, role, company }, language)
  const place = [site.name, site.address, `${site.postcode} ${site.town}`.trim()]
  const entry = entryLines({
    uid: event?.uid ?? `${derived}@${mailDomain}`,
    sequence: event?.sequence ?? 0,
    stampedAt: event?.stampedAt ?? now,
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    summary: words.summary,
    description: [...(company.length > 0 ? [words.whom] : []), config.publicUrl].join('\n\n'),
    location: place.filter(Boolean).join(', '),
  })
  return calendarFile([entry])
}
