/**
 * A monotone priority queue for Dijkstra over integer distances: what lies at the current distance
 * waits on a stack, what lies further in a binary heap. Most reduced costs are 0, so most entries
 * never touch the heap. Stale entries are the caller's to skip.
 */
export class DistanceQueue {
  /** distance of the entry taken last */
  level = 0
  #stack: number[] = []
  #keys: number[] = []
  #nodes: number[] = []

  clear(): void {
    this.level = 0
    this.#stack.length = 0
    this.#keys.length = 0
    this.#nodes.length = 0
  }

  /** `distance` is never below `level`. */
  push(node: number, distance: number): void {
    if (distance === this.level) {
      this.#stack.push(node)
      return
    }
    const keys = this.#keys
    const nodes = this.#nodes
    let i = keys.length
    keys.push(distance)
    nodes.push(node)
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (keys[parent] <= distance) break
      keys[i] = keys[parent]
      nodes[i] = nodes[parent]
      i = parent
    }
    keys[i] = distance
    nodes[i] = node
  }

  /** The nearest node, or -1 when there is none. */
  pop(): number {
    if (this.#stack.length > 0) return this.#stack.pop()!
    const keys = this.#keys
    const nodes = this.#nodes
    if (keys.length === 0) return -1
    const node = nodes[0]
    this.level = keys[0]
    const key = keys.pop()!
    const last = nodes.pop()!
    const size = keys.length
    if (size > 0) {
      let i = 0
      for (;;) {
        let child = 2 * i + 1
        if (child >= size) break
        if (child + 1 < size && keys[child + 1] < keys[child]) child++
        if (keys[child] >= key) break
        keys[i] = keys[child]
        nodes[i] = nodes[child]
        i = child
      }
      keys[i] = key
      nodes[i] = last
    }
    return node
  }
}
