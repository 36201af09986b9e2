import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Cell,
  foldedDay,
  foldedGroups,
  type Group,
  isIn,
  type Part,
  smallestGroup,
  sumOf,
  type Trait,
  traits,
} from '#server/features/observations/observations.folding.rules.ts'

// Small worlds full of small groups: two to three values of each trait.
const values = {
  irritantId: ['fault', 'story', 'wait'],
  roleId: ['advisor', 'fitter', 'seller'],
  moment: ['buy', 'use'],
  siteId: ['dax', 'pau'],
} as const

const places = values.irritantId.flatMap((irritantId) =>
  values.roleId.flatMap((roleId) =>
    values.moment.flatMap((moment) =>
      [...values.siteId, null].map((siteId) => ({ irritantId, roleId, moment, siteId })),
    ),
  ),
)

type Place = Pick<Cell, Trait>

const cellOf = (place: Place, count: number, anonymousCount: number): Cell => ({
  ...place,
  count,
  anonymousCount: Math.min(count, anonymousCount),
  frequencies: count,
  severities: count,
})

const days = fc
  .array(
    fc.record({
      place: fc.constantFrom(...places),
      count: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 16 })),
      anonymousCount: fc.integer({ min: 0, max: 16 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drawn) =>
    [...new Map(drawn.map((one) => [JSON.stringify(one.place), one])).values()].map(
      ({ place, count, anonymousCount }) => cellOf(place, count, anonymousCount),
    ),
  )

const totalOf = (cells: readonly Cell[]) => sumOf(cells, 'count')

/** Every table of a day; each has every observation once. */
const tablesOf = (cells: readonly Cell[]): Group[][] => {
  const { crossed, apart } = foldedDay(cells)
  return [crossed, ...apart.map(({ groups }) => groups)]
}

/** All anybody sees of a day, in no order: what is told of each group, and how much stands in it. */
const released = (cells: readonly Cell[]) =>
  tablesOf(cells)
    .map((groups) =>
      groups
        .map((group) => JSON.stringify([traits.map((trait) => group[trait]), totalOf(group.cells)]))
        .sort()
        .join('\n'),
    )
    .join('\n\n')

/** Every part of every picture: each trait told, folded or left out. */
const everyPart = traits.reduce<Part[]>(
  (parts, trait) =>
    parts.flatMap((part) => [
      part,
      ...[...values[trait], 'folded'].map((value) => ({ ...part, [trait]: value })),
    ]),
  [{}],
)

const inPart = (cell: Cell, part: Part) =>
  traits.every((trait) => part[trait] === undefined || cell[trait] === part[trait])

describe('folding a day', () => {
  it('puts every observation into exactly one group of a table, and no group is too small', () => {
    fc.assert(
      fc.property(days, (cells) => {
        const least = Math.min(smallestGroup, totalOf(cells))
        for (const groups of tablesOf(cells)) {
          expect(groups.flatMap((group) => group.cells)).toHaveLength(cells.length)
          expect(new Set(groups.flatMap((group) => group.cells)).size).toBe(cells.length)
          for (const group of groups) expect(totalOf(group.cells)).toBeGreaterThanOrEqual(least)
        }
      }),
    )
  })

  it('tells of a group only what all of it has in common', () => {
    fc.assert(
      fc.property(days, (cells) => {
        for (const group of tablesOf(cells).flat())
          for (const trait of traits)
            if (group[trait] !== null)
              expect(new Set(group.cells.map((cell) => cell[trait]))).toEqual(
                new Set([group[trait]]),
              )
      }),
    )
  })

  it('tells a site only where nobody or enough of its group is anonymous', () => {
    fc.assert(
      fc.property(days, (cells) => {
        for (const group of tablesOf(cells).flat()) {
          const anonymous = sumOf(group.cells, 'anonymousCount')
          if (group.siteId !== null && anonymous > 0)
            expect(anonymous).toBeGreaterThanOrEqual(smallestGroup)
        }
      }),
    )
  })

  it('leaves nothing to subtract: any two parts of a table differ by whole groups', () => {
    fc.assert(
      fc.property(days, (cells) => {
        for (const groups of tablesOf(cells)) leavesNothing(groups)
      }),
      { numRuns: 15 },
    )
  })

  it('leaves nothing to subtract between two tables: only the whole day is in both', () => {
    fc.assert(
      fc.property(days, (cells) => {
        const tables = tablesOf(cells)
        for (const [place, one] of tables.entries())
          for (const other of tables.slice(place + 1)) {
            const told = (groups: Group[]) =>
              traits.filter((trait) => groups.some((group) => group[trait] !== null))
            expect(told(one).filter((trait) => told(other).includes(trait))).toEqual([])
            expect(totalOf(one.flatMap((group) => group.cells))).toBe(totalOf(cells))
            expect(totalOf(other.flatMap((group) => group.cells))).toBe(totalOf(cells))
          }
      }),
    )
  })

  it('keeps small counts from somebody who sees everything and knows the rule as well', () => {
    fc.assert(
      fc.property(days, (cells) => {
        fc.pre(totalOf(cells) >= smallestGroup)
        const seen = released(cells)
        const small = everyPart
          .filter((part) => !Object.values(part).includes('folded'))
          .map((part) => ({ part, count: totalOf(cells.filter((cell) => inPart(cell, part))) }))
          .filter(({ count }) => count > 0 && count < smallestGroup)
        // Another day looks just the same, and there the count is another.
        let workedOut = small
        for (const other of otherDays(cells)) {
          if (workedOut.length === 0) break
          if (released(other) !== seen) continue
          workedOut = workedOut.filter(
            ({ part, count }) => totalOf(other.filter((cell) => inPart(cell, part))) === count,
          )
        }
        expect(workedOut).toEqual([])
      }),
      // Not drawn anew each time: about one world in a thousand is worked out from its bounds.
      { numRuns: 60, seed: 10 },
    )
  })

  it('shows a day that has fewer as one group of which nothing is told', () => {
    const cells = [cellOf(places[0]!, 2, 0), cellOf(places[9]!, 2, 2)]
    const nothing = { irritantId: null, roleId: null, moment: null, siteId: null }
    expect(foldedGroups(cells)).toEqual([{ ...nothing, cells }])
    expect(foldedGroups([])).toEqual([])
  })

  it('folds a second value so that the first cannot be worked out, and all of that size', () => {
    const at = (roleId: string, count: number) =>
      cellOf({ irritantId: 'wait', roleId, moment: 'buy', siteId: null } as never, count, 0)
    const roles = (cells: Cell[]) =>
      foldedGroups(cells)
        .map((group) => `${group.roleId ?? 'others'} ${totalOf(group.cells)}`)
        .sort()
    expect(roles([at('advisor', 20), at('fitter', 3), at('seller', 9)])).toEqual([
      'advisor 20',
      'others 12',
    ])
    expect(roles([at('advisor', 9), at('fitter', 3), at('seller', 9)])).toEqual(['others 21'])
  })
})

