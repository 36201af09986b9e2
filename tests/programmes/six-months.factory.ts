import { sql } from 'kysely'
import { expect } from 'vitest'
import { isWorkingDate } from '#server/features/days/days.rules.ts'
import * as members from '#server/features/programmes/programmes.members.queries.ts'
import { type Pause, plusDays } from '#server/features/programmes/programmes.schedule.rules.ts'
import { noteFinished } from '#server/features/programmes/programmes.sending.queries.ts'
import * as programmes from '#server/features/programmes/programmes.service.ts'
import { markLeft } from '#server/features/roster/roster.queries.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { makeRegion, makeSite } from '../roster/roster.factory.ts'
import { cloneDatabase } from '../support/database.ts'
import { pseudoRandom } from '../support/random.ts'
import { launched, programmeInput, storeMany } from './programmes.factory.ts'
import { armDatabase, send, sendCut, sendKilled } from './six-months.senders.ts'

/*
 * A programme lived through: 2,000 people of two regions, from one winter into the next, day by day on
 * a clock that is moved, while people join, leave, pause, stop and finish, directors pause and move
 * dates, and whatever sends is killed. In the end every reminder left exactly once.
 */

const firstDay = '2027-01-29'
export const lastDay = '2027-11-19'
/** Nothing leaves in Paris from the first day on, until the second. */
export const everybodyPaused = { from: '2027-08-02', until: '2027-08-16' }
/** Where the date was first, from when it was moved, and then once more under way. */
export const starts = [
  { from: firstDay, startsOn: '2027-03-01' },
  { from: '2027-02-20', startsOn: '2027-03-15' },
  { from: '2027-04-05', startsOn: '2027-03-22' },
]

const random = pseudoRandom(6)
const below = (count: number) => Math.floor(random() * count)
const pick = <T>(list: readonly T[]): T => list[below(list.length)]!

/** One person, as the test knows them. */
export interface Life {
  memberId: string
  personId: string
  region: 'paris' | 'martinique'
  joinedOn: string
  workshopOn: string | null
  pauses: Pause[]
  /** Days from which on nothing may come, until the second if they came back. */
  stopped: { from: string; until: string | null }[]
  gone: string | null
}

const regions = ['paris', 'martinique'] as const
export const zones = { paris: 'Europe/Paris', martinique: 'America/Martinique' } as const

let database: Awaited<ReturnType<typeof cloneDatabase>>
/** Everybody, by their place in the programme, with what they did. */
export const lives = new Map<string, Life>()
const programmeOf = {} as Record<Life['region'], string>

/** An instant of a date, in UTC. */
export const at = (date: string, time: string) => new Date(`${date}T${time}Z`)
const deciding = (today: string) => ({ by: null, today, now: at(today, '06:30') })

async function learnMembers(region: Life['region'], today: string): Promise<void> {
  for (const member of await members.membersOf(database.db, programmeOf[region])) {
    if (lives.has(member.id)) continue
    const { id: memberId, personId } = member
    const life = { memberId, personId, region, joinedOn: today, workshopOn: null }
    lives.set(memberId, { ...life, pauses: [], stopped: [], gone: null })
  }
}

const ofRegion = (region: Life['region']) =>
  [...lives.values()].filter((life) => life.region === region && !life.gone)

/** What people and directors do on a day, before anything leaves. */
async function liveOneDay(today: string): Promise<void> {
  const { db } = database
  const decider = deciding(today)
  const workingDay = isWorkingDate(today, zones.paris)
  if (workingDay && today <= '2027-04-16' && random() < 0.6) {
    const waiting = ofRegion('paris').filter(({ workshopOn }) => workshopOn === null)
    const taken = waiting.slice(0, today > '2027-04-12' ? waiting.length : 20 + below(80))
    const ids = taken.map(({ personId }) => personId)
    await inTransaction(db, (trx) => programmes.workshopTaken(trx, regionIds.paris, ids, today))
    for (const life of taken) life.workshopOn = today
  }
  for (let leaves = below(4); leaves > 0; leaves--) {
    const life = pick([...lives.values()].filter(({ gone }) => !gone))
    const subject = {
      programmeId: programmeOf[life.region],
      memberId: life.memberId,
      own: random() < 0.5,
    }
    const from = plusDays(today, below(10))
    const pause = { from, until: random() < 0.8 ? plusDays(from, 1 + below(45)) : null }
    if (random() < 0.7) {
      await inTransaction(db, (trx) => programmes.pauseProgramme(trx, subject, pause, decider))
      life.pauses.push(pause)
    } else {
      await inTransaction(db, (trx) =>
        programmes.resumeProgramme(trx, { ...subject, own: true }, decider),
      )
      resumed(life, today)
    }
  }
  // Who paused without an end comes back one day.
  for (const life of lives.values()) {
    if (life.gone || random() > 0.03 || !life.pauses.some(({ until }) => until === null)) continue
    const subject = { programmeId: programmeOf[life.region], memberId: life.memberId, own: true }
    await inTransaction(db, (trx) =>
      programmes.resumeProgramme(trx, { ...subject, own: true }, decider),
    )
    resumed(life, today)
  }
  if (random() < 0.25) {
    const life = pick([...lives.values()].filter(({ gone }) => !gone))
    const last = life.stopped.at(-1)
    const comesBack = last?.until === null
    await inTransaction(db, (trx) => programmes.setStopped(trx, life.memberId, !comesBack, decider))
    if (comesBack) last.until = today
    else life.stopped.push({ from: today, until: null })
  }
  if (random() < 0.06) {
    const life = pick([...lives.values()].filter(({ gone }) => !gone))
    await inTransaction(db, (trx) => markLeft(trx, [life.personId], today))
    life.gone = today
  }
  const moved = starts.find(({ from }) => from === today && from !== firstDay)
  if (moved) await moveStart(moved.startsOn, decider)
  if (today === everybodyPaused.from) {
    const everybody = { programmeId: programmeOf.paris, memberId: null, own: false }
    const open = { from: today, until: null }
    await inTransaction(db, (trx) => programmes.pauseProgramme(trx, everybody, open, decider))
  }
  if (today === everybodyPaused.until) {
    const everybody = { programmeId: programmeOf.paris, memberId: null, own: false }
    await inTransaction(db, (trx) => programmes.resumeProgramme(trx, everybody, decider))
  }
}

