import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isWorkingDate } from '#server/features/days/days.rules.ts'
import {
  type Pause,
  plusDays,
  scheduleOf,
} from '#server/features/programmes/programmes.schedule.rules.ts'
import {
  at,
  endOfLife,
  everybodyPaused,
  finishedOn,
  type Left,
  type Letter,
  type Life,
  lastDay,
  lives,
  liveThrough,
  starts,
  zones,
} from './six-months.factory.ts'
import { counted } from './six-months.senders.ts'

// The months of `six-months.factory.ts` are lived through once; then every promise is looked at.

let left: Left[]
let letters: Letter[]
beforeAll(async () => {
  const lived = await liveThrough()
  left = lived.left
  letters = lived.letters
}, 600_000)
afterAll(() => endOfLife())

const isIn = (on: string, span: { from: string; until: string | null }) =>
  span.from <= on && (span.until === null || on < span.until)

const pausesOf = ({ region, pauses }: Life): Pause[] =>
  region === 'paris' ? [...pauses, everybodyPaused] : pauses

/** When each reminder was to leave, told from the end, when everything is known. */
function expectedOf(life: Life): { position: number; on: string | null }[] {
  const { region, joinedOn, workshopOn } = life
  const planned = (anchorOn: string) =>
    scheduleOf({
      anchorOn,
      counted: region === 'paris' ? 'workshop' : 'date',
      monthsBetween: 1,
      steps: 6,
      pauses: pausesOf(life),
      sent: [],
      today: joinedOn,
      isWorkingDay: (on) => isWorkingDate(on, zones[region]),
    })
  if (region === 'paris') return workshopOn === null ? [] : planned(workshopOn)
  const [, first, then] = starts.map(({ startsOn }) => (startsOn > joinedOn ? startsOn : joinedOn))
  return [planned(first!)[0]!, ...planned(then!).slice(1)]
}

describe('2,000 people over the months', () => {
  it('are what was meant to be lived through', () => {
    expect(lives.size).toBe(2_000)
    expect(counted.kills).toBeGreaterThan(0)
    expect(counted.cuts).toBeGreaterThan(0)
    const all = [...lives.values()]
    expect(all.filter(({ gone }) => gone).length).toBeGreaterThan(10)
    expect(all.filter(({ stopped }) => stopped.length > 0).length).toBeGreaterThan(30)
    expect(all.filter(({ pauses }) => pauses.length > 0).length).toBeGreaterThan(200)
    expect(left.filter(({ kind }) => kind === 'reminder').length).toBeGreaterThan(11_000)
  })

  it('got every reminder once, on the very day it was planned for', () => {
    const reminders = Map.groupBy(
      left.filter(({ kind }) => kind === 'reminder'),
      ({ memberId }) => memberId,
    )
    const wrong = [...lives.values()].flatMap((life) => {
      if (life.gone || life.stopped.length > 0) return []
      const got = (reminders.get(life.memberId) ?? []).map(
        ({ position, on }) => `${position} ${on}`,
      )
      const due = expectedOf(life).flatMap(({ position, on }) =>
        on !== null && on <= lastDay ? `${position} ${on}` : [],
      )
      return got.join() === due.join() ? [] : [{ life, got, due }]
    })
    expect(wrong).toEqual([])
  })

  it('got them in order, three weeks apart at least', () => {
    const reminders = Map.groupBy(
      left.filter(({ kind }) => kind === 'reminder'),
      ({ memberId }) => memberId,
    )
    const wrong = [...reminders.values()].filter((theirs) =>
      theirs.some(({ position, on }, index) => {
        const before = theirs[index - 1]
        return position !== index + 1 || (before && on < plusDays(before.on, 21))
      }),
    )
    expect(wrong).toEqual([])
  })

  it('got one letter for each, whatever was killed, and no second on any day', () => {
    const once = new Set(letters.map(({ purpose, about }) => purpose + about))
    expect(once.size).toBe(letters.length)
    const days = new Set(
      letters.map(({ memberId, writtenAt }) => memberId + writtenAt.toISOString().slice(0, 10)),
    )
    expect(days.size).toBe(letters.length)
    const here = new Set(left.map(({ memberId }) => memberId))
    const theirs = letters.filter(({ memberId }) => here.has(memberId))
    expect(theirs.length).toBe(left.length)
  })

  it('got nothing in a pause, after they stopped, or after they had gone', () => {
    const wrong = left.filter(({ memberId, on }) => {
      const life = lives.get(memberId)!
      return [...pausesOf(life), ...life.stopped].some((span) => isIn(on, span))
    })
    expect(wrong).toEqual([])
    const late = letters.filter(({ memberId, writtenAt }) => {
      const { gone } = lives.get(memberId)!
      return gone && writtenAt > at(gone, '00:00')
    })
    expect(late).toEqual([])
  })

  it('got everything in the working hours of where they live', () => {
    const wrong = letters.filter(({ memberId, writtenAt }) => {
      const zone = zones[lives.get(memberId)!.region]
      const local = DateTime.fromJSDate(writtenAt, { zone })
      return local.hour < 9 || local.hour >= 18 || !isWorkingDate(local.toISODate()!, zone)
    })
    expect(wrong).toEqual([])
  })

  it('were reminded once more of what they had not finished, and asked once about what they had', () => {
    const reminder = new Map(
      left.flatMap((one) => (one.kind === 'reminder' ? [[one.memberId + one.position, one]] : [])),
    )
    const wrong = left.filter(({ kind, memberId, position, on }) => {
      if (kind === 'reminder') return false
      const about = reminder.get(memberId + position)
      const day = about && finishedOn.get(about.id)
      if (kind === 'nudge') return !about || on < plusDays(about.on, 7) || (day && day < on)
      return !day || on < plusDays(day, 5)
    })
    expect(wrong).toEqual([])
    expect(left.filter(({ kind }) => kind === 'nudge').length).toBeGreaterThan(3_000)
    expect(left.filter(({ kind }) => kind === 'question').length).toBeGreaterThan(6_000)
  })
})