function leavesNothing(groups: readonly Group[]): void {
  const sums = new Set(everyPart.map((part) => maskOf(groups, part)))
  const whole = totalOf(groups.flatMap((group) => group.cells))
  for (const one of sums)
    for (const other of sums) {
      const difference = groups.filter((_, place) => one[place] === '1' && other[place] === '0')
      const rest = totalOf(difference.flatMap((group) => group.cells))
      if (rest > 0 && whole >= smallestGroup) expect(rest).toBeGreaterThanOrEqual(smallestGroup)
    }
}

const maskOf = (groups: readonly Group[], part: Part) =>
  groups.map((group) => (isIn(group, part) ? '1' : '0')).join('')

/** Days much like this one: one to four observations moved, or two values of a trait exchanged. */
function otherDays(cells: readonly Cell[]): Cell[][] {
  const moved = cells.flatMap((from, place) =>
    places.flatMap((to) =>
      [1, 2, 3, 4]
        .filter((many) => many <= from.count)
        .map((many) =>
          merged([...cells.toSpliced(place, 1), less(from, many), into(from, to, many)]),
        ),
    ),
  )
  const exchanged = tablesOf(cells)
    .flat()
    .flatMap((group) => traits.flatMap((trait) => exchanges(cells, group, trait)))
  return [...moved, ...exchanged, ...traits.flatMap((trait) => swaps(cells, trait))]
}

/** Out of each of two cells one to four observations change places in one trait: no total moves. */
function swaps(cells: readonly Cell[], trait: Trait): Cell[][] {
  return cells.flatMap((one, place) =>
    cells.slice(place + 1).flatMap((other, after) =>
      one[trait] === other[trait]
        ? []
        : [1, 2]
            .filter((many) => many <= Math.min(one.count, other.count))
            .map((many) => {
              const rest = cells.toSpliced(place + 1 + after, 1).toSpliced(place, 1)
              const [there, here] = [
                { ...one, [trait]: other[trait] },
                { ...other, [trait]: one[trait] },
              ]
              return merged([
                ...rest,
                less(one, many),
                into(one, there, many),
                less(other, many),
                into(other, here, many),
              ])
            }),
    ),
  )
}

const less = (cell: Cell, many: number): Cell => ({
  ...cell,
  count: cell.count - many,
  anonymousCount: Math.min(cell.anonymousCount, cell.count - many),
})

const into = (from: Cell, to: Place, many: number): Cell => ({
  ...cellOf(to, many, 0),
  anonymousCount: Math.max(0, from.anonymousCount - (from.count - many)),
})

/** Within what is told of the group before a trait, two of its values change places. */
function exchanges(cells: readonly Cell[], group: Group, trait: Trait): Cell[][] {
  const before = traits.slice(0, traits.indexOf(trait))
  const isNear = (cell: Cell) =>
    before.every((one) => group[one] === null || cell[one] === group[one])
  const own: readonly string[] = values[trait]
  return own.flatMap((one) =>
    own.map((other) =>
      merged(
        cells.map((cell) => {
          const value = cell[trait]
          if (!isNear(cell) || (value !== one && value !== other)) return cell
          return { ...cell, [trait]: value === one ? other : one }
        }),
      ),
    ),
  )
}

/** Cells of the same place as one; empty ones gone. */
function merged(cells: readonly Cell[]): Cell[] {
  const byPlace = Map.groupBy(cells, (cell) => JSON.stringify(traits.map((trait) => cell[trait])))
  return [...byPlace.values()]
    .map((same) => ({
      ...same[0]!,
      count: sumOf(same, 'count'),
      anonymousCount: sumOf(same, 'anonymousCount'),
    }))
    .filter(({ count }) => count > 0)
}
