import { DateTime } from 'luxon'
import { languagesOf, regionById } from '#server/features/accounts/accounts.service.ts'
import { isWorkingDate, isWorkingHour, workingHours } from '#server/features/days/days.rules.ts'
import { dateOf } from '#server/features/days/days.service.ts'
import { storyOf } from '#server/features/reminders/reminders.service.ts'
import { fullName } from '#server/features/roster/roster.rules.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { capabilityPlaceholder } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { enqueueMails, type Mail } from '#server/platform/outbox/outbox.service.ts'
import {
  type Database,
  inTransaction,
  type Reader,
  type Trx,
} from '#server/platform/postgres/database.ts'
import type { ProgrammeMailKind } from '#shared/programmes/programmes.vocabulary.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { programmeMail } from './programmes.mails.ts'
import * as members from './programmes.members.queries.ts'
import * as programmes from './programmes.queries.ts'
import { anchorOf, dueToday, inLanguage, type Left, minuteOf } from './programmes.rules.ts'
import * as sending from './programmes.sending.queries.ts'
import { gatherPeople } from './programmes.service.ts'

/** Held together while their mails are written: enough to be quick, few enough to let others in. */
const portion = 250
const lowestId = '00000000-0000-0000-0000-000000000000'

/** Where and when the sender is. */
interface Moment {
  now: Date
  /** The date where the region is. */
  today: string
  timeZone: string
  /** Since the working morning began there; below 0 before it. */
  minutes: number
}

/**
 * Sends what is due of all programmes that run, in the working hours of their region. It may be called
 * as often as one likes, by any number of processes, and be killed at any point: each mail is written
 * with the row that says it left, once.
 */
export function sendProgrammes(db: Database, now: Date, mailDomain: string): Promise<void> {
  return sendAll(db, (work) => inTransaction(db, work), now, mailDomain)
}

/** The same within a transaction of the caller’s, all or nothing. */
export function sendProgrammesWithin(trx: Trx, now: Date, mailDomain: string): Promise<void> {
  return sendAll(trx, (work) => work(trx), now, mailDomain)
}

type Within = <T>(work: (trx: Trx) => Promise<T>) => Promise<T>

async function sendAll(db: Reader, within: Within, now: Date, mailDomain: string): Promise<void> {
  for (const programme of await programmes.runningProgrammes(db)) {
    const region = await regionById(db, programme.regionId)
    const moment = region && momentIn(region.timeZone, now)
    if (!moment) continue
    if (programme.gatheredOn !== moment.today) {
      await within((trx) => gatherPeople(trx, programme.id, moment.today, now))
    }
    const steps = await programmes.stepsOf(db, programme.id)
    const letters = { steps, stories: new Map(), fromName: region.name, mailDomain }
    for (let after: string | undefined = lowestId; after; ) {
      const last: string = after
      after = await within((trx) => sendPortion(trx, programme.id, moment, last, letters))
    }
  }
}

/** Nothing at night, on a weekend or on a holiday there. */
function momentIn(timeZone: string, now: Date): Moment | undefined {
  const today = dateOf(now, timeZone)
  if (!isWorkingDate(today, timeZone) || !isWorkingHour(now, timeZone)) return undefined
  const local = DateTime.fromJSDate(now, { zone: timeZone })
  return { now, today, timeZone, minutes: (local.hour - workingHours.opens) * 60 + local.minute }
}

interface Letters {
  steps: readonly { position: number; reminderId: string; version: number }[]
  /** Read when the first mail needs one: mostly, nothing is due. */
  stories: Map<number, Story>
  fromName: string
  mailDomain: string
}

async function storyAt(db: Reader, { steps, stories }: Letters, position: number) {
  const read = stories.get(position)
  const step = steps.find((one) => one.position === position)
  if (read || !step) return read
  const story = await storyOf(db, step.reminderId, step.version)
  if (story) stories.set(position, story)
  return story
}

interface Due {
  memberId: string
  personId: string
  /** Of the person’s links. */
  generation: number
  position: number
  kind: ProgrammeMailKind
  /** The row of the reminder it is about, where that left before. */
  reminderMailId: string | undefined
}

