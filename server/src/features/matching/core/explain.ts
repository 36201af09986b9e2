import { Heap } from './heap.ts'
import type { Instance } from './instance.ts'
import type { Solution } from './solution.ts'

/** « What if this guest were given one of these slots? » */
export interface Grant {
  guest: number
  /** where the guest would sit instead, and rank² there */
  slots: readonly { slot: number; cost: number }[]
}

/** The best plan in which the guest sits there, against the best plan. */
export interface GrantCost {
  /** placed in all: 0, or -1 where one person fewer would have a place */
  placed: number
  /** sum of rank² over everybody placed, the guest included */
  cost: number
  /** what changes for the others: how many go from one rank to another; 0 is no place */
  moves: { from: number; to: number; people: number }[]
}

/**
 * What each grant would cost, exactly; undefined where pins leave the guest no seat at all. The
 * whole answer is undefined if the plan is not of least cost: nothing true could then be said.
 *
 * A guest put into slot `s` adds one unit there, and the cheapest way to take it on is a shortest
 * path in the residual network (Ahuja, Magnanti and Orlin, « Network Flows », 1993, 9.3): a guest
 * of `s` moves on, or loses the place to somebody without one, and so forth, until the seat the
 * guest left is reached. Where it cannot be, one placement is lost, and the seat left goes to whoever
 * gains most by it. Guests are folded into the arcs between slots, so that one search from `s`
 * serves everybody who wishes `s`. Ways of equal cost are told apart by how few people they move.
 */
export function grantCosts(
  instance: Instance,
  seats: Pick<Solution, 'slotOf' | 'rankOf' | 'slotLoad' | 'groupLoad'>,
  grants: readonly Grant[],
  progress: (done: number, total: number) => void = () => {},
): (GrantCost | undefined)[] | undefined {
  const network = residualNetwork(instance, seats)
  const potential = potentialsOf(network)
  if (!potential) return undefined
  const askedOf = instance.slotIds.map((): { grant: number; cost: number }[] => [])
  for (const [grant, { slots }] of grants.entries()) {
    for (const { slot, cost } of slots) askedOf[slot].push({ grant, cost })
  }
  const refill = shortestWays(network, potential, network.room)
  const found = grants.map((): Way | undefined => undefined)
  for (const [slot, asked] of askedOf.entries()) {
    progress(slot, askedOf.length)
    if (asked.length === 0) continue
    const reach = shortestWays(network, potential, slot)
    for (const { grant, cost } of asked) {
      const way = bestWay(reach, refill, seats, grants[grant].guest, cost)
      if (way && better(way, found[grant])) found[grant] = { ...way, moves: movesOf(way) }
    }
  }
  return found.map((way) => way && { placed: way.placed, cost: way.cost, moves: way.moves })
}

/**
 * Slots, then groups, then one node for being without a place and one for free room; an arc is a
 * guest who moves on, or nobody between a slot, its group and free room.
 */
interface Network {
  nodes: number
  nowhere: number
  room: number
  start: Int32Array
  to: Int32Array
  /** rank² in {@link unit}s, and 1 for whoever moves */
  weight: Float64Array
  rankFrom: Int32Array
  rankTo: Int32Array
  /** one unit of rank² in weights: more than any way can move people */
  unit: number
}

function residualNetwork(
  instance: Instance,
  { slotOf, rankOf, slotLoad, groupLoad }: Parameters<typeof grantCosts>[1],
): Network {
  const { guestStart, arcSlot, arcCost, slotGroup, slotCapacity } = instance
  const { groupStart, groupSlots, groupCapacity, pinSlot } = instance
  const slots = slotGroup.length
  const nowhere = slots + groupCapacity.length
  const room = nowhere + 1
  const unit = slotOf.length + 1
  const seated: number[][] = Array.from({ length: slots + 1 }, () => [])
  for (const [u, s] of slotOf.entries()) if (pinSlot[u] < 0) seated[s < 0 ? slots : s].push(u)

  const start = new Int32Array(room + 2)
  const to: number[] = []
  const weight: number[] = []
  const rankFrom: number[] = []
  const rankTo: number[] = []
  const known = new Int32Array(room).fill(-1)
  /** Of several guests who could make the same move, the cheapest. */
  function add(first: number, node: number, from: number, rank: number): void {
    const cost = 1 + (rank ** 2 - from ** 2) * unit
    const arc = known[node] < first ? to.length : known[node]
    if (arc < to.length && cost >= weight[arc]) return
    known[node] = arc
    to[arc] = node
    weight[arc] = cost
    rankFrom[arc] = from
    rankTo[arc] = rank
  }
  function addFree(node: number): void {
    to.push(node)
    weight.push(0)
    rankFrom.push(0)
    rankTo.push(0)
  }
  function addMoves(s: number): void {
    const first = to.length
    for (const u of seated[s]) {
      for (let a = guestStart[u]; a < guestStart[u + 1]; a++) {
        if (arcSlot[a] !== s) add(first, arcSlot[a], rankOf[u], Math.sqrt(arcCost[a]))
      }
      if (s < slots) add(first, nowhere, rankOf[u], 0)
    }
  }
  for (let s = 0; s < slots; s++) {
    start[s] = to.length
    if (slotLoad[s] < slotCapacity[s]) addFree(slots + slotGroup[s])
    addMoves(s)
  }
  for (let g = 0; g < groupCapacity.length; g++) {
    start[slots + g] = to.length
    if (groupLoad[g] < groupCapacity[g]) addFree(room)
    for (let k = groupStart[g]; k < groupStart[g + 1]; k++) {
      if (seated[groupSlots[k]].length > 0) addFree(groupSlots[k])
    }
  }
  start[nowhere] = to.length
  addMoves(slots)
  start[room] = to.length
  for (let g = 0; g < groupCapacity.length; g++) addFree(slots + g)
  start[room + 1] = to.length
  return {
    nodes: room + 1,
    nowhere,
    room,
    start,
    to: Int32Array.from(to),
    weight: Float64Array.from(weight),
    rankFrom: Int32Array.from(rankFrom),
    rankTo: Int32Array.from(rankTo),
    unit,
  }
}