const regionIds = {} as Record<Life['region'], string>

function resumed(life: Life, today: string): void {
  life.pauses = life.pauses
    .filter(({ from }) => from < today)
    .map(({ from, until }) => ({ from, until: until === null || until > today ? today : until }))
}

async function moveStart(startsOn: string, decider: ReturnType<typeof deciding>): Promise<void> {
  const id = programmeOf.martinique
  const input = programmeInput({ counted: 'date', startsOn })
  await inTransaction(database.db, async (trx) => {
    const { version } = await trx
      .selectFrom('programmes')
      .select('version')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const refused = await programmes.changeProgramme(trx, { id, seen: version }, input, decider)
    expect(refused).toBeUndefined()
  })
}

/** Two of three finish what they were sent, within two weeks. */
const finishes = new Map<string, string[]>()
/** On which day a reminder was finished, by its mail. */
export const finishedOn = new Map<string, string>()
async function readOneDay(today: string): Promise<void> {
  const rows = await database.db
    .selectFrom('programme_mails')
    .select('id')
    .where('sent_on', '=', today)
    .where('kind', '=', 'reminder')
    .orderBy('id')
    .execute()
  for (const { id } of rows) {
    if (random() > 0.67) continue
    const day = plusDays(today, below(15))
    finishes.set(day, [...(finishes.get(day) ?? []), id])
    finishedOn.set(id, day)
  }
  await inTransaction(database.db, async (trx) => {
    for (const id of finishes.get(today) ?? []) await noteFinished(trx, id, plusDays(today, 5))
  })
}

const joining = new Map([
  ['2027-02-10', 30],
  ['2027-03-30', 30],
  ['2027-04-08', 40],
])

/**
 * Lives through it.
 * @returns what stands in the database in the end.
 */
export async function liveThrough(): Promise<{ left: Left[]; letters: Letter[] }> {
  database = await cloneDatabase()
  const { db, url } = database
  await armDatabase(db)
  const now = at(firstDay, '06:00')
  for (const [region, people] of [
    ['paris', 1_600],
    ['martinique', 300],
  ] as const) {
    const timeZone = zones[region]
    const { regionId } = await makeRegion(db, now, { timeZone })
    regionIds[region] = regionId
    const site = await makeSite(db, now, regionId, { code: `${region}-1` })
    const first = region === 'paris' ? 100_000 : 200_000
    const numbers = Array.from({ length: people }, (_, index) => first + index)
    await storeMany(db, regionId, site.code, numbers, now)
    programmeOf[region] = await launched(
      db,
      regionId,
      { now, today: firstDay },
      region === 'paris' ? {} : { counted: 'date', startsOn: starts[0]!.startsOn },
    )
    await learnMembers(region, firstDay)
  }

  let newcomer = 900_000
  for (let today = firstDay; today <= lastDay; today = plusDays(today, 1)) {
    const joins = joining.get(today) ?? 0
    for (const region of joins > 0 ? regions : []) {
      const numbers = Array.from({ length: joins / 2 }, () => newcomer++)
      await storeMany(db, regionIds[region], `${region}-1`, numbers, now)
    }
    await liveOneDay(today)
    const morning = at(today, `0${7 + below(3)}:${10 + below(50)}`)
    const draw = random()
    if (draw < 0.04) await sendKilled(database, morning, random())
    else if (draw < 0.2) await sendCut(url, morning)
    else if (draw < 0.5) await Promise.all([send(db, morning), send(db, morning)])
    else await send(db, morning)
    if (random() < 0.1) await send(db, at(today, '02:00'))
    await send(db, at(today, '15:10'))
    await send(db, at(today, '20:30'))
    for (const region of joins > 0 ? regions : []) await learnMembers(region, today)
    await readOneDay(today)
  }
  return readAll()
}

/** Closes the database it was lived in. */
export const endOfLife = () => database.close()

export interface Left {
  id: string
  memberId: string
  position: number
  kind: string
  on: string
}
export interface Letter {
  memberId: string
  purpose: string
  /** The mail of the programme its button leads to. */
  about: string
  writtenAt: Date
}
async function readAll(): Promise<{ left: Left[]; letters: Letter[] }> {
  const left = await database.db
    .selectFrom('programme_mails')
    .select(['id', 'member_id as memberId', 'position', 'kind', 'sent_on as on'])
    .orderBy('sent_on')
    .orderBy('id')
    .execute()
  const rows = await database.db
    .selectFrom('outbox')
    .select(['asks_about as memberId', 'purpose', 'created_at as writtenAt'])
    .select(sql<string>`substring(text_body from 'capability:reminder:([0-9a-f-]+)')`.as('about'))
    .execute()
  const letters = rows.map(({ memberId, ...row }) => ({ memberId: memberId ?? '', ...row }))
  return { left, letters }
}
