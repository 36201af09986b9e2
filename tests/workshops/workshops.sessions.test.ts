import { expect, it } from 'vitest'
import type { WorkshopSession } from '#shared/workshops/workshops.offers.contract.ts'
import { nextFirst, seatsOf } from '#web/features/workshops/workshops.sessions.ts'

const session = (given: Partial<WorkshopSession>): WorkshopSession => ({
  id: '',
  siteId: null,
  siteName: '',
  town: '',
  place: 'salle bleue',
  facilitatorId: '',
  facilitatorName: 'Fanny',
  facilitatorLeft: false,
  facilitatorSaid: null,
  startsAt: new Date('2027-03-16T09:00:00Z'),
  endsAt: new Date('2027-03-16T10:00:00Z'),
  date: '2027-03-16',
  language: 'fr',
  status: 'planned',
  version: 1,
  seats: 6,
  seated: 4,
  offered: 1,
  waiting: 0,
  firstChoices: 0,
  came: null,
  absent: null,
  phase: 'to-come',
  ...given,
})

const past = session({ id: 'past', phase: 'over', seated: 3, offered: 0, waiting: 2, came: 3 })
const next = session({ id: 'next', startsAt: new Date('2027-03-18T09:00:00Z') })
const off = session({ id: 'off', status: 'cancelled', seated: 0, offered: 0 })

it('tells no free seat and nobody waiting where a session is over or not held', () => {
  expect(seatsOf({ sessions: [past, next, off] })).toEqual({
    seats: 12,
    seated: 7,
    free: 1,
    waiting: 0,
    came: 3,
  })
})

it('puts first what one can still act on', () => {
  expect(nextFirst([past, off, next]).map(({ id }) => id)).toEqual(['next', 'past', 'off'])
})
