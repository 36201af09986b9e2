import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makePlan } from '#server/features/matching/matching.plan.ts'
import type { PlanInput } from '#server/features/matching/matching.problem.ts'
import { expandWishes } from '#server/features/signup/signup.rules.ts'
import { bruteForce } from './core.instances.ts'
import { ranksByHand, smallDay } from './matching.days.ts'

function planned(day: PlanInput) {
  const outcome = makePlan(day, () => 0)
  return outcome.ok ? outcome : undefined
}

/** The best plan of a day by trying everything, with one guest kept to some slots if told. */
function bestByHand(day: PlanInput, kept?: { personId: string; slots: Map<string, number> }) {
  const group = (slot: { siteId: string; periodId: string }) => `${slot.siteId} ${slot.periodId}`
  const groups = day.caps.map((cap) => ({ id: group(cap), capacity: cap.capacity }))
  const ranks = ranksByHand(day)
  const slotOf = new Map(day.slots.map((slot) => [slot.id, slot]))
  const forbidden = (personId: string, slotId: string) =>
    day.pins.some((p) => p.kind === 'forbid' && p.personId === personId && p.slotId === slotId)
  const pins = day.pins.flatMap(({ personId, slotId, kind }) => {
    const guest = day.guests.find((one) => one.personId === personId)
    const slot = slotOf.get(slotId)
    const possible =
      guest &&
      slot &&
      slot.roleId !== guest.ownRoleId &&
      slot.hostId !== personId &&
      !day.hosting.some(
        (own) =>
          own.hostId === personId && own.startsAt < slot.endsAt && slot.startsAt < own.endsAt,
      )
    return kind === 'pin' && possible ? [{ participant: personId, slot: slotId }] : []
  })
  const solve = (more: typeof pins) =>
    bruteForce({
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
      pins: [...pins, ...more],
      forbids: day.pins
        .filter(({ personId, slotId }) => forbidden(personId, slotId))
        .map(({ personId, slotId }) => ({ participant: personId, slot: slotId })),
    })
  if (!kept) return solve([])
  return [...kept.slots.keys()]
    .flatMap((slot) => solve([{ participant: kept.personId, slot }]) ?? [])
    .sort((a, b) => b.placed - a.placed || a.cost - b.cost)[0]
}

/** What one wish alone reaches, at the rank it counts. */
function slotsOfWish(day: PlanInput, guest: PlanInput['guests'][number], rank: number) {
  const alone = {
    ...day,
    guests: [{ ...guest, wishes: guest.wishes.filter((w) => w.rank === rank) }],
  }
  const ranks = ranksByHand(day).get(guest.personId)!
  return new Map(
    [...ranksByHand(alone).get(guest.personId)!.keys()].map((slot) => [slot, ranks.get(slot)!]),
  )
}

/** The same days with next to no room and wishes for anywhere, so that wishes are refused. */
const tightDay = smallDay.map((day) => ({
  ...day,
  guests: day.guests.map((guest) => ({
    ...guest,
    wishes: guest.wishes.map((wish, index) => ({
      ...wish,
      ...(index === 0 ? { place: 'any' as const, siteId: null, radiusKm: null } : {}),
    })),
  })),
  slots: day.slots.slice(0, 3).map((slot) => ({ ...slot, capacity: 1 })),
}))

describe('what became of a wish', () => {
  it('is true of the plan, and its price is what trying everything finds', () => {
    const seen = new Map<string, number>()
    let moved = 0
    fc.assert(
      fc.property(fc.oneof(smallDay, tightDay), (day) => {
        const plan = planned(day)
        if (!plan) return
        const best = bestByHand(day)!
        const seats = new Map(plan.guests.map(({ personId, slotId }) => [personId, slotId]))
        for (const { personId, rank: granted, byHand, wishes } of plan.guests) {
          const guest = day.guests.find((one) => one.personId === personId)!
          expect(wishes.map(({ rank }) => rank)).toEqual(guest.wishes.map(({ rank }) => rank))
          for (const { rank, outcome, places, asked, cost } of wishes) {
            seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
            const fits = slotsOfWish(day, guest, rank)
            const left = new Map(
              [...fits].filter(
                ([slotId]) =>
                  !day.pins.some(
                    (p) => p.kind === 'forbid' && p.personId === personId && p.slotId === slotId,
                  ),
              ),
            )
            const refused = outcome === 'slots-full' || outcome === 'cap-full'
            expect(outcome === 'granted').toBe(granted === rank)
            expect(outcome === 'not-needed').toBe(granted !== null && granted < rank)
            if (outcome === 'no-slot-fits' || outcome === 'slots-withdrawn') {
              expect([...fits]).toEqual([])
            }
            if (outcome === 'kept-apart') expect([fits.size > 0, left.size]).toEqual([true, 0])
            if (outcome === 'by-hand') expect(byHand).toBe(true)
            if (!refused) {
              expect(cost).toBeNull()
              continue
            }
            expect(left.size).toBeGreaterThan(0)
            const taken = (slotId: string) => [...seats.values()].filter((s) => s === slotId).length
            const roomy = day.slots.some((s) => left.has(s.id) && taken(s.id) < s.capacity)
            expect(roomy).toBe(outcome === 'cap-full')
            expect(places).toBeLessThanOrEqual(
              day.slots.reduce((sum, s) => sum + (left.has(s.id) ? s.capacity : 0), 0),
            )
            expect(asked.reduce((sum, people) => sum + people, 0)).toBeGreaterThan(0)

            const granting = bestByHand(day, { personId, slots: left })
            if (!granting) {
              expect(cost).toBeNull()
              continue
            }
            const others = cost!.moves.reduce(
              (sum, move) => sum + move.people * (Math.sign(move.to) - Math.sign(move.from)),
              0,
            )
            expect(cost!.placed).toBe(granting.placed - best.placed)
            expect(others + (granted === null ? 1 : 0)).toBe(cost!.placed)
            expect(cost!.even).toBe(granting.placed === best.placed && granting.cost === best.cost)
            // Granting it is never free: somebody pays for it, or a tie was broken.
            expect(granting.placed < best.placed || granting.cost >= best.cost).toBe(true)
            if (cost!.moves.length > 0) moved++
          }
        }
      }),
      { numRuns: 3_000 },
    )
    expect([...seen.keys()].sort()).toEqual([
      'by-hand',
      'cap-full',
      'granted',
      'kept-apart',
      'no-slot-fits',
      'not-needed',
      'slots-full',
      'slots-withdrawn',
    ])
    expect(moved).toBeGreaterThan(50)
  })

  it('counts who asked by the rank they asked at', () => {
    fc.assert(
      fc.property(smallDay, (day) => {
        const free = { ...day, pins: [] }
        const plan = planned(free)!
        const sites = new Map(free.sites.map((site) => [site.id, site]))
        const ranks = ranksByHand(free)
        for (const { personId, wishes } of plan.guests) {
          const guest = free.guests.find((one) => one.personId === personId)!
          const hosting = free.hosting.filter(({ hostId }) => hostId === personId)
          for (const { rank, asked } of wishes) {
            const alone = guest.wishes.filter((wish) => wish.rank === rank)
            const slots = expandWishes(alone, { ...guest, hosting }, free.slots, sites)
            const people = [...ranks.values()].map((own) =>
              Math.min(...slots.map(({ slot }) => own.get(slot) ?? Number.POSITIVE_INFINITY)),
            )
            expect(asked).toEqual(
              [1, 2, 3, 4, 5].map((at) => people.filter((rank) => rank === at).length),
            )
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
