import { describe, expect, it } from 'vitest'
import {
  arrivalCode,
  arrivalState,
  byTrouble,
  type Meeting,
  meetsHost,
  standingOf,
  tallyOf,
} from '#server/features/attendance/attendance.rules.ts'
import type { EndedReason } from '#shared/matching/matching.vocabulary.ts'

const at = (hour: string) => new Date(`2027-05-20T${hour}:00+02:00`)
const meeting: Meeting = {
  startsAt: at('09:00'),
  endsAt: at('12:30'),
  ended: null,
  said: null,
  hostAbsent: false,
  metHost: false,
}
const became = (changes: Partial<Meeting>) => standingOf({ ...meeting, ...changes }, at('18:00'))
const ended = (hour: string, reason: EndedReason = 'guest-cancelled') => ({
  ended: { at: at(hour), reason },
})

describe('where a guest stands', () => {
  it('is not known before somebody said it, and never becomes an absence by itself', () => {
    const when = (hour: string) => standingOf(meeting, at(hour))
    expect(['08:00', '09:09', '09:10', '12:29', '12:30', '23:00'].map(when)).toEqual([
      'expected',
      'expected',
      'late',
      'late',
      'unseen',
      'unseen',
    ])
  })

  it('is one of five outcomes, which nothing mixes', () => {
    expect(became({ said: 'present' })).toBe('present')
    expect(became({ said: 'partly' })).toBe('partly')
    expect(became({ said: 'absent' })).toBe('absent')
    expect(became(ended('08:59'))).toBe('cancelled')
    expect(became({ said: 'present', hostAbsent: true })).toBe('host-absent')
    expect(became({ said: 'partly', hostAbsent: true })).toBe('host-absent')
  })

  it('does not count who stayed away as left alone by an absent host', () => {
    expect(became({ said: 'absent', hostAbsent: true })).toBe('absent')
    expect(became({ hostAbsent: true })).toBe('unseen')
  })

  it('does not take their host from those who were received before', () => {
    expect(became({ said: 'present', hostAbsent: true, metHost: true })).toBe('present')
    // The coordinator’s correction leaves the meeting as it was; only the guest knows better.
    expect(meetsHost(true, 'coordinator')).toBe(true)
    expect(meetsHost(true, 'guest')).toBe(false)
    expect(meetsHost(false, 'director')).toBe(false)
    expect(meetsHost(false, 'code') && meetsHost(false, 'host')).toBe(true)
  })

  it('takes a no for a cancellation until the hour, and for an absence from it on', () => {
    expect(became(ended('09:00'))).toBe('absent')
    // Who was seen and left was there.
    expect(became({ ...ended('11:00'), said: 'present' })).toBe('present')
  })

  it('has no outcome where the place went through no doing of the guest', () => {
    for (const reason of ['host-declined', 'moved', 'day-cancelled'] as const) {
      expect(became(ended('08:00', reason))).toBeNull()
      expect(became(ended('09:30', reason))).toBeNull()
    }
    expect(became({ ...ended('10:00', 'host-declined'), said: 'present' })).toBe('present')
  })

  it('puts everybody into one figure', () => {
    const tally = tallyOf(['present', 'present', 'absent', 'host-absent'])
    expect(tally).toMatchObject({ present: 2, absent: 1, 'host-absent': 1, partly: 0, late: 0 })
    expect(Object.values(tally).reduce((sum, count) => sum + count, 0)).toBe(4)
  })
})

it('puts sites first where somebody waits for something', () => {
  const site = (name: string, standings: Parameters<typeof tallyOf>[0], hostsAbsent = 0) => ({
    name,
    tally: tallyOf(standings),
    hostsAbsent,
  })
  const sites = [
    site('Agen', ['present']),
    site('Brive', ['late', 'late']),
    site('Cognac', ['expected']),
    site('Dax', ['host-absent', 'present'], 1),
    site('Eysines', ['late'], 1),
  ]
  expect(sites.sort(byTrouble).map(({ name }) => name)).toEqual([
    'Dax',
    'Eysines',
    'Brive',
    'Agen',
    'Cognac',
  ])
})

describe('when arrivals are said', () => {
  const day = {
    date: '2027-05-20',
    timeZone: 'Europe/Paris',
    publishedAt: at('00:00'),
    cancelledAt: null as Date | null,
  }
  const state = (instant: string) => arrivalState(day, meeting, new Date(instant))

  it('is from an hour before the meeting to the end of the next day, where it takes place', () => {
    expect(state('2027-05-20T07:59:00+02:00')).toBe('early')
    expect(state('2027-05-20T08:00:00+02:00')).toBe('open')
    expect(state('2027-05-21T23:59:59+02:00')).toBe('open')
    expect(state('2027-05-22T00:00:00+02:00')).toBe('closed')
  })

  it('is never on a day that is not held', () => {
    expect(arrivalState({ ...day, cancelledAt: at('07:00') }, meeting, at('09:00'))).toBe('off')
    expect(arrivalState({ ...day, publishedAt: null }, meeting, at('09:00'))).toBe('off')
  })
})

describe('the code', () => {
  it('is six figures, another for each slot, each host and each installation', () => {
    const codes = [
      arrivalCode('secret', 'a', 1),
      arrivalCode('secret', 'b', 1),
      arrivalCode('secret', 'a', 2),
      arrivalCode('another', 'a', 1),
    ]
    for (const code of codes) expect(code).toMatch(/^\d{6}$/)
    expect(new Set(codes).size).toBe(4)
    expect(arrivalCode('secret', 'a', 1)).toBe(codes[0])
  })
})
