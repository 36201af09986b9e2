import type { Draws } from './matching.chances.draws.ts'

/** What is known of how many people sign up in the end. */
export interface Arrivals {
  /** Share of the time between opening and deadline that has passed, 0 to 1. */
  elapsed: number
  /** People signed up now. */
  signedUp: number
  /** How many the director expects in all, if told. */
  expected: number | null
  /** Everybody of the region. */
  people: number
  /** Past days: for each sign-up the share of its own sign-up time that had passed. */
  past: readonly (readonly number[])[]
}

/**
 * What share of all sign-ups has come after a share x of the time, with nothing known: `atOnce` come
 * with the opening mail, the others as x to a power, from early, over evenly, to a rush at the
 * deadline. Together they weigh as one past day.
 */
const unknownShapes = [
  { atOnce: 0, power: 0.35 },
  { atOnce: 0, power: 0.6 },
  { atOnce: 0, power: 1 },
  { atOnce: 0, power: 1.6 },
  { atOnce: 0, power: 2.8 },
  { atOnce: 0.3, power: 1.6 },
  { atOnce: 0.6, power: 1.6 },
  { atOnce: 0.85, power: 1 },
]

/** What share of a region signs up, where neither the director nor a past day says more. */
const usualShare = 0.1

/** How sure the total is beforehand, as the shape of a gamma distribution (1/√shape is its spread). */
const sureness = { told: 6, past: 4, usual: 1 }

interface Curve {
  /** Share of all sign-ups that has come by now. */
  come: number
  weight: number
}

/** The share of a past day's sign-ups that had come; half a person short of certain at both ends. */
function comeOf(times: readonly number[], elapsed: number): number {
  return (times.filter((time) => time <= elapsed).length + 0.5) / (times.length + 1)
}

/**
 * Draws how many people still sign up. The total is Poisson around a mean that is gamma distributed
 * (around what the director expects, else past days, else {@link usualShare}); the share F of it
 * that has come by now follows the curve of a past day or one of the {@link unknownShapes}. Given
 * the people signed up, Bayes’ rule weighs the curves by their negative binomial likelihood, the
 * mean is gamma(shape + signed up, rate + F), and those to come are Poisson(mean · (1 − F)).
 */
export function arrivalsToCome(known: Arrivals): (draws: Draws) => number {
  const { elapsed, signedUp, expected, people, past } = known
  const left = Math.max(0, people - signedUp)
  if (elapsed >= 1 || left === 0) return () => 0
  const totals = past.map((times) => times.length)
  const pastMean = totals.reduce((sum, total) => sum + total, 0) / Math.max(1, totals.length)
  const mean = Math.max(1, expected ?? (past.length > 0 ? pastMean : people * usualShare))
  const shape = expected ? sureness.told : past.length > 0 ? sureness.past : sureness.usual
  const rate = shape / mean

  const curves: Curve[] = [
    ...unknownShapes.map(({ atOnce, power }) => ({
      come: Math.max(0.01, atOnce + (1 - atOnce) * elapsed ** power),
      weight: 1 / unknownShapes.length,
    })),
    ...past.map((times) => ({ come: comeOf(times, elapsed), weight: 2 })),
  ]
  // The terms of the likelihood that depend on the curve, as a logarithm.
  const logs = curves.map(
    ({ come }) => signedUp * Math.log(come / (rate + come)) - shape * Math.log(rate + come),
  )
  const greatest = Math.max(...logs)
  let sum = 0
  const cumulated = Float64Array.from(curves, ({ weight }, i) => {
    sum += weight * Math.exp(logs[i] - greatest)
    return sum
  })
  return (draws) => {
    const { come } = curves[draws.index(cumulated)]
    const total = draws.gamma(shape + signedUp) / (rate + come)
    return Math.min(left, draws.poisson(total * (1 - come)))
  }
}
