/**
 * Dual prices, exact integers: what a seat of the slot (its group's share included) and of the
 * group adds to the cost of everybody together. Arrays of doubles, because sums of rank² along a
 * long chain can pass 32 bits; they stay far below 2^53.
 */
export interface Prices {
  slot: Float64Array
  group: Float64Array
}
