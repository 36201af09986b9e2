import { randomInt } from 'node:crypto'
import { DateTime } from 'luxon'
import * as answers from '#server/features/answers/answers.service.ts'
import { isWorkingDate } from '#server/features/days/days.rules.ts'
import { audienceOf } from '#server/features/programmes/programmes.audience.ts'
import {
  finishReminder,
  lastReminderToken,
  reminderHolder,
} from '#server/features/programmes/programmes.links.ts'
import { plusDays, plusMonths } from '#server/features/programmes/programmes.schedule.rules.ts'
import { sendProgrammesWithin } from '#server/features/programmes/programmes.sending.ts'
import * as programmes from '#server/features/programmes/programmes.service.ts'
import { shippedStories } from '#server/features/reminders/reminders.shipped.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { newUntimedId } from '#server/platform/identity.ts'
import { withdrawAsking } from '#server/platform/outbox/outbox.service.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import type { Services } from '#server/platform/services.ts'
import type { ReminderAnswer } from '#shared/reminders/reminders.questions.ts'
import type { Story } from '#shared/reminders/reminders.story.ts'
import { accepted } from './accepted.ts'
import { programmeSites, region } from './cast.ts'

/** What the months are played in. */
interface Stage extends Pick<Services, 'secret' | 'mailDomain' | 'clock'> {
  trx: Trx
  regionId: string
  /** Account of the director. */
  director: string
}

/** Months that lie behind: the last reminder of six is still to come. */
const monthsLived = 5
/** The reminder of a month leaves, is read two days later, and its mission asked about a week after. */
const readAfter = 2
const askedAfter = 9

/**
 * Plays a programme some months long, on dates of their own: reminders leave, most people read them and
 * answer, a little warmer each month, and what they answered is told by fives. Three shops are enough
 * for a group of one site, and for one where two small ones are counted together.
 * @param reader keeps their last reminder unread, and its mail.
 */
export async function playProgramme(stage: Stage, reader: string): Promise<void> {
  const { trx, mailDomain, clock } = stage
  const today = DateTime.fromJSDate(clock.now(), { zone: region.timeZone }).toISODate() ?? ''
  // The last month is over, question included.
  const startsOn = plusDays(plusMonths(today, 1 - monthsLived), -askedAfter - 7)
  const programmeId = await launched(stage, startsOn)
  const members = await programmes.membersOf(trx, programmeId)
  const credentials = new Map<string, string>()
  for (let month = 0; month < monthsLived; month++) {
    const leavesOn = nextWorkingDate(plusMonths(startsOn, month))
    await sendProgrammesWithin(trx, afternoonOf(leavesOn), mailDomain)
    const isLast = month === monthsLived - 1
    const readers = members.filter(
      ({ personId }, index) => (index + month) % 5 > 0 && !(isLast && personId === reader),
    )
    const told = { ...stage, programmeId, position: month + 1, credentials }
    for (const [index, { personId }] of readers.entries()) {
      await readAndAnswer(told, personId, index, afternoonOf(plusDays(leavesOn, readAfter)))
    }
    const askedOn = nextWorkingDate(plusDays(leavesOn, askedAfter))
    await sendProgrammesWithin(trx, afternoonOf(askedOn), mailDomain)
    await tellAnswers(stage, programmeId, afternoonOf(plusDays(askedOn, 1)))
    // What lies months back comes to no mailbox today.
    for (const { id, personId } of members) {
      if (!isLast || personId !== reader) await withdrawAsking(trx, id)
    }
  }
}

/** The link of the last reminder somebody got. */
export async function reminderTokenOf(
  db: Reader,
  secret: string,
  regionId: string,
  personId: string,
): Promise<string | undefined> {
  const [programme] = await programmes.programmesOfRegion(db, regionId)
  return programme && lastReminderToken(db, secret, programme.id, personId)
}

async function launched({ trx, regionId, director }: Stage, startsOn: string): Promise<string> {
  const now = afternoonOf(plusDays(startsOn, -3))
  const decider = { by: director, now, today: plusDays(startsOn, -3) }
  const sites = await roster.sitesOfRegion(trx, regionId)
  const siteIds = sites.filter(({ code }) => programmeSites.includes(code)).map(({ id }) => id)
  const audience = { who: 'frontline' as const, roleIds: [], siteIds }
  const input = {
    name: 'Six mois pour de vrai',
    audience,
    counted: 'date' as const,
    startsOn,
    monthsBetween: 1,
    reminders: [...shippedStories],
  }
  const id = accepted(await programmes.createProgramme(trx, regionId, input, decider))
  const people = (await audienceOf(trx, regionId, audience)).length
  accepted(await programmes.launchProgramme(trx, { id, seen: 1, people }, decider))
  return id
}

interface Told extends Stage {
  programmeId: string
  position: number
  /** By person: asked for once, as a group’s stays the same. */
  credentials: Map<string, string>
}

/** Reads a reminder to its end and answers, as a phone would. */
async function readAndAnswer(
  { trx, secret, programmeId, position, credentials }: Told,
  personId: string,
  index: number,
  now: Date,
): Promise<void> {
  const token = await lastReminderToken(trx, secret, programmeId, personId)
  // Without an address nothing leaves to them.
  if (!token) return
  const holder = accepted(await reminderHolder(trx, secret, token, now))
  const story = await programmes.storyTold(trx, programmeId, position)
  if (!story) return
  accepted(await finishReminder(trx, holder, { recorded: false }))
  const credential =
    credentials.get(personId) ??
    accepted(await answers.answering(trx, secret, token, now)).credential
  credentials.set(personId, credential)
  for (const answer of answersTo(story, position, index)) {
    const sent = { id: newUntimedId(), credential, position, ...answer }
    accepted(await answers.receive(trx, secret, sent, now, randomInt))
  }
}

/** From grey towards warm over the months; each person somewhere of their own. */
function answersTo(story: Story, position: number, index: number): ReminderAnswer[] {
  const byWarmth = story.reactions.toSorted((a, b) => a.warmth - b.warmth)
  const warmth = Math.min(byWarmth.length - 1, Math.floor((position + (index % 4)) / 2.2))
  const outcome = (['well', 'well', 'so-so', 'well', 'hard', 'not-yet'] as const)[index % 6]!
  return [
    { question: 'began', value: 'yes' },
    { question: 'reaction', value: byWarmth[warmth]!.id },
    { question: 'technique', value: story.techniques[index % story.techniques.length]!.id },
    { question: 'mission', value: story.missions[index % story.missions.length]!.id },
    ...(index % 3 > 0 ? [{ question: 'outcome' as const, value: outcome }] : []),
  ]
}

/** What waits is mixed, then told on a Monday. */
async function tellAnswers({ trx, secret }: Stage, programmeId: string, now: Date): Promise<void> {
  await answers.mixDue(trx, secret, now, randomInt)
  await answers.releaseAnswers(trx, secret, programmeId, now, randomInt)
}

function nextWorkingDate(date: string): string {
  return isWorkingDate(date, region.timeZone) ? date : nextWorkingDate(plusDays(date, 1))
}

/** Three in the afternoon: everybody’s minute of the morning has come. */
const afternoonOf = (date: string) =>
  DateTime.fromISO(`${date}T15:00`, { zone: region.timeZone }).toJSDate()
