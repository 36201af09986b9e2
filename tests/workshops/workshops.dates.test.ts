import { describe, expect, it } from 'vitest'
import {
  lastDayToChoose,
  minutesAfter,
  weeksFrom,
} from '#web/features/workshops/workshops.dates.ts'
import { missingOf, sessionOn } from '#web/features/workshops/workshops.drafts.ts'

describe('the last day to choose', () => {
  it('leaves a week, and three days before the first session', () => {
    expect(lastDayToChoose('2027-03-01', '2027-03-16')).toBe('2027-03-08')
    expect(lastDayToChoose('2027-03-01', '2027-03-09')).toBe('2027-03-06')
  })
  it('is tomorrow where the first session is nearer than that', () => {
    expect(lastDayToChoose('2027-03-01', '2027-03-03')).toBe('2027-03-02')
  })
})

it('shows whole weeks from Monday to Friday, over the end of a month and on a Sunday', () => {
  expect(weeksFrom('2027-03-31', 2)).toEqual([
    ['2027-03-29', '2027-03-30', '2027-03-31', '2027-04-01', '2027-04-02'],
    ['2027-04-05', '2027-04-06', '2027-04-07', '2027-04-08', '2027-04-09'],
  ])
  expect(weeksFrom('2027-03-07', 1)[0]![0]).toBe('2027-03-01')
})

it('never lets an hour go past its day', () => {
  expect(minutesAfter('23:30', 60)).toBe('23:59')
  expect(minutesAfter('09:45', 30)).toBe('10:15')
})

describe('a session added', () => {
  const first = {
    ...sessionOn('2027-03-16', { at: [], language: 'fr' }),
    place: 'salle bleue',
    facilitator: { id: 'f', name: 'Fanny' },
  }
  it('takes over place, hours and facilitator of the one before it', () => {
    const { date, startsAt, place, facilitator } = sessionOn('2027-03-18', {
      at: [first],
      language: 'en',
    })
    expect([date, startsAt, place, facilitator?.name]).toEqual([
      '2027-03-18',
      '10:00',
      'salle bleue',
      'Fanny',
    ])
  })
  it('comes after it on the same day, with a break', () => {
    const second = sessionOn('2027-03-16', { at: [first], language: 'fr' })
    expect([second.startsAt, second.endsAt]).toEqual(['11:30', '12:30'])
  })
  it('says what is missing, the place first', () => {
    expect(missingOf(first)).toBeUndefined()
    expect(missingOf({ ...first, place: ' ' })).toBe('place')
    expect(missingOf({ ...first, facilitator: null })).toBe('facilitator')
    expect(missingOf({ ...first, endsAt: '09:00' })).toBe('hours')
  })
})
