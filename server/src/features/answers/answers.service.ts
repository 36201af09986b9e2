import { releaseInstant, shuffled } from '#server/features/observations/observations.rules.ts'
import { namesToSpot } from '#server/features/observations/observations.service.ts'
import * as programmes from '#server/features/programmes/programmes.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import { deriveToken, readToken, verifyToken } from '#server/platform/capabilities.ts'
import { newUntimedId } from '#server/platform/identity.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Answering, SentAnswer } from '#shared/answers/answers.contract.ts'
import * as queries from './answers.queries.ts'
import {
  cellFor,
  cellsOf,
  leastAnswers,
  type Place,
  releasable,
  releasableAtEnd,
  summed,
  type Tally,
} from './answers.release.rules.ts'
import { isOffered, mondayOf, withMore } from './answers.rules.ts'
import {
  openAnswer,
  openWaiting,
  sealAnswer,
  sealWaiting,
  type Waiting,
} from './answers.sealing.ts'
import type { CountedQuestion } from './answers.table.ts'

/** Gives a whole number from 0 up to, not including, its argument. */
type Draw = (below: number) => number

const credentialKind = 'answers'
/** A credential ends with its programme, not before: renewed for one, it would tell that one apart. */
const credentialGeneration = 1

/** What the holder of a reminder’s link answers with: all of it the same for their whole cell. */
export async function answering(
  trx: Trx,
  secret: string,
  token: string,
  now: Date,
): Promise<Answering | Refusal> {
  const holder = await programmes.reminderHolder(trx, secret, token, now)
  if (isRefusal(holder)) return holder
  const { member, programme } = holder
  // Their story still opens; the group and its colleagues’ names are theirs no more.
  if ((await roster.personById(trx, member.personId))?.leftOn) return refuse('holder-left')
  const cells = await partedCells(trx, programme.id)
  const [place] = await placesOf(trx, [member.personId])
  const cell = place && cellFor(cells, place)
  if (!cell) return refuse('not-found')
  return {
    credential: deriveToken(secret, credentialKind, cell.id, credentialGeneration),
    names: await namesToSpot(trx, programme),
  }
}

/** The cells of a programme, parted now where nobody has opened a reminder yet; two at once part them once. */
async function partedCells(trx: Trx, programmeId: string): Promise<queries.CellRow[]> {
  const known = await queries.cellsOfProgramme(trx, programmeId)
  if (known.length > 0) return known
  await queries.holdWaiting(trx, programmeId)
  const meanwhile = await queries.cellsOfProgramme(trx, programmeId)
  if (meanwhile.length > 0) return meanwhile
  const members = await programmes.membersOf(trx, programmeId)
  const places = await placesOf(
    trx,
    members.map(({ personId }) => personId),
  )
  await queries.insertCells(
    trx,
    cellsOf(places).map(({ siteId, roleId, people }) => ({
      id: newUntimedId(),
      programme_id: programmeId,
      site_id: siteId,
      role_id: roleId,
      people,
    })),
  )
  return queries.cellsOfProgramme(trx, programmeId)
}

async function placesOf(db: Reader, personIds: string[]): Promise<Place[]> {
  const roles = await roster.rolesOfPeople(db, personIds)
  const people = await roster.peopleByIds(db, personIds)
  return people.map(({ id, siteId }) => ({ siteId, roleId: roles.get(id) ?? null }))
}

// From here on nothing is given a caller, a session or a person: what it does not know it cannot
// write down.

/** Takes one answer in, sealed. The random id is the only memory of a retry: the same one again is that answer. */
export async function receive(
  trx: Trx,
  secret: string,
  { id, credential, position, question, value }: SentAnswer,
  now: Date,
  draw: Draw,
): Promise<{ received: true } | Refusal> {
  const isOurs = verifyToken(secret, credentialKind, credential, credentialGeneration)
  const cellId = isOurs ? readToken(credential)?.id : undefined
  const cell = cellId && (await queries.cellById(trx, cellId))
  if (!cell) return refuse('link-expired')
  const { programmeId } = cell
  const programme = await programmes.programmeById(trx, programmeId)
  if (programme?.status !== 'running') return refuse('programme-ended')
  const story = await programmes.storyTold(trx, programmeId, position)
  if (!story || !isOffered(story, { question, value })) return refuse('not-found')
  const sealed = sealAnswer(secret, { programmeId, cellId: cell.id, position, question, value })
  await queries.insertIntake(trx, { id, sealed, release_at: releaseInstant(now, draw) })
  // Asked afterwards: it may have been mixed in while this try waited for its place.
  if (await queries.isKnown(trx, id)) await queries.deleteIntake(trx, id)
  return { received: true }
}

