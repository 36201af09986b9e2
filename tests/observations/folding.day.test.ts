import { expect, it } from 'vitest'
import {
  type Cell,
  foldedDay,
  foldedGroups,
  type Group,
  smallestGroup,
  sumOf,
  type Trait,
  tableOf,
  traits,
} from '#server/features/observations/observations.folding.rules.ts'
import { readCorpus } from '../findings/findings.corpus.ts'
import { pseudoRandom } from '../support/random.ts'

// The 218 observations of the corpus as one day: what a region of some hundred visits sees.
const sites: Record<string, string[]> = {
  shop_seller: ['Dax', 'Agen', 'Bordeaux', 'Pau'],
  field_technician: ['Gradignan', 'Limoges'],
  support_operator: ['Mérignac', 'Poitiers'],
  service_operator: ['Mérignac', 'Pessac'],
  callback_operator: ['Pessac'],
}
const draw = pseudoRandom(7)
const rows = readCorpus().map(({ irritant, role, moment }) => {
  const isAnonymous = draw() < 0.6
  const own = sites[role]!
  // Few took part at some sites: theirs was never kept.
  const siteId = isAnonymous && draw() < 0.4 ? null : own[Math.floor(own.length * draw() ** 1.5)]!
  return { irritantId: irritant, roleId: role, moment, siteId, isAnonymous }
})
const cells: Cell[] = [
  ...Map.groupBy(rows, (row) => JSON.stringify(traits.map((trait) => row[trait]))).values(),
].map((own) => ({
  ...own[0]!,
  count: own.length,
  anonymousCount: own.filter(({ isAnonymous }) => isAnonymous).length,
  frequencies: own.length,
  severities: own.length,
}))

const countOf = (groups: readonly Group[]) =>
  sumOf(
    groups.flatMap((group) => group.cells),
    'count',
  )
const toldIn = (groups: readonly Group[], ...told: Trait[]) =>
  countOf(groups.filter((group) => told.every((trait) => group[trait] !== null)))

it('names twice as many observations by moment and by site as one table of everything does', () => {
  const folding = foldedDay(cells)
  const named = (trait: Trait) => toldIn(tableOf(folding, trait), trait)
  const crossedAll = foldedGroups(cells)
  expect(named('moment')).toBeGreaterThanOrEqual(2 * toldIn(crossedAll, 'moment'))
  const both = toldIn(crossedAll, 'moment') + toldIn(crossedAll, 'siteId')
  expect(named('moment') + named('siteId')).toBeGreaterThanOrEqual(2 * both)
  // Nearly the whole day has a moment and, where a site was kept, most of it a site.
  expect(named('moment') / rows.length).toBeGreaterThan(0.95)
  const kept = rows.filter(({ siteId }) => siteId !== null).length
  expect(named('siteId') / kept).toBeGreaterThan(0.8)
  // And the heat map loses nothing by it.
  expect(toldIn(folding.crossed, 'irritantId', 'roleId')).toBe(
    toldIn(crossedAll, 'irritantId', 'roleId'),
  )
})

it('tells no cell under five, and no two views that hold one another differ by fewer', () => {
  const { crossed, apart } = foldedDay(cells)
  const views = [crossed, ...apart.map(({ groups }) => groups)].flatMap((groups) => [
    ...groups,
    ...traits.flatMap((trait) => [...Map.groupBy(groups, (group) => group[trait]).values()]),
  ])
  const seen = views.map((view) => new Set([view].flat().flatMap((group) => group.cells)))
  for (const one of seen) {
    expect(sumOf([...one], 'count')).toBeGreaterThanOrEqual(smallestGroup)
    for (const other of seen) {
      const rest = [...other].filter((cell) => !one.has(cell))
      const holds = rest.length === other.size - one.size
      if (holds && rest.length > 0)
        expect(sumOf(rest, 'count')).toBeGreaterThanOrEqual(smallestGroup)
    }
  }
})

it('crosses moments again once a day is large enough for it', () => {
  const large = cells.map((cell) => ({
    ...cell,
    count: 5 * cell.count,
    anonymousCount: 5 * cell.anonymousCount,
  }))
  expect(foldedDay(cells).apart.map(({ trait }) => trait)).toEqual(['moment', 'siteId'])
  expect(foldedDay(large).apart.map(({ trait }) => trait)).not.toContain('moment')
})
