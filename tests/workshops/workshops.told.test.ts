import { describe, expect, it } from 'vitest'
import { shippedCourse } from '#server/features/workshops/workshops.shipped.ts'
import { linesOf, minutesIn, rangeIn, stretches } from '#web/features/workshops/workshops.told.ts'

describe('a course told on paper', () => {
  it('goes through its hour without a gap', () => {
    const hour = stretches(shippedCourse('circle-of-influence'))
    expect(hour[0]).toMatchObject({ number: 1, from: 0, until: 5 })
    for (const [place, { from }] of hour.slice(1).entries()) expect(from).toBe(hour[place]!.until)
    expect(rangeIn(hour[1]!, 'fr')).toMatch(/^5–13\smin$/)
    expect(minutesIn(5, 'nl')).toMatch(/^5\smin$/)
  })

  it('breaks a label after its colon, and no word', () => {
    expect(linesOf('Ce que je décide : je fais', 18)).toEqual(['Ce que je décide', 'je fais'])
    expect(linesOf('Ce que je peux verser aujourd’hui', 22)).toEqual([
      'Ce que je peux verser',
      'aujourd’hui',
    ])
    expect(linesOf('incompréhensiblement', 5)).toEqual(['incompréhensiblement'])
  })
})
