import { describe, expect, it } from 'vitest'
import { byUrgency, decisionAfter, summaryWeek } from '#server/features/actions/actions.rules.ts'
import { isWorkingHour } from '#server/features/days/days.rules.ts'
import type { ActionStatus } from '#shared/actions/actions.vocabulary.ts'

const now = new Date('2027-06-02T08:00:00Z')
const earlier = new Date('2027-05-25T08:00:00Z')
const zone = 'Europe/Paris'

describe('the hour of a decision', () => {
  it.each<[ActionStatus, ActionStatus, Date | null]>([
    ['to-decide', 'under-way', now],
    ['under-way', 'done', earlier],
    ['under-way', 'declined', now],
    ['declined', 'under-way', now],
    ['declined', 'declined', earlier],
    ['done', 'to-decide', null],
  ])('from %s to %s', (before, after, expected) => {
    const decidedAt = before === 'to-decide' ? null : earlier
    expect(decisionAfter({ status: before, decidedAt }, after, now)).toEqual(expected)
  })
})

it('puts first what is open and due soon, last what was decided long ago', () => {
  const one = (
    title: string,
    status: ActionStatus,
    dueOn: string | null,
    decidedAt: Date | null,
  ) => ({
    title,
    status,
    dueOn,
    decidedAt,
  })
  const sorted = byUrgency([
    one('old', 'done', null, earlier),
    one('whenever', 'to-decide', null, null),
    one('recent', 'declined', null, now),
    one('soon', 'under-way', '2027-06-03', earlier),
  ])
  expect(sorted.map(({ title }) => title)).toEqual(['soon', 'whenever', 'recent', 'old'])
})

describe('the week of a summary', () => {
  it.each([
    // Monday 31 May 2027, 9 h in Paris, is 7 h in UTC.
    ['2027-05-31T06:59:00Z', null],
    ['2027-05-31T07:00:00Z', '2027-05-31'],
    ['2027-05-31T15:59:00Z', '2027-05-31'],
    ['2027-05-31T16:00:00Z', null],
    ['2027-06-01T07:30:00Z', '2027-05-31'],
    ['2027-06-01T10:00:00Z', null],
    ['2027-06-02T09:00:00Z', null],
    ['2027-06-06T09:00:00Z', null],
  ])('at %s', (instant, week) => {
    expect(summaryWeek(zone, new Date(instant))).toBe(week)
  })

  it('is that of the place, whatever the hour elsewhere', () => {
    expect(summaryWeek('Indian/Reunion', new Date('2027-05-31T05:00:00Z'))).toBe('2027-05-31')
    expect(isWorkingHour(new Date('2027-05-31T14:00:00Z'), 'Indian/Reunion')).toBe(false)
  })
})
