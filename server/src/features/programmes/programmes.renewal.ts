import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { enqueueMails } from '#server/platform/outbox/outbox.service.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { storyTold } from './programmes.links.ts'
import { currentLinkMail } from './programmes.mails.ts'
import * as members from './programmes.members.queries.ts'
import * as programmes from './programmes.queries.ts'
import { inLanguage } from './programmes.rules.ts'
import { lastReminderTo } from './programmes.sending.queries.ts'

/** Whether the current link is on its way: there may be no address any more. */
interface Mailed {
  mailed: boolean
}

/**
 * Takes back the links mailed to a person so far: whoever opens one is told that it was replaced.
 * @param seen generation of the link whose holder asks, so that two presses are one; none for a director.
 */
export async function renewLinks(
  trx: Trx,
  memberId: string,
  seen?: number,
): Promise<undefined | Refusal> {
  const member = await members.holdMember(trx, memberId)
  const programme = member && (await programmes.programmeById(trx, member.programmeId))
  if (!member || !programme) return refuse('not-found')
  if (seen !== undefined && seen !== member.linkGeneration) return refuse('link-renewed')
  if (programme.status !== 'running') return refuse('programme-ended')
  await members.raiseGeneration(trx, memberId)
  return undefined
}

/** Mails a person the link that counts now: of the last reminder they got, else of their programme. */
export async function mailCurrentLink(
  trx: Trx,
  memberId: string,
  now: Date,
  mailDomain: string,
): Promise<Mailed | Refusal> {
  const member = await members.memberById(trx, memberId)
  const programme = member && (await programmes.programmeById(trx, member.programmeId))
  if (!member || !programme) return refuse('not-found')
  const [reader] = await roster.peopleByIds(trx, [member.personId])
  if (!reader?.email) return { mailed: false }
  const languages = await languagesOf(trx, reader.accountId ? [reader.accountId] : [])
  const language = languages.get(reader.accountId ?? '') ?? 'fr'
  const { linkGeneration, regionId } = member
  const last = await lastReminderTo(trx, memberId)
  const story = last && (await storyTold(trx, programme.id, last.position))
  const leave = capabilityPlaceholder('programme', memberId, linkGeneration)
  const mail = currentLinkMail({
    language,
    firstName: reader.firstName,
    programmeName: programme.name,
    title: story ? inLanguage(story.title, language) : null,
    link: last ? capabilityPlaceholder('reminder', last.id, linkGeneration) : leave,
    leave,
  })
  const to = { name: fullName(reader), address: reader.email }
  const fromName = (await regionById(trx, regionId))?.name ?? ''
  await enqueueMails(
    trx,
    [{ regionId, purpose: 'programme-link', to, language, fromName, ...mail }],
    now,
    mailDomain,
  )
  return { mailed: true }
}
