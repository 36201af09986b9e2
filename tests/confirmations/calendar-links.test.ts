import { describe, expect, it } from 'vitest'
import { googleLink, outlookLink } from '#web/features/confirmations/confirmations.calendar.ts'

const entry = {
  title: '10 de cœur – Vente & conseil + #1',
  startsAt: new Date('2027-03-28T00:45:00Z'),
  endsAt: new Date('2027-03-28T04:15:00Z'),
  place: 'Boutique Dax, 12 rue d’Espagne, 40100 Dax',
}

describe('links into calendars of other companies', () => {
  it('say title, hours in UTC and place to Google, and nothing else', () => {
    const url = new URL(googleLink(entry))
    expect(url.origin + url.pathname).toBe('https://calendar.google.com/calendar/render')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      action: 'TEMPLATE',
      text: entry.title,
      dates: '20270328T004500Z/20270328T041500Z',
      location: entry.place,
    })
  })

  it('say the same to Outlook, without a plus that it would show', () => {
    const url = new URL(outlookLink(entry))
    expect(url.origin).toBe('https://outlook.office.com')
    expect(url.search).not.toContain('+')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      path: '/calendar/action/compose',
      rru: 'addevent',
      subject: entry.title,
      startdt: '2027-03-28T00:45:00.000Z',
      enddt: '2027-03-28T04:15:00.000Z',
      location: entry.place,
    })
  })
})
