import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePlan } from '#server/features/matching/matching.plan.ts'
import type { PlanInput } from '#server/features/matching/matching.problem.ts'
import { planInThread } from '#server/features/matching/matching.thread.ts'
import { bruteForce } from './core.instances.ts'
import { ranksByHand, smallDay } from './matching.days.ts'

const noClock = () => 0

function planned(day: PlanInput) {
  const outcome = makePlan(day, noClock)
  return outcome.ok ? outcome : undefined
}

describe('a plan of a small day', () => {
  it('keeps every condition: role, hosting, capacity, caps, forbids', () => {
    fc.assert(
      fc.property(smallDay, (day) => {
        const plan = planned(day)
        if (!plan) return
        const ranks = ranksByHand(day)
        const slotOf = new Map(day.slots.map((slot) => [slot.id, slot]))
        const seated = plan.guests.filter(({ slotId }) => slotId !== null)
        for (const { personId, slotId, rank, byHand } of seated) {
          const slot = slotOf.get(slotId!)
          // Only what may be given is given: never a slot that was withdrawn or not accepted.
          expect(slot).toBeDefined()
          const guest = day.guests.find((one) => one.personId === personId)!
          expect(slot!.roleId).not.toBe(guest.ownRoleId)
          for (const own of day.hosting.filter(({ hostId }) => hostId === personId)) {
            expect(own.startsAt >= slot!.endsAt || slot!.startsAt >= own.endsAt).toBe(true)
          }
          expect(ranks.get(personId)!.get(slotId!) ?? null).toBe(rank)
          if (!byHand) expect(rank).not.toBeNull()
          expect(day.pins).not.toContainEqual({ personId, slotId, kind: 'forbid' })
        }
        for (const { id, capacity } of day.slots) {
          expect(seated.filter(({ slotId }) => slotId === id).length).toBeLessThanOrEqual(capacity)
        }
        for (const cap of day.caps) {
          const there = seated.filter(({ slotId }) => {
            const { siteId, periodId } = slotOf.get(slotId!)!
            return siteId === cap.siteId && periodId === cap.periodId
          })
          expect(there.length).toBeLessThanOrEqual(cap.capacity)
        }
      }),
      { numRuns: 4_000 },
    )
  })

  it('places as many, at ranks as fair, as trying everything does', () => {
    fc.assert(
      fc.property(smallDay, (day) => {
        const plan = planned({ ...day, pins: day.pins.filter(({ kind }) => kind === 'forbid') })!
        const ranks = ranksByHand(day)
        const group = (slot: { siteId: string; periodId: string }) =>
          `${slot.siteId} ${slot.periodId}`
        const groups = day.caps.map((cap) => ({ id: group(cap), capacity: cap.capacity }))
        const best = bruteForce({
          seed: '',
          participants: [...ranks].map(([id, slots]) => ({
            id,
            wishes: [...slots].map(([slot, rank]) => ({ slot, rank })),
          })),
          slots: day.slots.map((slot) => ({
            id: slot.id,
            capacity: slot.capacity,
            group: groups.some(({ id }) => id === group(slot)) ? group(slot) : null,
          })),
          groups,
          pins: [],
          forbids: day.pins
            .filter(({ kind }) => kind === 'forbid')
            .map(({ personId, slotId }) => ({ participant: personId, slot: slotId })),
        })!
        const cost = plan.stats.byRank.reduce((sum, people, i) => sum + people * (i + 1) ** 2, 0)
        expect({ placed: plan.stats.placed, cost }).toEqual(best)
        expect(plan.stats.placed + plan.stats.unplaced).toBe(day.guests.length)
      }),
      { numRuns: 4_000 },
    )
  })

  it('is the same in whatever order people signed up and slots were offered', () => {
    fc.assert(
      fc.property(smallDay, fc.infiniteStream(fc.nat()), (day, stream) => {
        const shuffled = <T>(items: T[]) =>
          items
            .map((item) => ({ item, key: stream.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item)
        const byPerson = (input: PlanInput) =>
          planned(input)?.guests.toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
        const other = {
          ...day,
          guests: shuffled(day.guests),
          slots: shuffled(day.slots),
          caps: shuffled(day.caps),
          pins: shuffled(day.pins),
          hosting: shuffled(day.hosting),
        }
        expect(byPerson(other)).toEqual(byPerson(day))
      }),
      { numRuns: 1_000 },
    )
  })

  it('tells everybody a reason that is true', () => {
    fc.assert(
      fc.property(smallDay, (day) => {
        const plan = planned(day)
        if (!plan) return
        const ranks = ranksByHand(day)
        const forbids = day.pins.filter(({ kind }) => kind === 'forbid')
        for (const guest of plan.guests) {
          const wished = [...ranks.get(guest.personId)!.keys()]
          const left = wished.filter(
            (slotId) =>
              !forbids.some((pin) => pin.personId === guest.personId && pin.slotId === slotId),
          )
          const { reason, numbers } = guest
          if (reason === 'first-wish') expect(guest.rank).toBe(1)
          if (reason === 'later-wish') expect(guest.rank).toBeGreaterThan(1)
          if (reason === 'by-hand') expect(guest.byHand).toBe(true)
          if (reason === 'no-slot-fits' || reason === 'slots-withdrawn') expect(wished).toEqual([])
          if (reason === 'kept-apart') {
            expect(left).toEqual([])
            expect(wished).not.toEqual([])
          }
          if (reason === 'slots-full' || reason === 'cap-full') {
            const load = (slotId: string) => plan.guests.filter((g) => g.slotId === slotId).length
            const freeSeat = left.some(
              (id) => load(id) < day.slots.find((slot) => slot.id === id)!.capacity,
            )
            // A free seat that could not be given: the site's cap is what stands in the way.
            expect(freeSeat).toBe(reason === 'cap-full')
          }
          const asked = plan.guests.filter(({ personId }) =>
            left.some(
              (id) =>
                ranks.get(personId)!.has(id) &&
                !forbids.some((pin) => pin.personId === personId && pin.slotId === id),
            ),
          )
          expect(numbers.asked).toBe(asked.length)
          expect(numbers.wishes).toBe(
            day.guests.find(({ personId }) => personId === guest.personId)!.wishes.length,
          )
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

const hall = { id: 'hall', town: 'Pau', latitude: 43.3, longitude: -0.37 }
const anything = {
  roleId: null,
  periodId: null,
  place: 'any' as const,
  siteId: null,
  radiusKm: null,
}
function crowd(guests: number, seats: number): PlanInput {
  return {
    seed: 'day',
    guests: Array.from({ length: guests }, (_, i) => ({
      personId: `p${i}`,
      siteId: 'hall',
      ownRoleId: null,
      wishes: [{ ...anything, rank: 1 }],
    })),
    slots: Array.from({ length: seats }, (_, i) => ({
      id: `s${i}`,
      siteId: 'hall',
      roleId: 'seller',
      hostId: `h${i}`,
      periodId: 'morning',
      startsAt: new Date('2027-05-20T07:00:00Z'),
      endsAt: new Date('2027-05-20T10:00:00Z'),
      capacity: 1,
    })),
    withdrawn: [],
    hosting: [],
    sites: [hall],
    caps: [],
    pins: [],
  }
}

describe('pins that cannot hold together', () => {
  it('are an outcome, not an accident', () => {
    const day = crowd(2, 1)
    const pins = day.guests.map(({ personId }) => ({
      personId,
      slotId: 's0',
      kind: 'pin' as const,
    }))
    expect(makePlan({ ...day, pins }, noClock)).toEqual({ ok: false, failure: 'pins-exceed' })
  })
})

describe('the thread', () => {
  it('makes the same plan as the calling thread, and tells how far it is', async () => {
    const day = crowd(200, 150)
    const seen: number[] = []
    const { outcome } = planInThread(day, (done, total) => {
      expect(total).toBe(200)
      seen.push(done)
    })
    const fromThread = await outcome
    const here = makePlan(day, noClock)
    if (!fromThread.ok || !here.ok) throw new Error('no plan')
    expect(fromThread.guests).toEqual(here.guests)
    expect(seen.at(-1)).toBe(200)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
  })

  it('stops when asked to', async () => {
    const { outcome, cancel } = planInThread(crowd(300, 200), () => {})
    cancel()
    expect(await outcome).toEqual({ ok: false, failure: 'cancelled' })
  })
})
