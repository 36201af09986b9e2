type Coordinates = { latitude: number; longitude: number }
type Point = { x: number; y: number }

// One degree of latitude, in kilometres.
const degree = 111.2

/**
 * An equirectangular projection true at the middle latitude: over a region a few hundred kilometres
 * across its error is under one per cent, less than a dot.
 * Answers the height that goes with `width`, where a place falls, and the pixels in a kilometre.
 */
export function project(places: Coordinates[], width: number, margin: number) {
  const latitudes = places.map((place) => place.latitude)
  const longitudes = places.map((place) => place.longitude)
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)]
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180)
  // A single site, or none, still gets a map of about 20 km.
  const across = Math.max(0.2, (east - west) * shrink) || 0.2
  const scale = (width - 2 * margin) / across
  const height = Math.max(0.6 * width, (north - south) * scale + 2 * margin || 0)
  const middle = { latitude: (south + north) / 2 || 0, longitude: (west + east) / 2 || 0 }
  return {
    height,
    kilometre: scale / degree,
    at: (place: Coordinates): Point => ({
      x: width / 2 + (place.longitude - middle.longitude) * shrink * scale,
      y: height / 2 - (place.latitude - middle.latitude) * scale,
    }),
  }
}

/** The convex hull as an SVG path (Andrew's monotone chain): the ground the places stand on. */
export function outline(points: Point[]): string {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const half = (ordered: Point[]) => {
    const chain: Point[] = []
    for (const point of ordered) {
      while (chain.length > 1 && !turnsLeft(chain.at(-2)!, chain.at(-1)!, point)) chain.pop()
      chain.push(point)
    }
    return chain.slice(0, -1)
  }
  const hull = [...half(sorted), ...half(sorted.toReversed())]
  const drawn = hull.length ? hull : sorted.slice(0, 1)
  if (drawn.length === 0) return ''
  return `M${drawn.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`
}

function turnsLeft(from: Point, via: Point, to: Point): boolean {
  return (via.x - from.x) * (to.y - from.y) - (via.y - from.y) * (to.x - from.x) > 0
}