/** @returns where the next portion begins; undefined after the last, and where nothing may leave. */
async function sendPortion(
  trx: Trx,
  programmeId: string,
  moment: Moment,
  after: string,
  letters: Letters,
): Promise<string | undefined> {
  const programme = await programmes.holdProgramme(trx, programmeId, 'share')
  if (programme?.status !== 'running') return undefined
  const { today } = moment
  const steps = letters.steps.length
  const claimed = await sending.claimPeople(trx, programme, { steps, today, after, most: portion })
  const last = claimed.at(-1)
  if (!last) return undefined
  const due = await dueAmong(trx, programme, claimed, moment, steps)
  await sendDue(trx, programme, due, moment, letters)
  return claimed.length === portion ? last.id : undefined
}

async function dueAmong(
  trx: Trx,
  programme: programmes.ProgrammeRow,
  claimed: readonly sending.Claimed[],
  { today, timeZone, minutes }: Moment,
  steps: number,
): Promise<Due[]> {
  const ids = claimed.map(({ id }) => id)
  const leftBy = Map.groupBy(await sending.leftTo(trx, ids), ({ memberId }) => memberId)
  const pauses = await members.pausesOf(trx, programme.id, ids)
  return claimed.flatMap((member) => {
    const anchorOn = anchorOf(programme, member)
    if (anchorOn === null || minutes < minuteOf(member.personId)) return []
    const left = leftBy.get(member.id) ?? []
    const due = dueToday({
      anchorOn,
      counted: programme.counted,
      monthsBetween: programme.monthsBetween,
      steps,
      pauses: pauses.filter(({ memberId }) => memberId === null || memberId === member.id),
      left,
      today,
      isWorkingDay: (date) => isWorkingDate(date, timeZone),
    })
    return due ? [{ ...due, ...named(member), reminderMailId: reminderAt(left, due.position) }] : []
  })
}

const named = ({ id, personId, generation }: sending.Claimed) => ({
  memberId: id,
  personId,
  generation,
})

const reminderAt = (left: readonly (Left & { id: string })[], position: number) =>
  left.find((one) => one.kind === 'reminder' && one.position === position)?.id

/** Writes what is due and its mails: neither exists without the other. */
async function sendDue(
  trx: Trx,
  { regionId, name }: programmes.ProgrammeRow,
  due: readonly Due[],
  { now, today }: Moment,
  letters: Letters,
): Promise<void> {
  const rows = due.map((one) => ({ ...one, id: newId(now) }))
  const written = await sending.insertProgrammeMails(
    trx,
    rows.map(({ id, memberId, position, kind }) => ({
      id,
      member_id: memberId,
      position,
      kind,
      sent_on: today,
    })),
  )
  const leaving = rows.filter((row) => written.has(row.id))
  const asked = leaving.filter(({ kind }) => kind === 'question')
  await sending.noteAsked(
    trx,
    asked.flatMap(({ reminderMailId }) => reminderMailId ?? []),
  )
  const people = await roster.peopleByIds(
    trx,
    leaving.map(({ personId }) => personId),
  )
  const person = new Map(people.map((one) => [one.id, one]))
  const accountIds = people.flatMap(({ accountId }) => accountId ?? [])
  const languages = await languagesOf(trx, accountIds)
  for (const { position } of leaving) await storyAt(trx, letters, position)
  const { stories, fromName, mailDomain } = letters
  const mails = leaving.flatMap(
    ({ kind, position, personId, memberId, generation, ...row }): Mail[] => {
      const reader = person.get(personId)
      const story = stories.get(position)
      if (!reader?.email || !story) return []
      const language = languages.get(reader.accountId ?? '') ?? 'fr'
      // A word more leads to the reminder itself; a question has a page of its own.
      const target = kind === 'nudge' ? (row.reminderMailId ?? row.id) : row.id
      return [
        {
          regionId,
          purpose: `programme-${kind}`,
          to: { name: fullName(reader), address: reader.email },
          language,
          fromName,
          // Whoever stops before it leaves does not get it.
          asksAbout: memberId,
          ...programmeMail(kind, {
            language,
            firstName: reader.firstName,
            title: inLanguage(story.title, language),
            teaser: inLanguage(story.teaser, language),
            programmeName: name,
            link: capabilityPlaceholder('reminder', target, generation),
            leave: capabilityPlaceholder('programme', memberId, generation),
          }),
        },
      ]
    },
  )
  await enqueueMails(trx, mails, now, mailDomain)
}
