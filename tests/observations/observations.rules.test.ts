import { describe, expect, it } from 'vitest'
import {
  isObservable,
  observingWindow,
  type Participation,
  releaseInstant,
  shuffled,
  siteOfCrowd,
} from '#server/features/observations/observations.rules.ts'
import { memoryLimiter } from '#server/platform/memory-limiter.ts'

const day = { date: '2027-03-28', timeZone: 'Europe/Paris', cancelledAt: null }

describe('the window in which a day can be observed', () => {
  it('runs from its first local midnight through seven whole days, across a clock change', () => {
    // In 2027 France moves its clocks forward on the 28th of March.
    const { opensAt, closesAt } = observingWindow(day)
    expect(opensAt.toISOString()).toBe('2027-03-27T23:00:00.000Z')
    expect(closesAt.toISOString()).toBe('2027-04-04T22:00:00.000Z')
  })

  it('is open at its first instant, closed at its last, and never for a cancelled day', () => {
    const { opensAt, closesAt } = observingWindow(day)
    expect(isObservable(day, opensAt)).toBe(true)
    expect(isObservable(day, new Date(opensAt.getTime() - 1))).toBe(false)
    expect(isObservable(day, new Date(closesAt.getTime() - 1))).toBe(true)
    expect(isObservable(day, closesAt)).toBe(false)
    expect(isObservable({ ...day, cancelledAt: opensAt }, opensAt)).toBe(false)
  })
})

describe('the site of an anonymous observation', () => {
  const guest = (number: number, siteId = 'dax', roleId = 'seller'): Participation => ({
    personId: `guest-${number}`,
    siteId,
    roleId,
    as: 'guest',
  })

  it('is kept where five people lived this role at this site', () => {
    expect(
      siteOfCrowd(
        [1, 2, 3, 4, 5].map((n) => guest(n)),
        'dax',
        'seller',
      ),
    ).toBe('dax')
  })

  it('is dropped where only four did, whoever else was near', () => {
    const four = [1, 2, 3, 4].map((n) => guest(n))
    const near = [guest(5, 'pau'), guest(6, 'dax', 'technician')]
    expect(siteOfCrowd([...four, ...near], 'dax', 'seller')).toBeNull()
  })

  it('counts somebody who is there twice once', () => {
    const twice = [1, 2, 3, 4, 4].map((n) => guest(n))
    expect(siteOfCrowd(twice, 'dax', 'seller')).toBeNull()
  })
})

describe('the release from the intake', () => {
  const written = ['10:00:00.000', '10:00:00.001', '10:02:31.400', '10:04:59.999']

  it('falls on a five-minute mark between ten and sixty minutes after, each reachable', () => {
    for (const time of written) {
      const now = new Date(`2027-03-28T${time}Z`)
      let below = 0
      releaseInstant(now, (n) => {
        below = n
        return 0
      })
      for (let drawn = 0; drawn < below; drawn += 1) {
        const release = releaseInstant(now, () => drawn)
        const minutes = (release.getTime() - now.getTime()) / 60_000
        expect(minutes).toBeGreaterThanOrEqual(10)
        expect(minutes).toBeLessThanOrEqual(60)
        expect(release.getTime() % 300_000).toBe(0)
      }
      expect(below).toBeGreaterThanOrEqual(10)
    }
  })

  it('shuffles into every order', () => {
    const orders = new Set<string>()
    for (const second of [0, 1, 2]) {
      for (const first of [0, 1]) {
        const draws = [second, first]
        orders.add(shuffled(['a', 'b', 'c'], () => draws.shift()!).join(''))
      }
    }
    expect(orders.size).toBe(6)
  })
})

describe('the limit on sendings', () => {
  it('holds per caller, and forgets when its window ends', () => {
    const limiter = memoryLimiter({ limit: 2, windowMinutes: 10 })
    const now = new Date('2027-03-28T10:00:00Z')
    expect([1, 2, 3].map(() => limiter.count('a', now))).toEqual([true, true, false])
    expect([limiter.isSpent('a', now), limiter.isSpent('b', now)]).toEqual([true, false])
    expect(limiter.count('b', now)).toBe(true)
    const later = new Date('2027-03-28T10:10:00Z')
    expect(limiter.isSpent('a', later)).toBe(false)
    expect(limiter.count('a', later)).toBe(true)
  })
})
