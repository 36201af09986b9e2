import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Cell,
  cellFor,
  cellsOf,
  type Place,
  releasable,
  releasableAtEnd,
  type Tally,
} from '#server/features/answers/answers.release.rules.ts'

const many = (count: number, siteId: string, roleId: string | null): Place[] =>
  Array.from({ length: count }, () => ({ siteId, roleId }))

const people = fc.array(
  fc.record({
    siteId: fc.constantFrom('Liège', 'Namur', 'Mons'),
    roleId: fc.constantFrom('shop', 'phone', 'van', null),
  }),
  { maxLength: 80, size: 'max' },
)

describe('cells', () => {
  it('are a job at a site, a job over the other sites, and everybody else', () => {
    const cells = cellsOf([
      ...many(9, 'Liège', 'shop'),
      ...many(4, 'Namur', 'shop'),
      ...many(4, 'Mons', 'shop'),
      ...many(7, 'Liège', 'van'),
      ...many(3, 'Namur', null),
    ])
    expect(cells).toEqual([
      { siteId: 'Liège', roleId: 'shop', people: 9 },
      { siteId: null, roleId: 'shop', people: 8 },
      { siteId: null, roleId: null, people: 10 },
    ])
  })

  it('take the smallest in where too few would be left over', () => {
    const cells = cellsOf([
      ...many(12, 'Liège', 'shop'),
      ...many(9, 'Namur', 'shop'),
      ...many(2, 'Mons', 'van'),
    ])
    expect(cells).toEqual([
      { siteId: 'Liège', roleId: 'shop', people: 12 },
      { siteId: null, roleId: null, people: 11 },
    ])
  })

  it('hold everybody once, and nobody among fewer than eight unless all are fewer', () => {
    fc.assert(
      fc.property(people, (all) => {
        const cells = cellsOf(all)
        expect(cells.reduce((sum, cell) => sum + cell.people, 0)).toBe(all.length)
        for (const { people: held } of cells)
          expect(held === 0 || held >= Math.min(8, all.length)).toBe(true)
      }),
    )
  })

  it('have a place for whoever comes late, whatever their job and site', () => {
    const cells = cellsOf([...many(9, 'Liège', 'shop'), ...many(8, 'Namur', 'van')])
    expect(cellFor(cells, { siteId: 'Liège', roleId: 'shop' })).toBe(cells[0])
    expect(cellFor(cells, { siteId: 'Mons', roleId: 'shop' })).toBe(cells.at(-1))
    expect(cellFor(cells, { siteId: 'Liège', roleId: null })).toBe(cells.at(-1))
  })
})

// The attacker. Every answer is given a value of its own, so that a view says which answers it counts.

interface Given {
  person: number
  week: number
  position: number
  question: string
}

const given = (crowd: number) =>
  fc.uniqueArray(
    fc.record({
      person: fc.nat({ max: Math.max(0, crowd - 1) }),
      week: fc.nat({ max: 2 }),
      position: fc.integer({ min: 1, max: 2 }),
      question: fc.constantFrom('reaction', 'technique'),
    }),
    // Each person answers each question once.
    {
      selector: ({ person, position, question }) => `${person} ${position} ${question}`,
      maxLength: 200,
      size: 'max',
    },
  )

const world = people
  .filter((all) => all.length > 0)
  .chain((all) => fc.tuple(fc.constant(all), given(all.length)))

/** What a director has read after each week, and once the programme is over. */
function weeksOf(all: readonly Place[], answers: readonly Given[]) {
  const cells = cellsOf(all).map((cell, index) => ({ ...cell, id: `cell ${index}` }))
  const others = cells.at(-1)!.id
  const told: Tally[] = []
  let waiting: Tally[] = []
  const weeks: Tally[][] = []
  for (let week = 0; week <= 4; week += 1) {
    for (const [index, one] of answers.entries()) {
      if (one.week !== week) continue
      const cellId = cellFor(cells, all[one.person]!)!.id
      waiting.push({ ...one, cellId, value: String(index), count: 1 })
    }
    const batch = week === 4 ? releasableAtEnd(waiting, others) : releasable(waiting)
    const gone = new Set(batch.map(({ value }) => value))
    waiting = waiting.filter(({ value }) => !gone.has(value))
    told.push(...batch)
    weeks.push([...told])
  }
  return { cells, weeks }
}

