import type { Moment } from '#shared/observations/observations.contract.ts'

/** Fewer observations than this are told only together with others. */
export const smallestGroup = 5

/** What one tells of an observation beside its words, in the order in which it is told. */
export const traits = ['irritantId', 'roleId', 'moment', 'siteId'] as const
export type Trait = (typeof traits)[number]

/** What stands under four traits. A site is null where it was never kept. */
export interface Cell {
  irritantId: string
  roleId: string
  moment: Moment
  siteId: string | null
  count: number
  /** Of them, anonymous ones. */
  anonymousCount: number
  /** Sums of the answers 1 to 5. */
  frequencies: number
  severities: number
}

/** Cells that are only told together: what they have in common is told, the rest is null. */
export interface Group {
  irritantId: string | null
  roleId: string | null
  moment: Moment | null
  siteId: string | null
  cells: readonly Cell[]
}

/**
 * Puts the cells of one day into groups of at least `least` observations, each cell into exactly
 * one; a day with fewer is one group of which nothing is told.
 *
 * Primary and complementary suppression of statistical disclosure control (Hundepool et al.,
 * « Statistical Disclosure Control », 2012, chapter 4), done once for the whole day and not picture
 * by picture, as local recoding to k-anonymity (Samarati and Sweeney, 1998): a verbatim can be
 * recognised from one picture to the next, so two pictures folded differently could be laid over one
 * another. Every picture, filter and total is a sum of these groups, hence so is every difference.
 *
 * Within a group already told, values of the next trait that are too small go together (primary);
 * while those together are too few, one value alone, or all as large as such values can be, all
 * values of the next smallest size join them (complementary). Which of them holds what cannot be
 * worked out from the rule either: exchange two values that went together, and the same groups come
 * out. Sizes that meet two bounds at once by coincidence still can, about one small world in a
 * thousand of those the tests draw.
 *
 * A site narrows down who may have written, and names subtract: there, anonymous ones must be none
 * or enough by themselves.
 */
export function foldedGroups(cells: readonly Cell[], least = smallestGroup): Group[] {
  if (cells.length === 0) return []
  const nothingTold = { irritantId: null, roleId: null, moment: null, siteId: null }
  return told(cells, [...traits], nothingTold, least)
}

type Told = Omit<Group, 'cells'>

function told(cells: readonly Cell[], next: readonly Trait[], known: Told, least: number): Group[] {
  const [trait, ...later] = next
  if (trait === undefined) return [{ ...known, cells }]
  const { apart, together } = parted(cells, trait, least)
  return [
    ...apart.flatMap(([value, own]) => told(own, later, { ...known, [trait]: value }, least)),
    ...(together.length > 0 ? told(together, later, known, least) : []),
  ]
}

/** Which values of a trait can be told, and the cells of all others. */
function parted(cells: readonly Cell[], trait: Trait, least: number) {
  const byValue = Map.groupBy(cells, (cell) => cell[trait])
  const isEnough = (own: readonly Cell[]) => {
    const anonymous = sumOf(own, 'anonymousCount')
    return (
      sumOf(own, 'count') >= least && (trait !== 'siteId' || anonymous === 0 || anonymous >= least)
    )
  }
  const small: [string | null, Cell[]][] = []
  const large: [string | null, Cell[]][] = []
  for (const one of byValue) (one[0] !== null && isEnough(one[1]) ? large : small).push(one)
  // Two values holding eight between them, each too small to be told, hold four each.
  const areKnown = () => {
    const sizes = small.map(([, own]) => sumOf(own, 'count'))
    const most = least - 1
    return sizes.every((size) => size === most)
  }
  // A site that was never kept gives nothing away by standing alone.
  const isCovered = () =>
    (small.length !== 1 || small[0]![0] === null) &&
    isEnough(small.flatMap(([, own]) => own)) &&
    !areKnown()
  while (small.length > 0 && large.length > 0 && !isCovered()) {
    const size = Math.min(...large.map(([, own]) => sumOf(own, 'count')))
    const joining = large.filter(([, own]) => sumOf(own, 'count') === size)
    small.push(...joining)
    for (const one of joining) large.splice(large.indexOf(one), 1)
  }
  return { apart: large, together: small.flatMap(([, own]) => own) }
}

/** What stands in several cells together. */
export const sumOf = (
  cells: readonly Cell[],
  what: 'count' | 'anonymousCount' | 'frequencies' | 'severities',
): number => cells.reduce((sum, cell) => sum + cell[what], 0)

/** Part of a picture: a value told, `folded` for those whose value is not, anything where left out. */
export type Part = Partial<Record<Trait, string>>
export const folded = 'folded'

/** Whether a group belongs to a part of a picture, whole: no part cuts through a group. */
export const isIn = (group: Told, part: Part): boolean =>
  traits.every((trait) => {
    const asked = part[trait]
    return asked === undefined || (group[trait] ?? folded) === asked
  })
