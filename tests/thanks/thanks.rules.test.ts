import { describe, expect, it } from 'vitest'
import { cardWindow, isEvening, leavesOn } from '#server/features/thanks/thanks.rules.ts'

const paris = 'Europe/Paris'
const at = (instant: string) => new Date(instant)

describe('the evening a card leaves', () => {
  it.each([
    ['in the afternoon: today', '2027-05-20T15:59:00Z', '2027-05-20'],
    ['at six: tomorrow', '2027-05-20T16:00:00Z', '2027-05-21'],
    ['on Friday evening: on Monday', '2027-05-21T16:30:00Z', '2027-05-24'],
    ['on Saturday: on Monday', '2027-05-22T08:00:00Z', '2027-05-24'],
    ['past midnight there, before it in Greenwich', '2027-05-20T22:30:00Z', '2027-05-21'],
  ])('%s', (_, now, evening) => {
    expect(leavesOn(paris, at(now))).toBe(evening)
  })

  it.each([
    ['2027-05-20T15:59:00Z', false],
    ['2027-05-20T16:00:00Z', true],
    ['2027-05-20T18:59:00Z', true],
    ['2027-05-20T19:00:00Z', false],
    ['2027-05-22T16:30:00Z', false],
  ])('%s is an evening: %s', (now, evening) => {
    expect(isEvening(paris, at(now))).toBe(evening)
  })
})

describe('when a card is written', () => {
  const day = { date: '2027-05-20', timeZone: paris, cancelledAt: null }
  const slot = { startsAt: at('2027-05-20T07:00:00Z') }
  it.each([
    ['2027-05-20T06:59:00Z', 'early'],
    ['2027-05-20T07:00:00Z', 'open'],
    ['2027-05-27T21:59:00Z', 'open'],
    ['2027-05-27T22:00:00Z', 'closed'],
  ])('%s: %s', (now, state) => {
    expect(cardWindow(day, slot, at(now))).toBe(state)
  })

  it('never for a day that was cancelled', () => {
    const cancelled = { ...day, cancelledAt: at('2027-05-01T08:00:00Z') }
    expect(cardWindow(cancelled, slot, at('2027-05-20T06:00:00Z'))).toBe('closed')
    expect(cardWindow(cancelled, slot, at('2027-05-20T08:00:00Z'))).toBe('closed')
  })
})
