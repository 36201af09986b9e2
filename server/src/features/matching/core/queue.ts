import { Heap } from './heap.ts'

const width = 1024
const mask = width - 1
const none = -1

/**
 * A monotone priority queue for Dijkstra over integer distances: first-in-first-out buckets for the
 * next 1024 distances (Dial 1969), a binary heap for what lies further. First in, first out lets
 * chains of distance 0 grow evenly, which keeps them short. Stale entries are the caller's to skip.
 */
export class DistanceQueue {
  /** distance of the entry taken last */
  level = 0
  /** how many entries wait in buckets */
  #near = 0
  #limit = width
  readonly #head = new Int32Array(width)
  readonly #tail = new Int32Array(width)
  #entries = 0
  #node = new Int32Array(width)
  #next = new Int32Array(width)
  readonly #far = new Heap()

  clear(): void {
    this.#far.clear()
    this.#startAt(0)
  }

  /** `distance` is never below `level`. */
  push(node: number, distance: number): void {
    if (distance >= this.#limit) this.#far.push(distance, node)
    else this.#pushNear(node, distance)
  }

  /** The nearest node, or -1 when there is none. */
  pop(): number {
    if (this.#near === 0) {
      const far = this.#far
      if (far.peek() === Number.POSITIVE_INFINITY) return none
      this.#startAt(far.peek())
      while (far.peek() < this.#limit) {
        const node = far.pop()
        this.#pushNear(node, far.key)
      }
    }
    const head = this.#head
    let level = this.level
    while (head[level & mask] === none) level++
    this.level = level
    const entry = head[level & mask]
    head[level & mask] = this.#next[entry]
    this.#near--
    return this.#node[entry]
  }

  #startAt(level: number): void {
    this.level = level
    this.#limit = level + width
    this.#head.fill(none)
    this.#near = 0
    this.#entries = 0
  }

  #pushNear(node: number, distance: number): void {
    const entry = this.#entries++
    if (entry === this.#node.length) this.#grow()
    this.#node[entry] = node
    this.#next[entry] = none
    const bucket = distance & mask
    if (this.#head[bucket] === none) this.#head[bucket] = entry
    else this.#next[this.#tail[bucket]] = entry
    this.#tail[bucket] = entry
    this.#near++
  }

  #grow(): void {
    const [node, next] = [this.#node, this.#next]
    this.#node = new Int32Array(2 * node.length)
    this.#next = new Int32Array(2 * node.length)
    this.#node.set(node)
    this.#next.set(next)
  }
}
