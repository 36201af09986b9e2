import * as days from '#server/features/days/days.service.ts'
import * as roster from '#server/features/roster/roster.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import type { Pictures, ToldVerbatim } from '#shared/observations/observations.pictures.contract.ts'
import {
  type Cell,
  type Folding,
  foldedDay,
  type Group,
  isIn,
  type Part,
  smallestGroup,
  sumOf,
  tableOf,
  traits,
} from './observations.folding.rules.ts'
import * as queries from './observations.pictures.queries.ts'

/** Verbatims shown at a time; a projector holds fewer. */
const verbatimsAtOnce = 50

/** What every picture of a day adds up; archived irritants only where they are told of. */
export async function picturesOf(db: Reader, day: days.Day): Promise<Pictures> {
  const folding = await foldingOf(db, day.id)
  const { crossed, apart } = folding
  const toldIrritants = new Set(crossed.map(({ irritantId }) => irritantId))
  const toldSites = new Set(tableOf(folding, 'siteId').map(({ siteId }) => siteId))
  const irritants = await days.everyIrritant(db, day.regionId)
  const sites = await roster.sitesOfRegion(db, day.regionId)
  return {
    dayName: day.name,
    date: day.date,
    regionId: day.regionId,
    smallestGroup,
    irritants: irritants.filter(({ id, archived }) => !archived || toldIrritants.has(id)),
    roles: await roster.rolesOfRegion(db, day.regionId),
    sites: sites.filter(({ id }) => toldSites.has(id)).map(({ id, name }) => ({ id, name })),
    groups: crossed.map(presented),
    apart: apart.map(({ trait, groups }) => ({
      trait,
      groups: groups.map(trait === 'siteId' ? counted : presented),
    })),
    before: await editionBefore(db, day),
  }
}

const foldingOf = async (db: Reader, dayId: string): Promise<Folding> =>
  foldedDay(await queries.cellsOfDay(db, dayId))

const presented = ({ cells, ...told }: Group) => ({ ...told, ...amountOf(cells) })

/**
 * Of a site told apart nothing but its number: every observation shows its own two answers in the heat
 * map, and of ten whose sums are known it is often plain which five add up to those of a site.
 */
const counted = ({ cells, ...told }: Group) => ({
  ...told,
  count: sumOf(cells, 'count'),
  frequency: 0,
  severity: 0,
})

function amountOf(cells: readonly Cell[]) {
  const count = sumOf(cells, 'count')
  return {
    count,
    frequency: sumOf(cells, 'frequencies') / count,
    severity: sumOf(cells, 'severities') / count,
  }
}

/** The latest edition before this one that took place; folded by itself, as its own page is. */
async function editionBefore(db: Reader, day: days.Day): Promise<Pictures['before']> {
  const before = (await days.daysOfRegion(db, day.regionId)).find(
    ({ date, cancelledAt }) => date < day.date && cancelledAt === null,
  )
  const groups = before ? (await foldingOf(db, before.id)).crossed : []
  if (!before || groups.length === 0) return null
  const byIrritant = Map.groupBy(groups, ({ irritantId }) => irritantId)
  return {
    dayId: before.id,
    dayName: before.name,
    date: before.date,
    irritants: [...byIrritant].map(([irritantId, own]) => ({
      irritantId,
      ...amountOf(own.flatMap(({ cells }) => cells)),
    })),
  }
}

/**
 * The observations behind a part of a picture, each with what is told of its group and no more; a
 * first name only where its author chose to give it.
 */
export async function verbatimsOf(
  db: Reader,
  dayId: string,
  part: Part,
  after: string | undefined,
): Promise<{ verbatims: ToldVerbatim[]; next: string | null }> {
  const all = openedBy(await foldingOf(db, dayId), part)
  const groups = all.filter((group) => isIn(group, part))
  const groupOfCell = new Map(
    groups.flatMap((group) => group.cells.map((cell) => [keyOf(cell), group] as const)),
  )
  if (groups.length === 0) return { verbatims: [], next: null }
  const cells = groups.length < all.length ? groups.flatMap((group) => group.cells) : null
  const rows = await queries.observationsOfCells(db, dayId, cells, after, verbatimsAtOnce + 1)
  const shown = rows.slice(0, verbatimsAtOnce)
  const authorIds = shown.flatMap(({ authorId }) => authorId ?? [])
  const authors = authorIds.length > 0 ? await roster.peopleByIds(db, authorIds) : []
  const firstNames = new Map(authors.map(({ id, firstName }) => [id, firstName]))
  return {
    verbatims: shown.flatMap(({ authorId, ...seen }) => {
      const group = groupOfCell.get(keyOf(seen))
      // It came between the two reads, into a cell of its own: nothing of it is told yet.
      if (!group) return []
      const { cells: _, ...told } = group
      return { ...seen, ...told, firstName: (authorId && firstNames.get(authorId)) ?? null }
    }),
    next: rows.length > verbatimsAtOnce ? (shown.at(-1)?.id ?? null) : null,
  }
}

/**
 * The groups a part is read in; none where it crosses what is told apart. Words do not open by a site
 * told apart: recognised in the heat map, they would tell who lived that role there.
 */
function openedBy(folding: Folding, part: Part): readonly Group[] {
  const asked = traits.filter((trait) => part[trait] !== undefined)
  const alone = asked.find((trait) => folding.apart.some((one) => one.trait === trait))
  if (!alone) return folding.crossed
  return asked.length > 1 || alone === 'siteId' ? [] : tableOf(folding, alone)
}

/** Which roles the pictures tell, of which irritants: the heat map’s cells, whatever else is crossed. */
export async function toldRoles(
  db: Reader,
  dayId: string,
): Promise<{ irritantId: string; roleId: string }[]> {
  const cells = (await foldingOf(db, dayId)).crossed.flatMap((group) =>
    group.roleId === null ? [] : group.cells,
  )
  const pairs = Map.groupBy(cells, ({ irritantId, roleId }) => `${irritantId} ${roleId}`)
  return [...pairs.values()].map((same) => {
    const { irritantId, roleId } = same[0]!
    return { irritantId, roleId }
  })
}

/**
 * Of these, the observations that everybody may read: they stand, say something, and are of an
 * irritant and a role that the pictures tell, not of those folded together.
 */
export async function tellable(db: Reader, dayId: string, ids: readonly string[]) {
  if (ids.length === 0) return []
  const told = new Set(
    (await foldingOf(db, dayId)).crossed
      .filter(({ irritantId, roleId }) => irritantId !== null && roleId !== null)
      .flatMap(({ cells }) => cells.map(keyOf)),
  )
  return (await queries.saidBy(db, dayId, ids)).filter((one) => told.has(keyOf(one)))
}

const keyOf = (cell: Pick<Cell, 'irritantId' | 'roleId' | 'moment' | 'siteId'>) =>
  [cell.irritantId, cell.roleId, cell.moment, cell.siteId].join(' ')
