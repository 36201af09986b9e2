import type { Day } from '#server/features/days/days.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import {
  type ConfirmationBoard,
  type Invited,
  standings,
  type Tally,
} from '#shared/invitations/invitations.board.contract.ts'
import * as queries from './invitations.board.queries.ts'

export type { BoardFilter } from './invitations.board.queries.ts'

/**
 * Where everybody stands whom a published day invited.
 * @param siteIds only these sites; null for all.
 */
export async function boardOf(
  db: Reader,
  day: Day,
  siteIds: string[] | null,
): Promise<Omit<ConfirmationBoard, 'directing'>> {
  const figures = day.publishedAt ? await queries.boardFigures(db, day.id, siteIds) : []
  const sites = new Map(figures.map(({ siteId, siteName }) => [siteId, siteName]))
  const roles = new Map(figures.map((one) => [one.roleId, one]))
  return {
    confirmUntil: day.confirmUntil,
    publishedAt: day.publishedAt,
    hosts: tallyOf(figures.filter(({ side }) => side === 'host')),
    guests: tallyOf(figures.filter(({ side }) => side === 'guest')),
    sites: [...sites]
      .map(([id, name]) => ({ id, name }))
      .sort((one, other) => one.name.localeCompare(other.name)),
    roles: [...roles]
      .map(([id, { nameFr, nameEn }]) => ({ id, nameFr, nameEn }))
      .sort((one, other) => one.nameFr.localeCompare(other.nameFr)),
  }
}

function tallyOf(figures: { standing: Invited['standing']; count: number }[]): Tally {
  const counted = (fits: (standing: Invited['standing']) => boolean) =>
    figures.reduce((sum, { standing, count }) => sum + (fits(standing) ? count : 0), 0)
  const each = Object.fromEntries(
    standings.map((one) => [one, counted((standing) => standing === one)]),
  ) as Record<Invited['standing'], number>
  return { invited: counted(() => true), ...each }
}

/** The people behind the figures; nobody before publication. */
export async function peopleOfBoard(
  db: Reader,
  day: Day,
  filter: queries.BoardFilter,
  limit: number,
): Promise<{ total: number; people: Invited[] }> {
  const people = day.publishedAt ? await queries.boardPeople(db, day.id, filter, limit) : []
  return { total: people[0]?.total ?? 0, people }
}