/** Adds what is due to what waits of its programme: afterwards no row is one person’s answer. */
export async function mixDue(trx: Trx, secret: string, now: Date, draw: Draw): Promise<void> {
  const due = shuffled(await queries.takeDue(trx, now), draw)
  if (due.length === 0) return
  await queries.insertKnown(
    trx,
    due.map(({ id }) => id),
    mondayOf(now),
  )
  const answers = due.flatMap(({ sealed }) => openAnswer(secret, sealed) ?? [])
  const byProgramme = [...Map.groupBy(answers, ({ programmeId }) => programmeId)]
  // In one order everywhere: two processes would otherwise wait for one another.
  for (const [programmeId, own] of byProgramme.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const waiting = openWaiting(secret, await queries.holdWaiting(trx, programmeId))
    if (!(await programmes.programmeById(trx, programmeId))) continue
    await queries.keepWaiting(trx, programmeId, sealWaiting(secret, withMore(waiting, own)))
  }
}

/** Programmes of which something waits to be told. */
export const waitingProgrammes = queries.programmesWaiting

/** How long a phone that was out of reach may repeat itself without being counted twice. */
const knownDays = 63

/**
 * Tells what five or more people of a cell answered since, and once the programme is over the rest by
 * fives of all cells together; what is still too few then is forgotten.
 */
export async function releaseAnswers(
  trx: Trx,
  secret: string,
  programmeId: string,
  now: Date,
  draw: Draw,
): Promise<void> {
  const waiting = openWaiting(secret, await queries.holdWaiting(trx, programmeId))
  const programme = await programmes.programmeById(trx, programmeId)
  const others = (await queries.cellsOfProgramme(trx, programmeId)).at(-1)?.id
  if (!programme || !others) return
  const isOver = programme.status === 'ended'
  const told = isOver ? releasableAtEnd(waiting.tallies, others) : releasable(waiting.tallies)
  await tell(trx, [...told, ...(await newlyFinished(trx, programmeId, others))])
  const lines = linesToTell(waiting)
  await queries.insertLines(
    trx,
    shuffled(lines, draw).map((line) => ({ programme_id: programmeId, ...line })),
  )
  const rest = {
    tallies: waiting.tallies.filter((one) => !told.includes(one)),
    lines: waiting.lines.filter((one) => !lines.includes(one)),
  }
  if (isOver) await queries.deleteWaiting(trx, programmeId)
  else await queries.keepWaiting(trx, programmeId, sealWaiting(secret, rest))
  await queries.forgetKnown(trx, mondayOf(new Date(now.getTime() - knownDays * 86_400_000)))
}

async function tell(trx: Trx, tallies: readonly Tally[]): Promise<void> {
  const rows = summed(tallies).map(({ cellId, question, ...one }) => ({
    cell_id: cellId,
    // What waits was read by its schema when it came.
    question: question as CountedQuestion,
    ...one,
  }))
  await queries.addCounts(trx, rows)
}

/** How many more have finished each reminder than is told, where that is five or more. */
async function newlyFinished(trx: Trx, programmeId: string, others: string): Promise<Tally[]> {
  const counts = await queries.countsOf(trx, programmeId)
  const finished = await programmes.finishedPerStep(trx, programmeId)
  return finished.flatMap(({ position, count }) => {
    const known = counts.find((one) => one.question === 'finished' && one.position === position)
    const more = count - (known?.count ?? 0)
    if (more < leastAnswers) return []
    return [{ cellId: others, position, question: 'finished', value: 'yes', count: more }]
  })
}

/** Lines of one reminder, answering one question, of which five wait. */
function linesToTell({ lines }: Waiting): Waiting['lines'] {
  const groups = Map.groupBy(lines, ({ position, question }) => `${position} ${question}`)
  return [...groups.values()].filter((group) => group.length >= leastAnswers).flat()
}
