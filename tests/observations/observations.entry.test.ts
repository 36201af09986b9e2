import { describe, expect, it } from 'vitest'
import {
  type Entry,
  leftOf,
  type Outcome,
  outcomeOf,
  pauseAfter,
  tryEach,
} from '#web/features/observations/observations.entry.ts'

const problem = (status: number, code: string) => ({ status, code, title: 'Non.' })

describe('an observation that could not be sent', () => {
  it('stays and is tried again where the server is unwell or busy', () => {
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

const entry = (id: string, situation = 'Une file.'): Entry => ({
  how: 'named',
  id,
  accountId: 'anne',
  dayId: 'jeudi',
  dayName: 'Jeudi',
  seen: {
    irritantId: '7f2c1b5e-3a0d-4f7e-9c55-0d3f7d1d3b10',
    roleId: '0c4f7d86-93a5-4a52-8f1f-4f6a7a3b9a11',
    moment: 'pay',
    frequency: 3,
    severity: 3,
    situation,
    idea: '',
    ideaFrom: null,
    unmasked: false,
  },
})
const no = { code: 'observing-closed', title: 'Non.' }

describe('what is left of an observation that was tried', () => {
  it('is nothing once it arrived, itself while it waits, and the no it was told', () => {
    const tried = entry('one')
    expect(leftOf(tried, tried, 'sent')).toBeUndefined()
    expect(leftOf(tried, tried, 'later')).toEqual(tried)
    expect(leftOf(tried, tried, no)).toEqual({ ...tried, refused: no })
  })

  it('is the correction made meanwhile, whatever became of the first words', () => {
    const corrected = entry('one', 'Deux files.')
    for (const outcome of ['sent', 'later', no] as const) {
      expect(leftOf(corrected, entry('one'), outcome)).toEqual(corrected)
    }
  })

  it('is still nothing where it was forgotten meanwhile', () => {
    for (const outcome of ['sent', 'later', no] as const) {
      expect(leftOf(undefined, entry('one'), outcome)).toBeUndefined()
    }
  })
})

describe('several observations on their way', () => {
  const [first, second, third] = [entry('one'), entry('two'), entry('three')]
  async function tried(
    outcomes: Record<string, Outcome | 'sent'>,
    entries = [first, second, third],
  ) {
    const asked: string[] = []
    const isLater = await tryEach(entries, async ({ id }) => {
      asked.push(id)
      return outcomes[id] ?? 'sent'
    })
    return { asked, isLater }
  }

  it('are not held up by one the server stumbles over', async () => {
    expect(await tried({ one: 'later' })).toEqual({ asked: ['one', 'two', 'three'], isLater: true })
  })

  it('wait together where there is no server', async () => {
    expect(await tried({ two: 'unreachable' })).toEqual({ asked: ['one', 'two'], isLater: true })
  })

  it('leave aside what was refused, and need no other try for what needs a person', async () => {
    const entries = [{ ...first, refused: no }, second, third]
    expect(await tried({ two: 'sign-in', three: no }, entries)).toEqual({
      asked: ['two', 'three'],
      isLater: false,
    })
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
