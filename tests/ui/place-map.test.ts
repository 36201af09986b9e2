import { describe, expect, it } from 'vitest'
import { outline, project } from '../../web/src/ui/place-map.geometry.ts'

const bordeaux = { latitude: 44.84, longitude: -0.58 }
const limoges = { latitude: 45.83, longitude: 1.26 }
const pau = { latitude: 43.3, longitude: -0.37 }

describe('the map of places', () => {
  it('puts north above south and west left of east, inside its margins', () => {
    const { at, height } = project([bordeaux, limoges, pau], 400, 40)
    expect(at(limoges).y).toBeLessThan(at(bordeaux).y)
    expect(at(bordeaux).y).toBeLessThan(at(pau).y)
    expect(at(bordeaux).x).toBeCloseTo(40)
    expect(at(limoges).x).toBeCloseTo(360)
    expect(at(pau).y).toBeCloseTo(height - 40)
  })

  it('measures kilometres to within one per cent', () => {
    const { at, kilometre } = project([bordeaux, limoges, pau], 400, 40)
    const [a, b] = [at(bordeaux), at(limoges)]
    // Bordeaux to Limoges as the crow flies (haversine on these coordinates): 181.1 km.
    const measured = Math.hypot(a.x - b.x, a.y - b.y) / kilometre
    expect(Math.abs(measured / 181.1 - 1)).toBeLessThan(0.01)
  })

  it('draws a single site, or none, without dividing by nothing', () => {
    const one = project([bordeaux], 400, 40)
    expect(one.at(bordeaux)).toEqual({ x: 200, y: one.height / 2 })
    expect(outline([one.at(bordeaux)])).toBe(`M200.0 ${(one.height / 2).toFixed(1)}Z`)
    expect(project([], 400, 40).height).toBe(240)
    expect(outline([])).toBe('')
  })

  it('leaves out of the outline what lies inside it', () => {
    const square = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ]
    expect(outline([...square, { x: 5, y: 5 }])).toBe(outline(square))
  })
})