/**
 * Distances that make every weight non-negative (Bellman 1958, Ford 1956, as a queue), or undefined
 * where a cycle of the network is negative: moving people around it would be a better plan.
 */
function potentialsOf({ nodes, start, to, weight }: Network): Float64Array | undefined {
  const potential = new Float64Array(nodes)
  const hops = new Int32Array(nodes)
  const waiting = new Uint8Array(nodes).fill(1)
  const queue = Array.from({ length: nodes }, (_, node) => node)
  for (let head = 0; head < queue.length; head++) {
    const node = queue[head]
    waiting[node] = 0
    for (let a = start[node]; a < start[node + 1]; a++) {
      const reached = potential[node] + weight[a]
      if (reached >= potential[to[a]]) continue
      potential[to[a]] = reached
      hops[to[a]] = hops[node] + 1
      if (hops[to[a]] > nodes) return undefined
      if (waiting[to[a]]) continue
      waiting[to[a]] = 1
      queue.push(to[a])
    }
  }
  return potential
}

interface Reach {
  network: Network
  /** true weights, infinite where nothing leads */
  distance: Float64Array
  /** the arc each node was reached by, -1 at the source */
  by: Int32Array
  from: Int32Array
}

/** Shortest ways from one node to everywhere (Dijkstra 1959, weights made non-negative). */
function shortestWays(network: Network, potential: Float64Array, source: number): Reach {
  const { nodes, start, to, weight } = network
  const reduced = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const by = new Int32Array(nodes).fill(-1)
  const from = new Int32Array(nodes).fill(-1)
  const heap = new Heap()
  reduced[source] = 0
  heap.push(0, source)
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    if (heap.key > reduced[node]) continue
    for (let a = start[node]; a < start[node + 1]; a++) {
      const next = to[a]
      const reached = reduced[node] + weight[a] + potential[node] - potential[next]
      if (reached >= reduced[next]) continue
      reduced[next] = reached
      by[next] = a
      from[next] = node
      heap.push(reached, next)
    }
  }
  const distance = reduced.map((key, node) => key - potential[source] + potential[node])
  return { network, distance, by, from }
}

interface Way {
  placed: number
  cost: number
  /** in weights, to compare ways of equal cost */
  weight: number
  /** the chains of moves, each to its end */
  chains: { reach: Reach; end: number }[]
  moves: GrantCost['moves']
}

function better(a: Way, b: Way | undefined): boolean {
  return !b || a.placed > b.placed || (a.placed === b.placed && a.weight < b.weight)
}

/** The cheapest way on from one slot for one guest, whose own seat is free again. */
function bestWay(
  reach: Reach,
  refill: Reach,
  { slotOf, rankOf }: Pick<Solution, 'slotOf' | 'rankOf'>,
  guest: number,
  costThere: number,
): Way | undefined {
  const { nowhere, unit } = reach.network
  const left = slotOf[guest]
  const chains =
    left >= 0 && reach.distance[left] < Number.POSITIVE_INFINITY
      ? [{ reach, end: left }]
      : [{ reach, end: nowhere }, ...(left < 0 ? [] : [{ reach: refill, end: left }])]
  const others = chains.reduce((sum, chain) => sum + chain.reach.distance[chain.end], 0)
  if (others === Number.POSITIVE_INFINITY) return undefined
  const own = costThere - (left < 0 ? 0 : rankOf[guest] ** 2)
  return {
    placed: (left < 0 ? 1 : 0) - (chains[0].end === nowhere ? 1 : 0),
    // People moved are the remainder of a weight, always fewer than one unit.
    cost: Math.floor(others / unit) + own,
    weight: others + own * unit,
    chains,
    moves: [],
  }
}

function movesOf({ chains }: Way): GrantCost['moves'] {
  const moves: GrantCost['moves'] = []
  for (const { reach, end } of chains) {
    const { network, by, from } = reach
    for (let node = end; by[node] >= 0; node = from[node]) {
      const move = { from: network.rankFrom[by[node]], to: network.rankTo[by[node]] }
      if (move.from === move.to) continue
      const known = moves.find((one) => one.from === move.from && one.to === move.to)
      if (known) known.people++
      else moves.push({ ...move, people: 1 })
    }
  }
  return moves.sort((a, b) => a.from - b.from || a.to - b.to)
}
