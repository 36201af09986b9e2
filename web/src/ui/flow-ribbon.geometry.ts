export interface Flow {
  from: string
  to: string
  value: number
}

/** A bar at one side: `y` and `height` are its box with room for a label, `bar` the coloured part. */
export interface Bar {
  id: string
  value: number
  y: number
  height: number
  bar: { y: number; height: number }
}

export interface Ribbon extends Flow {
  /** Upper edges at both ends and the thickness between them, in pixels. */
  fromY: number
  toY: number
  thickness: number
}

/** No label fits into less: two lines at the left, three beside a drawing at the right. */
const leastBox = { from: 40, to: 58 }
const gap = 8

/**
 * Stacks both sides of a flow diagram over one common height and lays the ribbons between them in
 * the order of the lists, so that no two of one bar cross at it (a Sankey diagram of two columns).
 * @param height what is wanted; more is taken where labels need it.
 */
export function layFlows(from: string[], to: string[], flows: Flow[], height: number) {
  const sumOf = (side: 'from' | 'to', id: string) =>
    flows.reduce((sum, flow) => sum + (flow[side] === id ? flow.value : 0), 0)
  const total = Math.max(
    1,
    flows.reduce((sum, { value }) => sum + value, 0),
  )
  const perUnit = height / total
  const stack = (ids: string[], side: 'from' | 'to'): Bar[] => {
    let y = 0
    return ids.map((id) => {
      const value = sumOf(side, id)
      const thickness = value * perUnit
      const box = Math.max(leastBox[side], thickness)
      const bar = {
        id,
        value,
        y,
        height: box,
        bar: { y: y + (box - thickness) / 2, height: thickness },
      }
      y += box + gap
      return bar
    })
  }
  const sides = [stack(from, 'from'), stack(to, 'to')] as const
  const extent = (bars: Bar[]) => bars.reduce((end, bar) => Math.max(end, bar.y + bar.height), 0)
  const whole = Math.max(...sides.map(extent))
  // The shorter side is spread over the same height.
  const [left, right] = sides.map((bars) => {
    const spare = (whole - extent(bars)) / Math.max(1, bars.length - 1)
    return bars.map((one, place) => ({
      ...one,
      y: one.y + place * spare,
      bar: { ...one.bar, y: one.bar.y + place * spare },
    }))
  }) as [Bar[], Bar[]]
  const start = new Map(left.map(({ id, bar }) => [id, bar.y]))
  const end = new Map(right.map(({ id, bar }) => [id, bar.y]))
  const take = (edges: Map<string, number>, id: string, thickness: number) => {
    const y = edges.get(id) ?? 0
    edges.set(id, y + thickness)
    return y
  }
  const ribbons = from.flatMap((one) =>
    to.flatMap((other): Ribbon[] => {
      const flow = flows.find((some) => some.from === one && some.to === other)
      if (!flow || flow.value === 0) return []
      const thickness = flow.value * perUnit
      const ends = { fromY: take(start, one, thickness), toY: take(end, other, thickness) }
      return [{ ...flow, ...ends, thickness }]
    }),
  )
  return { height: whole, left, right, ribbons }
}

/** A ribbon of one thickness from `x0` to `x1`, leaving and arriving level. */
export function ribbonPath({ fromY, toY, thickness }: Ribbon, x0: number, x1: number): string {
  const half = (x0 + x1) / 2
  const n = (value: number) => value.toFixed(1)
  return [
    `M${n(x0)} ${n(fromY)}`,
    `C${n(half)} ${n(fromY)} ${n(half)} ${n(toY)} ${n(x1)} ${n(toY)}`,
    `V${n(toY + thickness)}`,
    `C${n(half)} ${n(toY + thickness)} ${n(half)} ${n(fromY + thickness)} ${n(x0)} ${n(fromY + thickness)}`,
    'Z',
  ].join('')
}
