import * as days from '#server/features/days/days.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import * as observations from '#server/features/observations/observations.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Desk, DeskCard, Room, Tally } from '#shared/debrief/debrief.contract.ts'
import { mostShown } from '#shared/debrief/debrief.vocabulary.ts'
import type { Moment } from '#shared/observations/observations.contract.ts'
import * as queries from './debrief.queries.ts'
import { isCounted, tallyOf } from './debrief.rules.ts'
import { type Debrief, resultsOf } from './debrief.service.ts'
import { ballotModulus } from './debrief.voting.ts'

/** What the room sees, the same for everybody who looks. */
export async function roomOf(
  db: Reader,
  debrief: Debrief,
  dayName: string,
  secret: string,
): Promise<Room> {
  const dayId = debrief.day_id
  const { step } = debrief
  const showsCards = step === 'read' || step === 'group'
  const cards = showsCards ? await queries.cardsOf(db, dayId, true, {}, undefined, mostShown) : []
  const told = step === 'read' ? [] : await findingsTold(db, debrief)
  const named = new Set([...cards, ...told].map(({ irritantId }) => irritantId))
  const irritants = await days.everyIrritant(db, debrief.region_id)
  return {
    dayId,
    dayName,
    code: debrief.code,
    step,
    hearts: debrief.hearts,
    irritants: irritants.filter(({ id }) => named.has(id)).map(namesOf),
    // Without the mark that is the director’s alone.
    cards: cards.map(({ unmasked: _, ...card }) => card),
    findings: told,
    ballots: debrief.ballots,
    ballotKey: ballotModulus(debrief, secret),
  }
}

const namesOf = ({ id, nameFr, nameEn }: { id: string; nameFr: string; nameEn: string }) => ({
  id,
  nameFr,
  nameEn,
})

async function findingsTold(db: Reader, debrief: Debrief): Promise<Room['findings']> {
  const asTold = ({ id, irritantId, title, observationCount }: findings.Finding) => ({
    id,
    irritantId,
    title,
    observationCount,
  })
  if (!isCounted(debrief.step)) {
    const open = (await findings.findingsOfDay(db, debrief.day_id)).filter(findings.isOpen)
    return open.map((finding) => ({ ...asTold(finding), hearts: null }))
  }
  const outcome = await resultsOf(db, debrief.day_id)
  return (outcome?.results ?? []).map(({ finding, hearts }) => ({
    ...asTold(finding),
    hearts: outcome?.told ? hearts : null,
  }))
}

/** The session as its director sees it; opened or not. */
export async function deskOf(db: Reader, day: days.Day, secret: string): Promise<Desk> {
  const debrief = await queries.debriefOfDay(db, day.id)
  if (!debrief) {
    return {
      dayName: day.name,
      room: null,
      irritants: [],
      roles: [],
      waitingCards: 0,
      ballotsCast: null,
    }
  }
  const hasUrn = debrief.step === 'vote' || debrief.step === 'count'
  return {
    dayName: day.name,
    room: await roomOf(db, debrief, day.name, secret),
    irritants: (await days.everyIrritant(db, day.regionId)).map(namesOf),
    roles: (await roster.rolesOfRegion(db, day.regionId)).map(namesOf),
    waitingCards: await queries.countCards(db, day.id, false),
    ballotsCast: hasUrn ? await queries.countBallots(db, day.id) : null,
  }
}

const cardsAtOnce = 50

interface Page {
  shown: boolean
  after?: string | undefined
  irritantId?: string | undefined
  roleId?: string | undefined
  moment?: Moment | undefined
}

/** One page of a pile, and how many of the pile stand under what. */
export async function cardsPage(
  db: Reader,
  dayId: string,
  { shown, after, roleId, ...choice }: Page,
): Promise<{ cards: DeskCard[]; next: string | null; tally: Tally }> {
  const told = await observations.toldRoles(db, dayId)
  const roles = roleId && told.filter((one) => one.roleId === roleId)
  const chosen = { ...choice, ...(roles ? { roles } : {}) }
  const rows = await queries.cardsOf(db, dayId, shown, chosen, after, cardsAtOnce + 1)
  const cards = rows.slice(0, cardsAtOnce)
  return {
    cards,
    next: rows.length > cardsAtOnce ? (cards.at(-1)?.id ?? null) : null,
    tally: tallyOf(await queries.cardKinds(db, dayId, shown), told),
  }
}
