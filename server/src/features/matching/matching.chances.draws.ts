import { seededHash } from './core/order.ts'

/** Reproducible chance: the same seed gives the same draws. */
export interface Draws {
  /** In [0, 1). */
  uniform(): number
  /** Mean 1. */
  exponential(): number
  /** Mean `shape`. */
  gamma(shape: number): number
  poisson(mean: number): number
  /** An index, likelier where its weight is greater; weights are summed up beforehand. */
  index(cumulated: Float64Array): number
}

/** mulberry32 (Tommy Ettinger), from the hash that also breaks ties. */
export function drawsFrom(seed: string): Draws {
  let state = seededHash(seed, 'draws') >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
  const exponential = () => -Math.log(1 - uniform())
  /** Box and Muller 1958. */
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform())

  /** Marsaglia and Tsang, « A simple method for generating gamma variables », 2000. */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x / Math.sqrt(9 * d)) ** 3
      if (v > 0 && -Math.log(1 - uniform()) > -(x * x) / 2 - d + d * v - d * Math.log(v)) {
        return d * v
      }
    }
  }

  /** By the waiting times between arrivals (Devroye 1986, X.3.3). */
  function poisson(mean: number): number {
    let arrived = 0
    for (let waited = exponential(); waited < mean; waited += exponential()) arrived++
    return arrived
  }

  function index(cumulated: Float64Array): number {
    const wanted = uniform() * cumulated[cumulated.length - 1]
    let low = 0
    let high = cumulated.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (cumulated[middle] > wanted) high = middle
      else low = middle + 1
    }
    return low
  }

  return { uniform, exponential, gamma, poisson, index }
}
