import { type Draws, drawsFrom } from '#server/features/matching/matching.chances.draws.ts'
import type { ChancesInput } from '#server/features/matching/matching.chances.rules.ts'
import type { PlanInput } from '#server/features/matching/matching.problem.ts'
import { mostWishes } from '#shared/signup/signup.vocabulary.ts'

/** Places for each person who signs up in the end. */
export const regimes = { scarce: 0.6, balanced: 1, ample: 2 } as const
/** When people sign up: a rush at the opening, evenly, at the deadline; or both, as after mails. */
export const patterns = ['early', 'even', 'late', 'twice'] as const
export type Regime = keyof typeof regimes
export type Pattern = (typeof patterns)[number]

type Guest = PlanInput['guests'][number] & { at: number }

/** A day whose end is known: who signs up when, and for what. */
export interface SimulatedDay {
  plan: PlanInput
  guests: Guest[]
  past: Guest[][]
  expected: number | null
  people: number
}

const siteCount = 24
const roles = ['shop', 'van', 'desk', 'call-back', 'office', 'counter']
const periods = ['morning', 'afternoon', 'whole-day']
const hours: Record<string, [number, number]> = {
  morning: [7, 10],
  afternoon: [12, 15],
  'whole-day': [7, 15],
}

/** In [0, 1]: the share of sign-up time that has passed when somebody comes. */
function arrival(pattern: Pattern, draws: Draws): number {
  const power = { early: 0.4, even: 1, late: 2.5, twice: 0 }[pattern]
  if (power > 0) return draws.uniform() ** (1 / power)
  const rush = draws.uniform()
  if (rush < 0.4) return Math.min(1, draws.exponential() * 0.06)
  if (rush < 0.75) return Math.max(0, 1 - draws.exponential() * 0.06)
  return draws.uniform()
}

/** Everybody has a favourite of their own, and all follow the day's fashion to some extent. */
function fashion(draws: Draws, near?: number[]): number[] {
  return roles.map((_, role) => draws.gamma(0.7) + (near ? 2 * near[role] : 0))
}

function cumulate(weights: number[]): Float64Array {
  let sum = 0
  return Float64Array.from(weights, (weight) => {
    sum += weight
    return sum
  })
}

function wishesOf(draws: Draws, tastes: number[]): Guest['wishes'] {
  const seen = new Set<string>()
  const wishes: Guest['wishes'] = []
  const count = 1 + Math.floor(draws.uniform() * mostWishes)
  for (let tries = 0; wishes.length < count && tries < 20; tries++) {
    const role = draws.uniform() < 0.08 ? null : roles[draws.index(cumulate(tastes))]
    const where = draws.uniform()
    const place = where < 0.3 ? 'any' : where < 0.55 ? 'town' : 'near'
    const period = draws.uniform() < 0.6 ? null : periods[Math.floor(draws.uniform() * 2)]
    const key = `${role} ${place} ${period}`
    if (seen.has(key)) continue
    seen.add(key)
    wishes.push({
      rank: wishes.length + 1,
      roleId: role,
      periodId: period,
      place,
      siteId: null,
      radiusKm: place === 'near' ? 30 : null,
    })
  }
  return wishes
}

/** Late comers drift from the day's fashion to another by this share. */
const drift = 0.3

function crowd(
  name: string,
  draws: Draws,
  size: number,
  pattern: Pattern,
  tastes: number[],
): Guest[] {
  const late = fashion(draws)
  return Array.from({ length: size }, (_, i) => {
    const at = arrival(pattern, draws)
    const now = tastes.map((weight, role) => weight * (1 - drift * at) + late[role] * drift * at)
    return {
      personId: `${name}${i}`,
      siteId: `site${Math.floor(siteCount * draws.uniform() ** 1.5)}`,
      ownRoleId: draws.uniform() < 0.3 ? roles[Math.floor(draws.uniform() * roles.length)] : null,
      wishes: wishesOf(draws, now),
      at,
    }
  })
}

/** Draws a day; `pastDays` of the same region went before it, alike but not the same. */
export function simulateDay(
  seed: string,
  regime: Regime,
  pattern: Pattern,
  pastDays: number,
): SimulatedDay {
  const draws = drawsFrom(seed)
  const size = Math.round(90 + 120 * draws.uniform())
  const tastes = fashion(draws)
  const guests = crowd('p', draws, size, pattern, tastes)
  const past = Array.from({ length: pastDays }, (_, day) =>
    crowd(
      `past${day}-`,
      draws,
      Math.round(size * (0.6 + 0.7 * draws.uniform())),
      pattern,
      fashion(draws, tastes),
    ),
  )
  const wanted = Math.round(size * regimes[regime])
  const slots: PlanInput['slots'] = []
  for (let seats = 0, i = 0; seats < wanted; i++) {
    const periodId = periods[Math.floor(draws.uniform() * 2.2)]
    const [from, to] = hours[periodId]
    const capacity = draws.uniform() < 0.7 ? 1 : 2
    seats += capacity
    slots.push({
      id: `slot${i}`,
      siteId: `site${Math.floor(siteCount * draws.uniform())}`,
      roleId: roles[Math.floor(draws.uniform() * roles.length)],
      hostId: `host${i}`,
      periodId,
      startsAt: new Date(Date.UTC(2027, 4, 20, from)),
      endsAt: new Date(Date.UTC(2027, 4, 20, to)),
      capacity,
    })
  }
  const sites = Array.from({ length: siteCount }, (_, i) => ({
    id: `site${i}`,
    town: `town${Math.floor(i / 3)}`,
    latitude: 44.5 + 0.9 * draws.uniform(),
    longitude: -0.6 + 1.2 * draws.uniform(),
  }))
  const capped = new Set(
    slots.filter(() => draws.uniform() < 0.1).map((s) => `${s.siteId} ${s.periodId}`),
  )
  const plan: PlanInput = {
    seed,
    guests,
    slots,
    withdrawn: [],
    hosting: [],
    sites,
    caps: [...capped].map((pair) => {
      const [siteId, periodId] = pair.split(' ')
      return { siteId, periodId, capacity: 2 }
    }),
    pins: [],
  }
  const told = draws.uniform() < 0.6
  const expected = told ? Math.round(size * (0.7 + 0.7 * draws.uniform())) : null
  return { plan, guests, past, expected, people: size * 8 }
}

/** What would be known after a share of the time. */
export function knownAt(day: SimulatedDay, elapsed: number): ChancesInput {
  const guests = day.guests.filter(({ at }) => at <= elapsed)
  return {
    plan: { ...day.plan, guests },
    composing: [],
    arrivals: {
      elapsed,
      signedUp: guests.length,
      expected: day.expected,
      people: day.people,
      past: day.past.map((former) => former.map(({ at }) => at)),
    },
    past: day.past.flat(),
  }
}
