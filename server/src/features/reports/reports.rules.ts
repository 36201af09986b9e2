import type { Participation } from '#server/features/observations/observations.rules.ts'
import type { Group } from '#shared/observations/observations.pictures.contract.ts'

/** How many observations, and the means of their answers 1 to 5. */
export interface Amount {
  count: number
  frequency: number
  severity: number
}

type Trait = 'irritantId' | 'roleId' | 'moment' | 'siteId'

/**
 * Adds the groups of a day up by some of their traits, most observations first, what is told only
 * together (null) last. A report knows nothing smaller than these groups, as the pictures do.
 */
export function amountsBy<T extends Trait>(
  groups: readonly Group[],
  ...traits: T[]
): (Pick<Group, T> & Amount)[] {
  const byKey = Map.groupBy(groups, (group) => traits.map((trait) => group[trait]).join(' '))
  const amounts = [...byKey.values()].map((own) => {
    const told = Object.fromEntries(traits.map((trait) => [trait, own[0]![trait]]))
    return { ...(told as Pick<Group, T>), ...amountOf(own) }
  })
  const folded = (one: Pick<Group, T>) => traits.filter((trait) => one[trait] === null).length
  return amounts.toSorted((a, b) => folded(a) - folded(b) || b.count - a.count)
}

/** Means weigh as many observations as they stand for. */
export function amountOf(groups: readonly Amount[]): Amount {
  const count = groups.reduce((sum, one) => sum + one.count, 0)
  const mean = (key: 'frequency' | 'severity') =>
    count === 0 ? 0 : groups.reduce((sum, one) => sum + one[key] * one.count, 0) / count
  return { count, frequency: mean('frequency'), severity: mean('severity') }
}

const different = (ids: string[]) => new Set(ids).size

/** Who lived a day, in figures: people are counted once, whatever they did. */
export function livedOf(participations: readonly Participation[]) {
  const people = (as: Participation['as'], of = participations) =>
    different(of.filter((one) => one.as === as).map(({ personId }) => personId))
  const bySite = Map.groupBy(participations, ({ siteId }) => siteId)
  const byRole = Map.groupBy(participations, ({ roleId }) => roleId)
  return {
    lived: {
      guests: people('guest'),
      hosts: people('host'),
      sites: bySite.size,
      roles: [...byRole]
        .map(([roleId, own]) => ({ roleId, guests: people('guest', own) }))
        .toSorted((a, b) => b.guests - a.guests),
    },
    sites: [...bySite].map(([siteId, own]) => ({
      siteId,
      guests: people('guest', own),
      hosts: people('host', own),
    })),
  }
}

const letters = new Intl.Segmenter('fr', { granularity: 'grapheme' })

/**
 * As much of a text as fits, cut between two characters as people see them: half of an emoji is a box,
 * or no character at all.
 * @param longest in UTF-16 units.
 */
export function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text
  let end = 0
  for (const { index, segment } of letters.segment(text)) {
    if (index + segment.length > longest) break
    end = index + segment.length
  }
  return text.slice(0, end)
}

/** Without what XML 1.0 cannot hold, not even written as a number (§2.2). */
export const withoutControls = (text: string): string =>
  text.toWellFormed().replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')

/** What the PDF’s face can draw: emoji are left out, however many in a row, where an empty box would stand. */
export const printable = (text: string): string =>
  withoutControls(text).replace(
    /(?:(?![©®™])(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0e|\ufe0f|\u20e3)\s*)+…?/gu,
    '… ',
  )

/** A disc of a drawing, in its units. */
export interface Disc {
  x: number
  y: number
  radius: number
}

/**
 * Discs that would cover each other, moved just far enough apart for each number in them to be read;
 * those that stand alone stay where their figures put them.
 */
export function apart(discs: readonly Disc[]): Disc[] {
  const moved = discs.map((disc) => ({ ...disc }))
  // Moving a pair may bring it upon a third: a few dozen rounds settle the handful a page holds.
  for (let round = 0; round < 60; round++) {
    for (const [at, one] of moved.entries()) {
      for (const other of moved.slice(at + 1)) part(one, other, at)
    }
  }
  return moved
}

/** Of two at the very same spot, the first one’s place in the list says which way they go. */
function part(one: Disc, other: Disc, at: number): void {
  const [dx, dy] = [other.x - one.x, other.y - one.y]
  const far = Math.hypot(dx, dy)
  const lacking = one.radius + other.radius - far
  if (lacking <= 0) return
  const [towardsX, towardsY] = far > 0 ? [dx / far, dy / far] : [Math.cos(at), Math.sin(at)]
  one.x -= (towardsX * lacking) / 2
  one.y -= (towardsY * lacking) / 2
  other.x += (towardsX * lacking) / 2
  other.y += (towardsY * lacking) / 2
}
