import { regionById } from '#server/features/accounts/accounts.service.ts'
import { dateOf } from '#server/features/days/days.service.ts'
import { recordFinished } from '#server/features/records/records.service.ts'
import { storyOf } from '#server/features/reminders/reminders.service.ts'
import { deriveToken, readToken, worthOf } from '#server/platform/capabilities.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import * as members from './programmes.members.queries.ts'
import * as programmes from './programmes.queries.ts'
import { plusDays } from './programmes.schedule.rules.ts'
import * as sending from './programmes.sending.queries.ts'

/** Whom a link speaks for, in which programme. */
export interface Holder {
  member: members.Member
  programme: programmes.ProgrammeRow
  /** The date where the region is. */
  today: string
}

/** Holder of the link of one reminder, or of its question. */
export interface ReminderHolder extends Holder {
  mail: NonNullable<Awaited<ReturnType<typeof sending.programmeMailById>>>
}

/**
 * Whom the link of a reminder speaks for. Refuses with `not-found` what was never ours, `link-renewed`
 * a former one, `programme-ended` where nothing can be done any more.
 */
export async function reminderHolder(
  db: Reader,
  secret: string,
  token: string,
  now: Date,
): Promise<ReminderHolder | Refusal> {
  const read = readToken(token)
  const mail = read && (await sending.programmeMailById(db, read.id))
  const member = mail && (await members.memberById(db, mail.memberId))
  if (!mail || !member) return refuse('not-found')
  const holder = await holderOf(db, member, now)
  const refused = refusalOf(worthOf(secret, 'reminder', token, member.linkGeneration), holder)
  return refused ?? { ...holder, mail }
}

/**
 * Whose a link is or was, whichever of the two it is: enough to mail them the current one, and to tell
 * nothing. Refuses with `not-found` what was never ours, with `programme-ended` what is over.
 */
export async function formerHolder(
  db: Reader,
  secret: string,
  kind: 'reminder' | 'programme',
  token: string,
  now: Date,
): Promise<Holder | Refusal> {
  const read = readToken(token)
  const mail = read && kind === 'reminder' && (await sending.programmeMailById(db, read.id))
  const memberId = mail ? mail.memberId : read?.id
  const member = memberId && (await members.memberById(db, memberId))
  if (!member) return refuse('not-found')
  const holder = await holderOf(db, member, now)
  const refused = refusalOf(worthOf(secret, kind, token, member.linkGeneration), holder)
  return refused && refused.refused !== 'link-renewed' ? refused : holder
}

/** The same for the link at the foot of every mail, where one pauses or stops. */
export async function programmeHolder(
  db: Reader,
  secret: string,
  token: string,
  now: Date,
): Promise<Holder | Refusal> {
  const read = readToken(token)
  const member = read && (await members.memberById(db, read.id))
  if (!member) return refuse('not-found')
  const holder = await holderOf(db, member, now)
  return refusalOf(worthOf(secret, 'programme', token, member.linkGeneration), holder) ?? holder
}

function refusalOf(worth: ReturnType<typeof worthOf>, { programme }: Holder): Refusal | undefined {
  if (worth === 'none') return refuse('not-found')
  if (worth === 'former') return refuse('link-renewed')
  return programme.status === 'ended' ? refuse('programme-ended') : undefined
}

async function holderOf(db: Reader, member: members.Member, now: Date): Promise<Holder> {
  const programme = (await programmes.programmeById(db, member.programmeId))!
  const region = await regionById(db, member.regionId)
  return { member, programme, today: dateOf(now, region?.timeZone ?? 'UTC') }
}

/** What stands in the mail of the last reminder that left to a person; undefined where none has. */
export async function lastReminderToken(
  db: Reader,
  secret: string,
  programmeId: string,
  personId: string,
): Promise<string | undefined> {
  const member = await members.memberOfPerson(db, programmeId, personId)
  const last = member && (await sending.lastReminderTo(db, member.id))
  return last && deriveToken(secret, 'reminder', last.id, member.linkGeneration)
}

/** The story a mail is about, as it was when the programme chose it. */
export async function storyTold(
  db: Reader,
  programmeId: string,
  position: number,
): Promise<Story | undefined> {
  const step = await stepAt(db, programmeId, position)
  return step && storyOf(db, step.reminderId, step.version)
}

const stepAt = async (db: Reader, programmeId: string, position: number) =>
  (await programmes.stepsOf(db, programmeId)).find((one) => one.position === position)

/**
 * Notes that a reminder was read to its end, and from when on its mission may be asked about. Twice is
 * once; a question is answered on the reader’s device and finishes nothing here.
 * @param recorded it is kept for the learning record store too.
 */
export async function finishReminder(
  trx: Trx,
  { mail, member, programme, today }: ReminderHolder,
  { recorded }: { recorded: boolean },
): Promise<undefined | Refusal> {
  if (mail.kind === 'question') return undefined
  const held = await members.holdMember(trx, member.id)
  const step = await stepAt(trx, programme.id, mail.position)
  const story = step && (await storyOf(trx, step.reminderId, step.version))
  if (!held || !story) return refuse('not-found')
  const first = await sending.noteFinished(trx, mail.id, plusDays(today, story.askAfterDays))
  const { personId } = member
  if (first && recorded) {
    const { reminderId, version } = step
    await recordFinished(trx, { personId, programmeId: programme.id, reminderId, version, today })
  }
  return undefined
}
