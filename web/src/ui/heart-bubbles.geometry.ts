/** A heart on the picture and the box of its label; all in pixels of the picture. */
export interface Bubble {
  id: string
  x: number
  y: number
  /** Half its width. */
  radius: number
  label: Box
  /** Whether its label stands away from it, so that a line must lead to it. */
  led: boolean
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Spot {
  id: string
  label: string
  /** Both from 1 to 5. */
  across: number
  up: number
  weight: number
}

/** Of one letter at 17 px, on average, in the widest of our faces. */
const letterWide = 9.2
const lineHigh = 20
const gap = 5
const smallest = 11
const largest = 34

/**
 * Places hearts by their two scales, their area by their weight, and each label where it covers
 * neither a heart nor another label: beside its heart if it can, else the nearest free place, found
 * ring by ring. The heavy ones choose first.
 */
export function layBubbles(spots: readonly Spot[], field: Box): Bubble[] {
  const most = Math.max(1, ...spots.map(({ weight }) => weight))
  const hearts = spots
    .map((spot) => ({
      spot,
      x: field.x + ((spot.across - 1) / 4) * field.width,
      y: field.y + field.height - ((spot.up - 1) / 4) * field.height,
      radius: Math.max(smallest, largest * Math.sqrt(spot.weight / most)),
    }))
    .sort((a, b) => b.spot.weight - a.spot.weight)
  const taken: Box[] = hearts.map(({ x, y, radius }) => ({
    x: x - radius,
    y: y - radius,
    width: 2 * radius,
    height: 2 * radius,
  }))
  return hearts.map(({ spot, x, y, radius }) => {
    const size = { width: spot.label.length * letterWide, height: lineHigh }
    const places = placesAround({ x, y, radius }, size)
    const inside = (box: Box) =>
      box.x >= field.x - largest && box.x + box.width <= field.x + field.width + largest
    const free = (box: Box) => !taken.some((other) => overlap(box, other))
    const at = places.findIndex((box) => inside(box) && free(box))
    const label = places[at] ?? below(taken, x, size, field)
    taken.push(label)
    return { id: spot.id, x, y, radius, label, led: at < 0 || at >= 4 }
  })
}

/** Right, left, below, above; then further and further out, a dozen places a ring. */
function placesAround(heart: { x: number; y: number; radius: number }, size: Omit<Box, 'x' | 'y'>) {
  const { x, y, radius } = heart
  const centred = (cx: number, cy: number) => ({
    ...size,
    x: cx - size.width / 2,
    y: cy - size.height / 2,
  })
  const reach = radius + gap
  const near = [
    centred(x + reach + size.width / 2, y),
    centred(x - reach - size.width / 2, y),
    centred(x, y + reach + size.height / 2),
    centred(x, y - reach - size.height / 2),
  ]
  const rings = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((ring) =>
    Array.from({ length: 12 }, (_, turn) => {
      const angle = (turn / 12) * 2 * Math.PI
      const out = reach + ring * lineHigh
      return centred(
        x + Math.cos(angle) * (out + size.width / 2),
        y + Math.sin(angle) * (out + size.height / 2),
      )
    }),
  )
  return [...near, ...rings]
}

/** Where nothing else is left: under everything. */
function below(taken: readonly Box[], x: number, size: Omit<Box, 'x' | 'y'>, field: Box): Box {
  const y = Math.max(...taken.map((box) => box.y + box.height)) + gap
  const furthest = field.x + field.width + largest - size.width
  return { ...size, x: Math.max(field.x - largest, Math.min(x - size.width / 2, furthest)), y }
}

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
