import { expect, it } from 'vitest'
import { apart, type Disc } from '#server/features/reports/reports.rules.ts'

const covered = (discs: readonly Disc[]) =>
  discs.flatMap((one, at) =>
    discs
      .slice(at + 1)
      .filter(
        (other) => one.radius + other.radius - Math.hypot(one.x - other.x, one.y - other.y) > 1,
      ),
  )

it('leaves alone what stands alone', () => {
  const discs = [
    { x: 0, y: 0, radius: 10 },
    { x: 40, y: 0, radius: 12 },
  ]
  expect(apart(discs)).toEqual(discs)
})

it('lets every number be read where all means are the same, and keeps them where they were together', () => {
  const discs = Array.from({ length: 7 }, () => ({ x: 100, y: 80, radius: 12 }))
  const moved = apart(discs)
  expect(covered(discs)).toHaveLength(21)
  expect(covered(moved)).toEqual([])
  for (const axis of ['x', 'y'] as const) {
    const middle = moved.reduce((sum, disc) => sum + disc[axis], 0) / moved.length
    expect(middle).toBeCloseTo(discs[0]![axis])
  }
})

it('keeps the order of what nearly falls together', () => {
  const [left, right] = apart([
    { x: 100, y: 50, radius: 8 },
    { x: 101, y: 50, radius: 8 },
  ])
  expect(right!.x - left!.x).toBeCloseTo(16)
})
