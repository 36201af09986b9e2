import loadHighs, { type ModelData } from 'highs'
import type { InstanceInput } from '#server/features/matching/core/input.ts'

// Its types describe the CommonJS build, where the function is one `default` deeper.
const load = loadHighs as unknown as typeof loadHighs.default
const highs = await load()

export interface Best {
  placed: number
  cost: number
  /** of HiGHS alone, the model already passed */
  milliseconds: number
  /** of those, with a processor */
  processor: number
}

/**
 * What HiGHS, a solver that knows nothing of matchings, finds for an input as it is written: most
 * placed, then least cost. The matrix is that of a flow, so its linear programme has whole
 * solutions. The pins must be such as can hold.
 */
export function highsBest(input: InstanceInput): Best {
  const { columns, model } = linearProgramme(input)
  return highs.withModel(model, (running) => {
    running.options.set({ output_flag: false })
    const start = performance.now()
    const before = process.threadCpuUsage()
    running.run()
    const { user, system } = process.threadCpuUsage(before)
    const processor = (user + system) / 1000
    const milliseconds = performance.now() - start
    if (running.getModelStatus() !== highs.constants.modelStatus.optimal)
      throw new Error(`HiGHS ended with status ${running.getModelStatus()}`)
    const taken = running.getSolution().colValue
    const best: Best = { placed: 0, cost: 0, milliseconds, processor }
    for (const [i, { cost }] of columns.entries()) {
      if (taken[i]! < 0.5) continue
      best.placed++
      best.cost += cost
    }
    return best
  })
}

interface Column {
  guest: number
  slot: number
  cost: number
  pinned: boolean
}

function columnsOf({ participants, slots, pins = [], forbids = [] }: InstanceInput): Column[] {
  const slotAt = new Map(slots.map(({ id }, s) => [id, s]))
  const pinOf = new Map(pins.map((pin) => [pin.participant, pin.slot]))
  const forbidden = Map.groupBy(forbids, ({ participant }) => participant)
  return participants.flatMap(({ id, wishes }, guest): Column[] => {
    const ranks = new Map<string, number>()
    for (const { slot, rank } of wishes) ranks.set(slot, Math.min(rank, ranks.get(slot) ?? rank))
    const pin = pinOf.get(id)
    if (pin !== undefined) {
      const cost = (ranks.get(pin) ?? 0) ** 2
      return [{ guest, slot: slotAt.get(pin)!, cost, pinned: true }]
    }
    for (const { slot } of forbidden.get(id) ?? []) ranks.delete(slot)
    return [...ranks].map(([slot, rank]) => ({
      guest,
      slot: slotAt.get(slot)!,
      cost: rank ** 2,
      pinned: false,
    }))
  })
}

/** A column for each seat that may be given; a row for each guest, slot and group. */
function linearProgramme(input: InstanceInput): { columns: Column[]; model: ModelData } {
  const { participants, slots, groups = [] } = input
  const columns = columnsOf(input)
  const groupAt = new Map(groups.map(({ id }, g) => [id, g]))
  const slotBase = participants.length
  const groupBase = slotBase + slots.length
  const rows: number[] = []
  const starts = [0]
  for (const { guest, slot } of columns) {
    rows.push(guest, slotBase + slot)
    const group = slots[slot]!.group
    if (group != null) rows.push(groupBase + groupAt.get(group)!)
    starts.push(rows.length)
  }
  const rowUpper = [
    ...participants.map(() => 1),
    ...slots.map(({ capacity }) => capacity),
    ...groups.map(({ capacity }) => capacity),
  ]
  // One placement is worth more than all ranks together.
  const dearest = columns.reduce((most, { cost }) => Math.max(most, cost), 0)
  const placement = dearest * participants.length + 1
  const model: ModelData = {
    numCols: columns.length,
    numRows: rowUpper.length,
    colCost: columns.map(({ cost }) => cost - placement),
    colLower: columns.map(({ pinned }) => (pinned ? 1 : 0)),
    colUpper: columns.map(() => 1),
    rowLower: rowUpper.map(() => 0),
    rowUpper,
    matrix: {
      format: 'csc',
      numRows: rowUpper.length,
      numCols: columns.length,
      starts,
      indices: rows,
      values: rows.map(() => 1),
    },
  }
  return { columns, model }
}
