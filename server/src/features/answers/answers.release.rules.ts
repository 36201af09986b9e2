/** No part of a programme’s people is told of by itself unless it held so many at the launch. */
export const leastPeople = 8

/** Answers to one question of one reminder are told, and ever counted, only so many at a time. */
export const leastAnswers = 5

/** Whom answers are told of together: a site and a job; null means all that stand in no other cell. */
export interface Cell {
  siteId: string | null
  roleId: string | null
  people: number
}

/** Somebody of a programme, as far as cells are made of them. */
export interface Place {
  siteId: string
  roleId: string | null
}

/**
 * Parts the people of a programme once and for all: a job at a site where at least eight do it, what
 * remains of a job over all other sites where that is eight, everybody else together. Where « everybody
 * else » would be one to seven, the smallest cells join them: nobody is told of by being left over.
 * The last cell is always that of everybody else, though nobody may be in it.
 */
export function cellsOf(people: readonly Place[]): Cell[] {
  const cells: Cell[] = []
  const parted = (rest: readonly Place[], siteOf: (place: Place) => string | null) => {
    const groups = Map.groupBy(rest, (one) => `${siteOf(one)} ${one.roleId}`)
    return [...groups.values()].flatMap((group) => {
      const [first] = group
      if (!first || first.roleId === null || group.length < leastPeople) return group
      cells.push({ siteId: siteOf(first), roleId: first.roleId, people: group.length })
      return []
    })
  }
  const notAtSites = parted(people, ({ siteId }) => siteId)
  let others = parted(notAtSites, () => null).length
  cells.sort((a, b) => b.people - a.people)
  while (others > 0 && others < leastPeople) {
    const smallest = cells.pop()
    if (!smallest) break
    others += smallest.people
  }
  return [...cells, { siteId: null, roleId: null, people: others }]
}

/** The cell that tells of somebody, late joiners too: their job at their site, their job, everybody else. */
export function cellFor<T extends Pick<Cell, 'siteId' | 'roleId'>>(
  cells: readonly T[],
  { siteId, roleId }: Place,
): T | undefined {
  const named = cells.filter((cell) => cell.roleId !== null && cell.roleId === roleId)
  return (
    named.find((cell) => cell.siteId === siteId) ??
    named.find((cell) => cell.siteId === null) ??
    cells.find((cell) => cell.roleId === null)
  )
}

/** How many of a cell gave one answer to one question of the reminder at a position. */
export interface Tally {
  cellId: string
  position: number
  question: string
  value: string
  count: number
}

const totalOf = (tallies: readonly Tally[]) => tallies.reduce((sum, { count }) => sum + count, 0)

/**
 * What may be told now of what waits: per cell, position and question all of it, where that is five or
 * more, and otherwise nothing. Whatever is ever told is a sum of such batches, which have no answer in
 * common: neither a filter, nor an earlier look, nor any sum or difference of them tells fewer.
 */
export function releasable(waiting: readonly Tally[]): Tally[] {
  const batches = Map.groupBy(waiting, (one) => `${one.cellId} ${one.position} ${one.question}`)
  return [...batches.values()].filter((batch) => totalOf(batch) >= leastAnswers).flat()
}

/**
 * The same once a programme is over: what is too few in its own cell goes together with the like of
 * all cells, into that of everybody else; what is too few even so is told by nobody and forgotten.
 * @param others the cell of everybody else.
 */
export function releasableAtEnd(waiting: readonly Tally[], others: string): Tally[] {
  const own = releasable(waiting)
  const rest = waiting.filter((one) => !own.includes(one))
  return [...own, ...releasable(rest.map((one) => ({ ...one, cellId: others })))]
}

/** The same counts, with the like of one cell in one. */
export function summed(tallies: readonly Tally[]): Tally[] {
  const sums = new Map<string, Tally>()
  for (const one of tallies) {
    const key = `${one.cellId} ${one.position} ${one.question} ${one.value}`
    sums.set(key, { ...one, count: one.count + (sums.get(key)?.count ?? 0) })
  }
  return [...sums.values()]
}

/** A number that tells nobody’s coming by itself: the fives in it. */
export const inFives = (count: number): number => count - (count % leastAnswers)
