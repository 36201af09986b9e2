import { otherIrritant } from '#server/features/days/days.rules.ts'
import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type {
  Finding,
  Findings,
  Original,
  Pile,
  SeenCard,
} from '#shared/findings/findings.contract.ts'
import { likenessesOf } from './findings.likeness.queries.ts'
import * as queries from './findings.queries.ts'
import { pilesOf, similarFrom } from './findings.rules.ts'

/** Cards shown, and asked about, at a time. */
const cardsAtOnce = 50
/** Offered beside one observation; more would have to be searched in turn. */
const similarAtOnce = 5

interface Page {
  irritantId?: string | undefined
  after?: string | undefined
}

/** A day's findings, and what is left to group, irritant by irritant. */
export async function findingsView(db: Reader, day: days.Day): Promise<Findings> {
  const findings = await queries.findingsOfDay(db, day.id)
  const counts = new Map(
    (await queries.ungroupedCounts(db, day.id)).map(({ irritantId, count }) => [irritantId, count]),
  )
  const used = new Set([...counts.keys(), ...findings.map(({ irritantId }) => irritantId)])
  const irritants = await days.everyIrritant(db, day.regionId)
  return {
    dayName: day.name,
    regionId: day.regionId,
    irritants: irritants
      .filter(({ id, archived }) => !archived || used.has(id))
      .map(({ id, code, nameFr, nameEn, archived }) => ({
        id,
        isOther: code === otherIrritant,
        nameFr,
        nameEn,
        archived,
        ungroupedCount: counts.get(id) ?? 0,
      })),
    findings,
  }
}

/** A finding with a page of its originals. */
export async function findingView(
  db: Reader,
  dayId: string,
  findingId: string,
  after: string | undefined,
): Promise<{ finding: Finding; originals: Original[]; next: string | null } | Refusal> {
  const finding = await queries.findingById(db, findingId)
  if (finding?.dayId !== dayId) return refuse('not-found')
  const rows = await queries.originalsPage(db, findingId, after, cardsAtOnce + 1)
  const { shown, next } = cut(rows)
  return { finding, originals: await withFirstNames(db, shown), next }
}

export async function ungroupedView(
  db: Reader,
  dayId: string,
  page: Page,
): Promise<{ cards: SeenCard[]; next: string | null }> {
  const { shown, next } = cut(await queries.ungroupedPage(db, dayId, page, cardsAtOnce + 1))
  return { cards: await withFirstNames(db, shown), next }
}

/** Piles around the observations of that same page; their other cards come from the whole day. */
export async function suggestionsView(
  db: Reader,
  dayId: string,
  page: Page,
): Promise<{ piles: Pile[] }> {
  const asked = await queries.ungroupedPage(db, dayId, page, cardsAtOnce)
  const ids = asked.map(({ id }) => id)
  if (ids.length === 0) return { piles: [] }
  const piles = pilesOf(ids, await likenessesOf(db, dayId, ids))
  const members = piles.flatMap((pile) => pile.ids)
  const cards = await cardsById(db, dayId, members)
  return {
    piles: piles.map(({ findingId, ids }) => ({
      findingId,
      cards: ids.flatMap((id) => cards.get(id) ?? []),
    })),
  }
}

/** The closest observations in no finding; none where nothing is close. */
export async function similarView(
  db: Reader,
  dayId: string,
  observationId: string,
): Promise<{ cards: SeenCard[] } | Refusal> {
  const [asked] = await queries.cardsByIds(db, dayId, [observationId])
  if (!asked) return refuse('not-found')
  const ids = (await likenessesOf(db, dayId, [observationId]))
    .filter(({ score, findingId }) => score >= similarFrom && findingId === null)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, similarAtOnce)
    .map(({ id }) => id)
  const cards = await cardsById(db, dayId, ids)
  return { cards: ids.flatMap((id) => cards.get(id) ?? []) }
}

function cut<T extends { id: string }>(rows: T[]): { shown: T[]; next: string | null } {
  const shown = rows.slice(0, cardsAtOnce)
  return { shown, next: rows.length > cardsAtOnce ? (shown.at(-1)?.id ?? null) : null }
}

async function cardsById(db: Reader, dayId: string, ids: string[]): Promise<Map<string, SeenCard>> {
  if (ids.length === 0) return new Map()
  const cards = await withFirstNames(db, await queries.cardsByIds(db, dayId, ids))
  return new Map(cards.map((card) => [card.id, card]))
}

/** A first name only where its author chose to give it, as everywhere a director reads. */
async function withFirstNames<T extends { authorId: string | null }>(
  db: Reader,
  rows: T[],
): Promise<(Omit<T, 'authorId'> & { firstName: string | null })[]> {
  const authorIds = [...new Set(rows.flatMap(({ authorId }) => authorId ?? []))]
  const people = authorIds.length > 0 ? await roster.peopleByIds(db, authorIds) : []
  const names = new Map(people.map(({ id, firstName }) => [id, firstName]))
  return rows.map(({ authorId, ...seen }) => ({
    ...seen,
    firstName: authorId === null ? null : (names.get(authorId) ?? null),
  }))
}
