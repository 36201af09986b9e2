import type { Group, Pictures } from '#shared/observations/observations.pictures.contract.ts'

export const traits = ['irritantId', 'roleId', 'moment', 'siteId'] as const
export type Trait = (typeof traits)[number]

/** A value told, or `folded` for what is only told with others; anything where left out. */
export type Part = Partial<Record<Trait, string>>
export const folded = 'folded'

export interface Amount {
  count: number
  /** Means of the answers 1 to 5; 0 where there is none. */
  frequency: number
  severity: number
}

/** Whether the day is too small to cross a trait with the others: it is read by itself, unfiltered. */
export const isApart = ({ apart }: Pick<Pictures, 'apart'>, trait: Trait): boolean =>
  apart.some((one) => one.trait === trait)

/** The groups a trait is told in. */
export const tableOf = (
  { groups, apart }: Pick<Pictures, 'groups' | 'apart'>,
  trait: Trait,
): readonly Group[] => apart.find((one) => one.trait === trait)?.groups ?? groups

/** The groups of a part; the server never sends one that a part would cut through. */
export const within = (groups: readonly Group[], part: Part): Group[] =>
  groups.filter((group) =>
    traits.every((trait) => part[trait] === undefined || (group[trait] ?? folded) === part[trait]),
  )

/** What stands in groups together. */
export function amountOf(groups: readonly Amount[]): Amount {
  const count = groups.reduce((sum, one) => sum + one.count, 0)
  const mean = (scale: 'frequency' | 'severity') =>
    count === 0 ? 0 : groups.reduce((sum, one) => sum + one[scale] * one.count, 0) / count
  return { count, frequency: mean('frequency'), severity: mean('severity') }
}

/** Whether a part could hold more than it tells: observations of it may be folded elsewhere. */
export const mayHoldMore = (groups: readonly Group[], part: Part): boolean =>
  groups.some((group) => {
    const asked = traits.filter((trait) => part[trait] !== undefined)
    return (
      asked.every((trait) => group[trait] === null || group[trait] === part[trait]) &&
      asked.some((trait) => group[trait] === null && part[trait] !== folded)
    )
  })

/** One line of a picture. */
export interface Line extends Amount {
  id: string
  label: string
}

/** The lines of a trait with what stands in each; those folded last, under `others`. */
export function linesOf(
  groups: readonly Group[],
  trait: Trait,
  names: readonly { id: string; label: string }[],
  others: string,
): Line[] {
  return [...names, { id: folded, label: others }]
    .map((name) => ({ ...name, ...amountOf(within(groups, { [trait]: name.id })) }))
    .filter(({ id, count }) => id !== folded || count > 0)
}

/** An irritant’s share of this edition and of the one before; both 0 to 1. */
export function editionsOf(
  pictures: Pick<Pictures, 'groups'> & { before: NonNullable<Pictures['before']> },
  names: readonly { id: string; label: string }[],
  others: string,
) {
  const total = amountOf(pictures.groups).count
  const totalBefore = amountOf(pictures.before.irritants).count
  return linesOf(pictures.groups, 'irritantId', names, others)
    .map((line) => {
      const own = line.id === folded ? null : line.id
      const before = pictures.before.irritants.find(({ irritantId }) => irritantId === own)
      return {
        ...line,
        share: line.count / total,
        countBefore: before?.count ?? 0,
        shareBefore: (before?.count ?? 0) / totalBefore,
      }
    })
    .filter(({ count, countBefore }) => count + countBefore > 0)
}
