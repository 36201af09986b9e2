import { describe, expect, it } from 'vitest'
import { buildInstance } from '#server/features/matching/core/instance.ts'
import { deal } from '#server/features/matching/matching.deal.ts'

function twoForTwo() {
  const wishes = [
    { slot: 'a', rank: 1 },
    { slot: 'b', rank: 2 },
  ]
  const made = buildInstance({
    seed: 'day',
    participants: ['ann', 'ben'].map((id) => ({ id, wishes })),
    slots: ['a', 'b'].map((id) => ({ id, capacity: 1 })),
  })
  if (!made.ok) throw new Error(made.refusal.code)
  return made.instance
}

describe('a deal', () => {
  it('is believed because its proof holds', () => {
    expect(deal('fair', twoForTwo(), () => 0, undefined)).toMatchObject({ ok: true })
  })

  it('is refused where the seats that came out are not those of the problem', () => {
    const instance = twoForTwo()
    // Ways are only measured once the best plan is found: from here on its wishes are others.
    const travel = () => {
      instance.arcCost.fill(9)
      return 0
    }
    const dealt = deal('fair', instance, travel, undefined)
    expect(dealt).toEqual({ ok: false, failure: 'unproved' })
  })
})
