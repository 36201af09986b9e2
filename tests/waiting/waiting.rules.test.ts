import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FreeSlot } from '#server/features/matching/matching.rules.ts'
import {
  chooseSeekers,
  isOpenOffer,
  offerExpiry,
  type Seeker,
  waitingOrder,
} from '#server/features/waiting/waiting.rules.ts'

describe('the order of the waiting list', () => {
  const drawn = new Map([
    ['early', 3],
    ['late', 0],
    ['lost', 2],
    ['lost-before', 1],
  ])

  it('begins with who lost a place, the earliest first, then follows the draw', () => {
    const people = [
      { personId: 'early', lostAt: null },
      { personId: 'lost', lostAt: new Date('2027-05-02T10:00:00Z') },
      { personId: 'late', lostAt: null },
      { personId: 'lost-before', lostAt: new Date('2027-05-01T10:00:00Z') },
    ]
    const order = ['lost-before', 'lost', 'late', 'early']
    expect(waitingOrder(people, drawn).map(({ personId }) => personId)).toEqual(order)
    const reversed = waitingOrder(people.toReversed(), drawn)
    expect(reversed.map(({ personId }) => personId)).toEqual(order)
  })

  it('follows the draw among those who lost theirs in one go', () => {
    const lostAt = new Date('2027-05-02T10:00:00Z')
    const people = ['early', 'late'].map((personId) => ({ personId, lostAt }))
    expect(waitingOrder(people, drawn).map(({ personId }) => personId)).toEqual(['late', 'early'])
  })
})

/** By trying everything: whether these people can all be seated at once. */
function canSit(
  seekers: readonly Seeker[],
  slots: readonly FreeSlot[],
  groupFree: ReadonlyMap<string, number>,
): boolean {
  const [first, ...rest] = seekers
  if (!first) return true
  return first.seats.some(({ slot: id }) => {
    const slot = slots.find((one) => one.id === id)
    if (!slot || slot.free === 0) return false
    if (slot.group !== null && groupFree.get(slot.group)! === 0) return false
    const left = slots.map((one) => (one === slot ? { ...one, free: one.free - 1 } : one))
    const groups = new Map(groupFree)
    if (slot.group !== null) groups.set(slot.group, groups.get(slot.group)! - 1)
    return canSit(rest, left, groups)
  })
}

describe('who is offered something', () => {
  it('is everybody in order who can be without taking it from anybody before them', () => {
    const groups = ['a', 'b']
    const problem = fc.record({
      slots: fc.array(
        fc.record({
          free: fc.integer({ min: 1, max: 2 }),
          group: fc.constantFrom<string | null>(...groups, null),
        }),
        { minLength: 1, maxLength: 4 },
      ),
      caps: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
      seekers: fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), {
        maxLength: 6,
      }),
    })
    fc.assert(
      fc.property(problem, ({ slots: drawn, caps, seekers: asked }) => {
        const slots = drawn.map((slot, index) => ({ ...slot, id: `s${index}` }))
        const groupFree = new Map(groups.map((group, index) => [group, caps[index]!]))
        const seekers = asked.map((indices, person) => ({
          personId: `p${person}`,
          seats: indices.map((index, place) => ({ slot: `s${index}`, rank: place + 1 })),
        }))
        // The greedy definition itself, each step decided by trying every seating.
        const best: Seeker[] = []
        for (const seeker of seekers) {
          if (canSit([...best, seeker], slots, groupFree)) best.push(seeker)
        }
        const chosen = chooseSeekers(seekers, slots, groupFree)
        expect(chosen).toEqual(best.map(({ personId }) => personId))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('how long an offer holds', () => {
  const paris = 'Europe/Paris'
  const meeting = new Date('2027-05-20T09:00:00+02:00')
  const until = (now: string, hours = 24) =>
    offerExpiry(new Date(now), meeting, paris, hours)?.toISOString() ?? null
  const at = (local: string) => new Date(local).toISOString()

  it('is a day when there is time, ended in working hours', () => {
    // Tuesday in the middle of the day.
    expect(until('2027-05-04T11:20:00+02:00')).toBe(at('2027-05-05T11:20:00+02:00'))
    // In the evening: the next but one morning, not the night before it.
    expect(until('2027-05-04T22:00:00+02:00')).toBe(at('2027-05-06T10:00:00+02:00'))
    // Early: an hour into the morning.
    expect(until('2027-05-04T06:00:00+02:00')).toBe(at('2027-05-05T10:00:00+02:00'))
    // Friday: nobody has to answer on a Saturday.
    expect(until('2027-05-07T14:00:00+02:00')).toBe(at('2027-05-10T10:00:00+02:00'))
  })

  it('is what the installation says, and a quarter of what is left where that is less', () => {
    expect(until('2027-05-04T11:20:00+02:00', 2)).toBe(at('2027-05-04T13:20:00+02:00'))
    // 20 hours before the meeting: five.
    expect(until('2027-05-19T12:00:00+02:00')).toBe(at('2027-05-19T17:15:00+02:00'))
  })

  it('ends on the evening before rather than in the night, and not at all too late', () => {
    // 17 hours before: a quarter would end at 20:15, the next morning would be too late.
    expect(until('2027-05-19T16:00:00+02:00')).toBe(at('2027-05-19T18:00:00+02:00'))
    expect(until('2027-05-19T17:30:00+02:00')).toBeNull()
    expect(until('2027-05-20T08:30:00+02:00')).toBeNull()
  })

  it('never ends in the night or on a weekend, nor later than an hour before the meeting', () => {
    const minutes = fc.integer({ min: 1, max: 60 * 24 * 60 })
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 96 }), (before, hours) => {
        const now = new Date(meeting.getTime() - before * 60_000)
        const end = offerExpiry(now, meeting, paris, hours)
        if (!end) return
        const local = new Intl.DateTimeFormat('en-GB', {
          timeZone: paris,
          weekday: 'short',
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        })
        const [day = '', time = ''] = local.format(end).split(/,? /)
        expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri']).toContain(day)
        expect(time >= '09:00' && time <= '18:00').toBe(true)
        expect(end.getTime() - now.getTime()).toBeGreaterThanOrEqual(3_600_000)
        expect(meeting.getTime() - end.getTime()).toBeGreaterThanOrEqual(3_600_000)
      }),
    )
  })

  it('is over at its end to the second, whatever a job has done', () => {
    const offer = { status: 'pending', expiresAt: new Date('2027-05-05T10:00:00Z') }
    expect(isOpenOffer(offer, new Date('2027-05-05T09:59:59Z'))).toBe(true)
    expect(isOpenOffer(offer, new Date('2027-05-05T10:00:00Z'))).toBe(false)
    expect(isOpenOffer({ ...offer, status: 'accepted' }, new Date('2027-05-04'))).toBe(false)
  })
})
