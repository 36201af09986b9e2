/**
 * Rows of (item, cost) pairs in one pool, that grow and shrink: an adjacency list without an object
 * per arc. A row that runs out of room moves to the end of the pool with twice as much.
 * `insert` and `remove` at the same position undo each other exactly.
 */
export class Rows {
  /** pairs of row r: start[r] … start[r] + count[r] - 1 */
  start: Int32Array
  count: Int32Array
  item: Int32Array
  cost: Int32Array
  rows: number
  #room: Int32Array
  #used: number

  /** From offsets, as an instance keeps them; costs may be left out. */
  constructor(start: Int32Array, item: Int32Array, cost?: Int32Array) {
    this.rows = start.length - 1
    this.#used = item.length
    this.start = start.slice(0, this.rows)
    this.count = this.start.map((from, row) => start[row + 1] - from)
    this.#room = this.count.slice()
    this.item = larger(item, item.length + spare)
    this.cost = larger(cost ?? new Int32Array(item.length), item.length + spare)
  }

  /** Adds an empty row and returns its number. */
  addRow(): number {
    if (this.rows === this.start.length) {
      this.start = larger(this.start, 2 * this.rows + spare)
      this.count = larger(this.count, 2 * this.rows + spare)
      this.#room = larger(this.#room, 2 * this.rows + spare)
    }
    return this.rows++
  }

  /** Takes the last row back, which is empty; its room waits for the next one. */
  dropRow(): void {
    this.rows--
  }

  /** Position of an item in the pool, or -1. */
  find(row: number, item: number): number {
    const from = this.start[row]
    const at = this.item.subarray(from, from + this.count[row]).indexOf(item)
    return at < 0 ? -1 : from + at
  }

  /** Puts a pair before the `index`-th of its row. */
  insert(row: number, index: number, item: number, cost: number): void {
    if (this.count[row] === this.#room[row]) this.#move(row)
    const at = this.start[row] + index
    const end = this.start[row] + this.count[row]++
    this.item.copyWithin(at + 1, at, end)
    this.cost.copyWithin(at + 1, at, end)
    this.item[at] = item
    this.cost[at] = cost
  }

  remove(row: number, index: number): void {
    const at = this.start[row] + index
    const end = this.start[row] + this.count[row]--
    this.item.copyWithin(at, at + 1, end)
    this.cost.copyWithin(at, at + 1, end)
  }

  #move(row: number): void {
    const room = Math.max(4, 2 * this.#room[row])
    if (this.#used + room > this.item.length) {
      const length = Math.ceil(1.5 * (this.#used + room))
      this.item = larger(this.item, length)
      this.cost = larger(this.cost, length)
    }
    const from = this.start[row]
    this.item.copyWithin(this.#used, from, from + this.count[row])
    this.cost.copyWithin(this.#used, from, from + this.count[row])
    this.start[row] = this.#used
    this.#room[row] = room
    this.#used += room
  }
}

const spare = 64

/** A copy with more room. */
export function larger(values: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length)
  copy.set(values)
  return copy
}
