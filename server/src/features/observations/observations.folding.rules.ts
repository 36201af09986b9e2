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

/** How a day is told: traits crossed with one another, and those that are only told by themselves. */
export interface Folding {
  /** Each cell in exactly one group. */
  crossed: Group[]
  /** For each trait that is not crossed, all cells once more; nothing else is told of these groups. */
  apart: { trait: Trait; groups: Group[] }[]
}

/** Irritant and role: the heat map. */
const leastCrossed = 2
/** Of what a trait tells by itself; a crossing that keeps less says more of the folding than of the day. */
const worthCrossing = 2 / 3

const nothingTold = { irritantId: null, roleId: null, moment: null, siteId: null }

/**
 * Folds a day: as many traits are crossed as the day is large enough for, the others are told apart.
 *
 * Tables that share nothing but the day’s total leave nothing to subtract between them: how much of a
 * part of one lies in a part of the other is anything between « all that fits » and « what cannot be
 * elsewhere » (Fréchet’s bounds), and these meet at one number only where a part is empty or the whole
 * day (decomposable tables: Dobra and Fienberg, PNAS 97, 2000). Within a table `foldedGroups` sees to it.
 */
export function foldedDay(cells: readonly Cell[], least = smallestGroup): Folding {
  const alone = traits.map((trait) => ({ trait, groups: foldedGroups(cells, [trait], least) }))
  const isWorthIt = (crossed: readonly Group[], { trait, groups }: Folding['apart'][number]) =>
    toldOf(crossed, trait) >= worthCrossing * toldOf(groups, trait)
  for (let many = traits.length; many > leastCrossed; many -= 1) {
    const crossed = foldedGroups(cells, traits.slice(0, many), least)
    const later = alone.slice(leastCrossed, many)
    if (later.every((one) => isWorthIt(crossed, one))) return { crossed, apart: alone.slice(many) }
  }
  const crossed = foldedGroups(cells, traits.slice(0, leastCrossed), least)
  return { crossed, apart: alone.slice(leastCrossed) }
}

/** The groups a trait is told in. */
export const tableOf = ({ crossed, apart }: Folding, trait: Trait): readonly Group[] =>
  apart.find((one) => one.trait === trait)?.groups ?? crossed

const toldOf = (groups: readonly Group[], trait: Trait): number =>
  sumOf(
    groups.flatMap((group) => (group[trait] === null ? [] : group.cells)),
    'count',
  )

/**
 * Puts the cells of one day into groups of at least `least` observations, each cell into exactly
 * one; a day with fewer is one group of which nothing is told.
 *
 * Primary and complementary suppression of statistical disclosure control (Hundepool et al.,
 * « Statistical Disclosure Control », 2012, chapter 4), done once for all that is crossed and not picture
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
 * @param crossed the traits that are told, the first before the next; of all others nothing is.
 */
export function foldedGroups(
  cells: readonly Cell[],
  crossed: readonly Trait[] = traits,
  least = smallestGroup,
): Group[] {
  return cells.length === 0 ? [] : told(cells, crossed, nothingTold, least)
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
