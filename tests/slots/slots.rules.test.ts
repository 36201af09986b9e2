import { describe, expect, it } from 'vitest'
import {
  busiestMoment,
  cardCode,
  chooseHosts,
  isGivable,
  overlap,
  readCardCode,
} from '#server/features/slots/slots.rules.ts'
import { slotReleases, slotStatuses } from '#shared/slots/slots.vocabulary.ts'

const at = (from: string, to: string) => ({
  startsAt: new Date(`2027-05-20T${from}:00Z`),
  endsAt: new Date(`2027-05-20T${to}:00Z`),
})

describe('what can be given', () => {
  it('is accepted by its host and not refused by its site, or released where that is asked', () => {
    for (const status of slotStatuses) {
      for (const release of slotReleases) {
        const free = status === 'accepted' && release !== 'refused'
        const asked = status === 'accepted' && release === 'released'
        expect(isGivable({ status, release }, { releaseRequired: false })).toBe(free)
        expect(isGivable({ status, release }, { releaseRequired: true })).toBe(asked)
      }
    }
  })
})

describe('hours', () => {
  it('may follow each other without overlapping', () => {
    expect(overlap(at('09:00', '12:00'), at('12:00', '14:00'))).toBe(false)
    expect(overlap(at('09:00', '12:00'), at('11:59', '14:00'))).toBe(true)
  })
})

describe('choosing whom to ask', () => {
  const host = (personId: string, siteId = 'dax', roleId = 'seller') => ({
    personId,
    siteId,
    roleId,
  })
  const wanted = { periodId: 'morning', ...at('09:00', '12:30'), perSite: 2 }
  const slot = (personId: string, changes: object = {}) => ({
    hostId: personId,
    siteId: 'dax',
    roleId: 'seller',
    periodId: 'morning',
    ...at('09:00', '12:30'),
    status: 'proposed' as const,
    ...changes,
  })
  const names = (choice: { chosen: { personId: string }[] }) =>
    choice.chosen.map(({ personId }) => personId)

  it('asks so many per site and role, those already asked included', () => {
    const people = [host('a'), host('b'), host('c'), host('d', 'pau'), host('e', 'dax', 'field')]
    expect(names(chooseHosts(people, [], wanted))).toEqual(['a', 'b', 'd', 'e'])
    expect(names(chooseHosts(people, [slot('z')], wanted))).toEqual(['a', 'd', 'e'])
    expect(names(chooseHosts(people, [slot('a'), slot('b')], wanted))).toEqual(['d', 'e'])
  })

  it('leaves alone whoever hosts at these hours, or said no to them', () => {
    const people = [host('a'), host('b'), host('c')]
    const others = [
      slot('a', { status: 'declined' }),
      slot('b', { periodId: 'day', ...at('11:00', '17:00'), status: 'accepted' }),
    ]
    expect(chooseHosts(people, others, wanted)).toEqual({ chosen: [host('c')], busy: 2 })
    const later = [slot('a', { periodId: 'afternoon', ...at('13:30', '17:00') })]
    expect(names(chooseHosts(people, later, wanted))).toEqual(['a', 'b'])
  })
})

describe('caps', () => {
  it('add up where periods overlap', () => {
    const periods = [
      { id: 'm', startsAt: '09:00', endsAt: '12:30' },
      { id: 'a', startsAt: '13:30', endsAt: '17:00' },
      { id: 'd', startsAt: '09:00', endsAt: '17:00' },
    ]
    const cap = (periodId: string, capacity: number | null) => ({ periodId, capacity })
    expect(busiestMoment(periods, [cap('m', 4), cap('a', 4), cap('d', 0)])?.sum).toBe(4)
    expect(busiestMoment(periods, [cap('m', 2), cap('a', 3), cap('d', 2)])).toEqual({
      at: '13:30',
      sum: 5,
    })
    expect(busiestMoment(periods, [])?.sum).toBe(0)
  })
})

describe('the code of a card', () => {
  const id = '019508a0-0000-7000-8000-000000000001'
  it('is the same each time it is printed, and another for another generation or secret', () => {
    const code = cardCode('a secret', id, 1)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
    expect(cardCode('a secret', id, 1)).toBe(code)
    expect(cardCode('a secret', id, 2)).not.toBe(code)
    expect(cardCode('another', id, 1)).not.toBe(code)
  })

  it('is read however it was copied', () => {
    expect(readCardCode(' 4t7k-m2il ')).toBe('4T7KM211')
    expect(readCardCode('OO00 1111')).toBe('00001111')
    for (const wrong of ['', '4T7KM2', '4T7KM2112', '4T7KM21U', '4T7KM21!']) {
      expect(readCardCode(wrong)).toBeNull()
    }
  })
})
