import { describe, expect, it } from 'vitest'
import { outcomeOf, pauseAfter } from '#web/features/observations/observations.entry.ts'

const problem = (status: number, code: string) => ({ status, code, title: 'Non.' })

describe('an observation that could not be sent', () => {
  it('stays and is tried again where the server is out of reach, unwell or busy', () => {
    expect(outcomeOf(undefined)).toBe('later')
    for (const status of [500, 502, 503, 408, 429]) {
      expect(outcomeOf(problem(status, 'unexpected'))).toBe('later')
    }
  })

  it('waits for its author where the session ended', () => {
    expect(outcomeOf(problem(401, 'not-signed-in'))).toBe('sign-in')
  })

  it('is told the server’s no, and not sent over and over', () => {
    const no = { code: 'observing-closed', title: 'Non.' }
    expect(outcomeOf(problem(409, 'observing-closed'))).toEqual(no)
  })
})

describe('the pause before trying again', () => {
  it('doubles from two seconds up to five minutes', () => {
    const pauses = [1, 2, 3, 8, 9, 60].map((failures) => pauseAfter(failures, 0))
    expect(pauses).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000])
  })

  it('is up to half as long again, so that not everybody comes back at once', () => {
    expect(pauseAfter(1, 1)).toBe(3_000)
  })
})
