import { describe, expect, it } from 'vitest'
import {
  type Arrivals,
  arrivalsToCome,
} from '#server/features/matching/matching.chances.arrivals.ts'
import { drawsFrom } from '#server/features/matching/matching.chances.draws.ts'
import {
  type ChancesInput,
  estimateChances,
  samplesDrawn,
} from '#server/features/matching/matching.chances.rules.ts'

const nothingKnown: Arrivals = {
  elapsed: 0.5,
  signedUp: 100,
  expected: null,
  people: 5_000,
  past: [],
}

function meanToCome(known: Arrivals): number {
  const draws = drawsFrom('arrivals')
  const toCome = arrivalsToCome(known)
  const drawn = Array.from({ length: 2_000 }, () => toCome(draws))
  return drawn.reduce((sum, one) => sum + one, 0) / drawn.length
}

describe('how many people still sign up', () => {
  it('is nobody once the time is over, and never more than there are', () => {
    expect(meanToCome({ ...nothingKnown, elapsed: 1 })).toBe(0)
    expect(meanToCome({ ...nothingKnown, people: 100 })).toBe(0)
    expect(meanToCome({ ...nothingKnown, elapsed: 0.1, people: 120 })).toBeLessThanOrEqual(20)
  })

  it('follows the curve of past days', () => {
    const rush = Array.from({ length: 200 }, (_, i) => (i < 40 ? 0.2 : 0.9))
    const early = Array.from({ length: 200 }, (_, i) => (i < 160 ? 0.2 : 0.9))
    const known = (past: number[], signedUp: number) => ({
      ...{ ...nothingKnown, signedUp, past: [past, past] },
    })
    // One in five had come by half-time: four times as many follow. Four in five: a quarter.
    expect(meanToCome(known(rush, 40))).toBeGreaterThan(100)
    expect(meanToCome(known(early, 160))).toBeLessThan(70)
  })

  it('leans on what the director expects, less and less as people sign up', () => {
    const told = (expected: number, signedUp: number) =>
      meanToCome({ ...nothingKnown, elapsed: 0.3, signedUp, expected })
    expect(told(400, 20)).toBeGreaterThan(2 * told(60, 20))
    expect(told(400, 200) / told(300, 200)).toBeLessThan(1.6)
  })
})

const sites = [{ id: 'hall', town: 'Pau', latitude: 43.3, longitude: -0.37 }]
const hours = {
  startsAt: new Date('2027-05-20T07:00:00Z'),
  endsAt: new Date('2027-05-20T10:00:00Z'),
}
const slot = (id: string, roleId: string) => ({
  ...{ id, siteId: 'hall', roleId, hostId: `host of ${id}`, periodId: 'morning', capacity: 1 },
  ...hours,
})
const guest = (personId: string, ...roleIds: string[]) => ({
  personId,
  siteId: 'hall',
  ownRoleId: null,
  wishes: roleIds.map((roleId, index) => ({
    ...{ rank: index + 1, roleId, periodId: null },
    ...{ place: 'any' as const, siteId: null, radiusKm: null },
  })),
})

function day(
  guests: ChancesInput['plan']['guests'],
  changes: Partial<Arrivals> = {},
): ChancesInput {
  return {
    plan: {
      ...{ seed: 'day', guests, slots: [slot('van', 'van'), slot('desk', 'desk')] },
      ...{ withdrawn: [], hosting: [], sites, caps: [], pins: [] },
    },
    composing: [],
    arrivals: { ...nothingKnown, elapsed: 1, signedUp: guests.length, ...changes },
    past: [],
  }
}

const timesOf = (input: ChancesInput) =>
  new Map(estimateChances(input).granted.map(({ personId, times }) => [personId, times]))

describe('the chances of a wish', () => {
  it('are certain where nobody else asks and nobody else comes', () => {
    const times = timesOf(day([guest('a', 'van', 'desk')]))
    expect(times.get('a')).toEqual([samplesDrawn, 0])
  })

  it('are shared evenly by people who ask alike', () => {
    const people = ['a', 'b', 'c', 'd'].map((id) => guest(id, 'van'))
    const times = [...timesOf(day(people)).values()].map(([first]) => first!)
    expect(times.reduce((sum, one) => sum + one, 0)).toBe(samplesDrawn)
    for (const one of times) expect(Math.abs(one / samplesDrawn - 0.25)).toBeLessThan(0.1)
  })

  it('go down as more people are expected', () => {
    const people = [guest('a', 'van'), guest('b', 'desk')]
    const first = (arrivals: Partial<Arrivals>) => timesOf(day(people, arrivals)).get('a')![0]!
    const few = first({ elapsed: 0.9, expected: 3 })
    const many = first({ elapsed: 0.1, expected: 40 })
    expect(few).toBeLessThan(samplesDrawn)
    expect(many).toBeLessThan(few / 2)
  })

  it('count who is still choosing among those to come', () => {
    const input = day([guest('a', 'van'), guest('b', 'desk')], { elapsed: 0.5, expected: 30 })
    const choosing = [guest('c', 'van'), guest('d', 'desk'), guest('e', 'van')]
    const known = { ...input.arrivals, signedUp: 2 }
    const guests = [...input.plan.guests, ...choosing]
    const alike = estimateChances({ ...input, arrivals: known })
    const with_ = estimateChances({
      ...input,
      plan: { ...input.plan, guests },
      arrivals: known,
      composing: choosing.map(({ personId }) => personId),
    })
    expect(with_.granted).toHaveLength(5)
    expect(Math.abs(with_.expected / alike.expected - 1)).toBeLessThan(0.15)
  })

  it('are the same for the same day', () => {
    const input = day([guest('a', 'van', 'desk'), guest('b', 'van')], { elapsed: 0.4 })
    expect(estimateChances(input)).toEqual(estimateChances(input))
  })
})
