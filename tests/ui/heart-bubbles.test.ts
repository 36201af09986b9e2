import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layBubbles, overlap } from '#web/ui/heart-bubbles.geometry.ts'

const field = { x: 70, y: 56, width: 860, height: 350 }
const spot = fc.record({
  label: fc.string({ minLength: 1, maxLength: 34 }),
  across: fc.double({ min: 1, max: 5, noNaN: true }),
  up: fc.double({ min: 1, max: 5, noNaN: true }),
  weight: fc.integer({ min: 1, max: 400 }),
})

it('writes every label where it covers neither a heart nor another label', () => {
  fc.assert(
    fc.property(fc.array(spot, { minLength: 1, maxLength: 12 }), (spots) => {
      const bubbles = layBubbles(
        spots.map((one, place) => ({ ...one, id: String(place) })),
        field,
      )
      const hearts = bubbles.map(({ x, y, radius }) => ({
        x: x - radius,
        y: y - radius,
        width: 2 * radius,
        height: 2 * radius,
      }))
      const labels = bubbles.map(({ label }) => label)
      for (const [place, label] of labels.entries()) {
        for (const other of [...hearts, ...labels.slice(place + 1)])
          expect(overlap(label, other)).toBe(false)
        expect(label.x).toBeGreaterThanOrEqual(0)
        expect(label.x + label.width).toBeLessThanOrEqual(1_000)
      }
    }),
  )
})
