/** A binary heap of nodes, smallest key first (Williams 1964); a node may be in it several times. */
export class Heap {
  /** of the node popped last */
  key = 0
  readonly #keys: number[] = []
  readonly #nodes: number[] = []

  /** The smallest key, infinite when empty. */
  peek(): number {
    return this.#keys.length > 0 ? this.#keys[0] : Number.POSITIVE_INFINITY
  }

  clear(): void {
    this.#keys.length = 0
    this.#nodes.length = 0
  }

  push(key: number, node: number): void {
    const keys = this.#keys
    const nodes = this.#nodes
    let at = keys.length
    while (at > 0) {
      const above = (at - 1) >> 1
      if (keys[above] <= key) break
      keys[at] = keys[above]
      nodes[at] = nodes[above]
      at = above
    }
    keys[at] = key
    nodes[at] = node
  }

  /** The node of the smallest key, or -1 when empty. */
  pop(): number {
    const keys = this.#keys
    const nodes = this.#nodes
    if (keys.length === 0) return -1
    this.key = keys[0]
    const top = nodes[0]
    const key = keys.pop()!
    const node = nodes.pop()!
    const size = keys.length
    if (size === 0) return top
    let at = 0
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && keys[below + 1] < keys[below]) below++
      if (keys[below] >= key) break
      keys[at] = keys[below]
      nodes[at] = nodes[below]
      at = below
    }
    keys[at] = key
    nodes[at] = node
    return top
  }
}