type Named = Cell & { id: string }

/** Every view of every week: each site, job, cell, step and question; unions are sums of these. */
function viewsOf(cells: readonly Named[], weeks: readonly Tally[][]): Set<string>[] {
  const by = (choice: keyof Named) =>
    [...new Set(cells.map((cell) => cell[choice]))].map((value) =>
      cells.filter((cell) => cell[choice] === value).map(({ id }) => id),
    )
  const choices = [...by('id'), ...by('siteId'), ...by('roleId'), cells.map(({ id }) => id)]
  return weeks.flatMap((told) =>
    choices.flatMap((ids) =>
      [[1], [2], [1, 2]].flatMap((positions) =>
        ['reaction', 'technique'].map((question) => {
          const seen = told.filter(
            (one) =>
              ids.includes(one.cellId) &&
              positions.includes(one.position) &&
              one.question === question,
          )
          return new Set(seen.map(({ value }) => value))
        }),
      ),
    ),
  )
}

/**
 * Sets the attacker can reach by adding and subtracting views are unions of those whose members
 * stand in exactly the same views: no sum tells two such members apart.
 */
function smallestParts(views: readonly Set<string>[]): string[][] {
  const answers = new Set(views.flatMap((view) => [...view]))
  const parts = Map.groupBy(answers, (answer) =>
    views.map((view) => (view.has(answer) ? '1' : '0')).join(''),
  )
  return [...parts.values()]
}

describe('a director who keeps every view of every week', () => {
  it('never gets at the answers of fewer than five people, by any filter, sum or subtraction', () => {
    fc.assert(
      fc.property(world, ([all, answers]) => {
        const { cells, weeks } = weeksOf(all, answers)
        for (const part of smallestParts(viewsOf(cells, weeks))) {
          const who = new Set(part.map((value) => answers[Number(value)]!.person))
          expect(who.size).toBeGreaterThanOrEqual(5)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('is told what five say, so that the rule above is about something', () => {
    const all = many(9, 'Liège', 'shop')
    const week = (person: number) => (person < 5 ? 0 : 1)
    const answers = all.map((_, person) => ({
      person,
      week: week(person),
      position: 1,
      question: 'reaction',
    }))
    const { weeks } = weeksOf(all, answers)
    // The four of the second week wait, and are too few at the end as well.
    expect(weeks.map((told) => told.length)).toEqual([5, 5, 5, 5, 5])
  })

  it('reads of small cells together, once the programme is over', () => {
    const all = [...many(8, 'Liège', 'shop'), ...many(8, 'Namur', 'van')]
    const answers = [0, 1, 2, 8, 9].map((person) => ({
      person,
      week: 0,
      position: 1,
      question: 'reaction',
    }))
    const { cells, weeks } = weeksOf(all, answers)
    expect(weeks.map((told) => told.length)).toEqual([0, 0, 0, 0, 5])
    expect(new Set(weeks[4]!.map(({ cellId }) => cellId))).toEqual(new Set([cells.at(-1)!.id]))
  })

  it('learns nothing of somebody who joined late and answers alone', () => {
    const all = [...many(9, 'Liège', 'shop'), ...many(1, 'Namur', 'van')]
    const answers = all.map((_, person) => ({
      person,
      week: person < 9 ? 0 : 3,
      position: 1,
      question: 'reaction',
    }))
    const { weeks } = weeksOf(all, answers)
    expect(weeks.flat().some(({ value }) => value === '9')).toBe(false)
  })
})
