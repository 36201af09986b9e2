import { regionById } from '#server/features/accounts/accounts.service.ts'
import { isWorkingDate } from '#server/features/days/days.rules.ts'
import { dateOf } from '#server/features/days/days.service.ts'
import { storyOf } from '#server/features/reminders/reminders.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type {
  FoundMember,
  ListedProgramme,
  PlannedStep,
  Programme,
} from '#shared/programmes/programmes.contract.ts'
import type { Audience } from '#shared/programmes/programmes.vocabulary.ts'
import { audienceOf } from './programmes.audience.ts'
import * as members from './programmes.members.queries.ts'
import * as queries from './programmes.queries.ts'
import { anchorOf } from './programmes.rules.ts'
import { type Pause, scheduleOf } from './programmes.schedule.rules.ts'
import * as sending from './programmes.sending.queries.ts'

/** The programmes of a region, the newest first. */
export async function programmesOf(
  db: Reader,
  regionId: string,
  now: Date,
): Promise<{ today: string; programmes: ListedProgramme[] }> {
  const region = await regionById(db, regionId)
  const today = dateOf(now, region?.timeZone ?? 'UTC')
  const listed: ListedProgramme[] = []
  for (const programme of await queries.programmesOfRegion(db, regionId)) {
    const { id, name, status, counted, startsOn } = programme
    const pauses = await members.pausesOf(db, id, [])
    listed.push({
      id,
      name,
      status,
      counted,
      startsOn,
      reminders: (await queries.stepsOf(db, id)).length,
      people: (await peopleIn(db, programme, today)).length,
      paused: pauses.some((pause) => isIn(pause, today)),
    })
  }
  return { today, programmes: listed }
}

export const isIn = ({ from, until }: Pause, today: string): boolean =>
  from <= today && (until === null || today < until)

const isComing = ({ until }: Pause, today: string) => until === null || today < until

/** Somebody of a programme, as far as its picture is made of them. */
interface Traveller {
  id: string
  personId: string
  joinedOn: string
  workshopOn: string | null
}

/** Whoever is in it; of a draft, whoever would be, joining today. */
async function peopleIn(
  db: Reader,
  programme: queries.ProgrammeRow,
  today: string,
): Promise<Traveller[]> {
  if (programme.status !== 'draft') return members.membersOf(db, programme.id)
  const people = await audienceOf(db, programme.regionId, programme.audience as Audience)
  return people.map(({ id }) => ({ id, personId: id, joinedOn: today, workshopOn: null }))
}

/** A programme as its director reads it. */
export async function programmeView(db: Reader, id: string, now: Date): Promise<Programme> {
  const programme = (await queries.programmeById(db, id))!
  const region = (await regionById(db, programme.regionId))!
  const today = dateOf(now, region.timeZone)
  const people = await peopleIn(db, programme, today)
  const reached = await roster.peopleByIds(
    db,
    people.map(({ personId }) => personId),
  )
  const everybodys = await members.pausesOf(db, id, [])
  return {
    id,
    regionId: programme.regionId,
    name: programme.name,
    audience: programme.audience as Audience,
    counted: programme.counted,
    startsOn: programme.startsOn,
    monthsBetween: programme.monthsBetween,
    status: programme.status,
    version: programme.version,
    today,
    people: people.length,
    withoutAddress: reached.filter(({ email }) => email === null).length,
    awaiting: people.filter((one) => anchorOf(programme, one) === null).length,
    steps: await plannedSteps(db, programme, people, today, region.timeZone),
    pauses: everybodys
      .filter((pause) => isComing(pause, today))
      .map(({ from, until }) => ({ from, until })),
  }
}

/** {@link plannedSteps} of a programme with other dates than it has. */
export async function stepsWithDates(
  db: Reader,
  id: string,
  dates: Pick<queries.ProgrammeRow, 'startsOn' | 'monthsBetween'>,
  now: Date,
): Promise<PlannedStep[]> {
  const programme = { ...(await queries.programmeById(db, id))!, ...dates }
  const region = (await regionById(db, programme.regionId))!
  const today = dateOf(now, region.timeZone)
  const people = await peopleIn(db, programme, today)
  return plannedSteps(db, programme, people, today, region.timeZone)
}

/**
 * Each reminder with the months in which it reaches people. Who stopped, or paused by themselves, is
 * counted as if they had not: the picture must not tell.
 */
async function plannedSteps(
  db: Reader,
  programme: queries.ProgrammeRow,
  people: readonly Traveller[],
  today: string,
  timeZone: string,
): Promise<PlannedStep[]> {
  const steps = await queries.stepsOf(db, programme.id)
  const ids = people.map(({ id }) => id)
  const pausesBy = Map.groupBy(await members.decidedPauses(db, programme.id), (one) => one.memberId)
  const leftBy = Map.groupBy(await sending.leftTo(db, ids), ({ memberId }) => memberId)
  const isWorkingDay = (date: string) => isWorkingDate(date, timeZone)
  const dates = new Map<number, string[]>()
  for (const person of people) {
    const anchorOn = anchorOf(programme, person)
    if (anchorOn === null) continue
    const sent = (leftBy.get(person.id) ?? []).filter(({ kind }) => kind === 'reminder')
    const { counted, monthsBetween } = programme
    const pauses = [...(pausesBy.get(null) ?? []), ...(pausesBy.get(person.id) ?? [])]
    const plan = { anchorOn, counted, monthsBetween, steps: steps.length, pauses, sent }
    for (const { position, on } of [...sent, ...scheduleOf({ ...plan, today, isWorkingDay })]) {
      if (on !== null) dates.set(position, [...(dates.get(position) ?? []), on])
    }
  }
  const planned: PlannedStep[] = []
  for (const { position, reminderId, version } of steps) {
    const story = await storyOf(db, reminderId, version)
    const of = (dates.get(position) ?? []).toSorted()
    planned.push({
      position,
      reminder: reminderId,
      title: story?.title ?? {},
      teaser: story?.teaser ?? {},
      earliest: of[0] ?? null,
      latest: of.at(-1) ?? null,
      months: [...Map.groupBy(of, (on) => on.slice(0, 7))].map(([month, those]) => ({
        month,
        people: those.length,
      })),
    })
  }
  return planned
}

/** People of a programme whose name holds what is looked for, with what directors decided for them. */
export async function findMembers(
  db: Reader,
  programme: queries.ProgrammeRow,
  search: string,
  now: Date,
): Promise<FoundMember[]> {
  const region = await regionById(db, programme.regionId)
  const today = dateOf(now, region?.timeZone ?? 'UTC')
  const found = await roster.findPeople(db, programme.regionId, { search, limit: 40 })
  const memberBy = new Map(
    (await members.membersOf(db, programme.id)).map((one) => [one.personId, one.id]),
  )
  const pauses = await members.decidedPauses(db, programme.id)
  return found.people.flatMap(({ id, firstName, lastName, siteName }) => {
    const memberId = memberBy.get(id)
    if (!memberId) return []
    const theirs = pauses.filter((one) => one.memberId === memberId && isComing(one, today))
    const spans = theirs.map(({ from, until }) => ({ from, until }))
    return [{ personId: id, firstName, lastName, siteName, pauses: spans }]
  })
}
