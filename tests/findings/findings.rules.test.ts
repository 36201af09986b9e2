import { describe, expect, it } from 'vitest'
import { largestPile, pilesOf } from '#server/features/findings/findings.rules.ts'

const like = (seedId: string, id: string, score: number, findingId: string | null = null) => ({
  seedId,
  id,
  score,
  findingId,
})
const both = (one: string, other: string, score: number) => [
  like(one, other, score),
  like(other, one, score),
]

describe('a pile', () => {
  it('gathers what resembles each other, the closest first', () => {
    const piles = pilesOf(
      ['a', 'b', 'c', 'd', 'e'],
      [...both('a', 'b', 0.6), ...both('d', 'e', 0.9), ...both('a', 'c', 0.1)],
    )
    expect(piles).toEqual([
      { findingId: null, ids: ['d', 'e'] },
      { findingId: null, ids: ['a', 'b'] },
    ])
  })

  it('does not chain what has nothing in common at its ends', () => {
    const piles = pilesOf(['a', 'b', 'c'], [...both('a', 'b', 0.8), ...both('b', 'c', 0.7)])
    expect(piles.map(({ ids }) => ids)).toEqual([['a', 'b']])
  })

  it('may hold observations from beyond the page', () => {
    const piles = pilesOf(['a'], [like('a', 'far', 0.8), like('a', 'away', 0.7)])
    expect(piles).toEqual([{ findingId: null, ids: ['a', 'far', 'away'] }])
  })

  it('is never larger than a director reads at a glance', () => {
    const page = Array.from({ length: 30 }, (_, n) => `o${n}`)
    const all = page.flatMap((one) =>
      page.filter((other) => other !== one).map((other) => like(one, other, 0.9)),
    )
    const piles = pilesOf(page, all)
    expect(Math.max(...piles.map(({ ids }) => ids.length))).toBeLessThanOrEqual(largestPile)
    expect(piles.flatMap(({ ids }) => ids).length).toBe(30)
  })

  it('comes out the same whatever the order of what was compared', () => {
    const all = [...both('a', 'b', 0.7), ...both('c', 'd', 0.7), ...both('b', 'c', 0.7)]
    const page = ['d', 'b', 'a', 'c']
    expect(pilesOf(page, all.toReversed())).toEqual(pilesOf(page, all))
  })
})

describe('a finding that exists', () => {
  it('is offered where most of a pile resembles it, and to one alone', () => {
    const piles = pilesOf(
      ['a', 'b', 'c'],
      [...both('a', 'b', 0.8), like('a', 'x', 0.7, 'F'), like('c', 'y', 0.6, 'G')],
    )
    expect(piles).toEqual([
      { findingId: 'F', ids: ['a', 'b'] },
      { findingId: 'G', ids: ['c'] },
    ])
  })

  it('is not offered to what barely resembles it', () => {
    expect(pilesOf(['a'], [like('a', 'x', 0.3, 'F')])).toEqual([])
  })
})
