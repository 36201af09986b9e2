import { describe, expect, it } from 'vitest'
import type { Me } from '#shared/accounts/accounts.contract.ts'
import type { HomeDay } from '#shared/home/home.contract.ts'
import type { HomeWorkshop } from '#shared/workshops/workshops.links.contract.ts'
import { stepsFor } from '#web/app/home.steps.ts'
import { wordsIn } from '#web/app/words.ts'

// What stands first on somebody’s first screen is what is next for them today.

const at = (hour: string) => new Date(`2027-05-20T${hour}:00Z`)
const meeting = {
  roleNameFr: 'Vendeur·euse',
  roleNameEn: 'Sales assistant',
  drawing: 'counter',
  siteName: 'Pau',
  startsAt: at('07:00'),
  endsAt: at('10:00'),
  answer: 'yes' as const,
}
const id = '0b8e1e0a-0000-4000-8000-000000000000'
const placed = (stage: 'awaited' | 'here' | 'over'): NonNullable<HomeDay['guest']> => ({
  signUp: 'closed',
  signUpClosesAt: at('06:00'),
  signedUp: true,
  placement: { ...meeting, stage, placementId: id, hostFirstName: 'Marion' },
  offer: null,
})
const day: HomeDay = {
  id,
  regionId: id,
  name: 'Vis ma vie',
  date: '2027-05-20',
  timeZone: 'Europe/Paris',
  published: true,
  today: true,
  past: false,
  directing: false,
  guest: placed('awaited'),
  hosting: [],
  coordinating: [],
  observing: true,
  debriefing: false,
  thanks: null,
}
const me = { accountId: id, displayName: 'Alice', grants: [], memberships: [] } as unknown as Me
const told = { id, name: day.name, date: day.date }
const keys = (
  change: Partial<HomeDay>,
  more: { openActions?: number; changes?: boolean; workshops?: HomeWorkshop[] } = {},
) =>
  stepsFor(
    me,
    {
      days: [{ ...day, ...change }],
      workshops: more.workshops ?? [],
      openActions: more.openActions ?? 0,
      changes: more.changes ? [told] : [],
    },
    wordsIn('fr'),
  ).map(({ key }) => key)

describe('a guest, on the day', () => {
  it('is awaited: the sheet comes first, before a room that opened early', () => {
    expect(keys({ debriefing: true })).toEqual(['todayGuest', 'debrief', 'observe'])
  })

  it.each(['here', 'over'] as const)(
    'is %s: what they see comes first, the sheet stays',
    (stage) => {
      expect(keys({ guest: placed(stage) })).toEqual(['observe', 'sheetGuest'])
    },
  )

  it('goes to the room while it is open', () => {
    expect(keys({ guest: placed('over'), debriefing: true })[0]).toBe('debrief')
  })
})

it('shows a host their sheet until all their guests are there', () => {
  const hosting = (stage: 'awaited' | 'here') => [
    {
      ...meeting,
      stage,
      slotId: id,
      status: 'accepted' as const,
      release: 'released' as const,
      guests: 2,
    },
  ]
  expect(keys({ guest: null, hosting: hosting('awaited') })[0]).toBe('todayHost')
  expect(keys({ guest: null, hosting: hosting('here') })).toEqual(['observe', 'sheetHost'])
})

describe('after the day', () => {
  const after = { today: false, past: true, guest: placed('over') }
  const thanks = { toThank: 'Marion', received: 1 }

  it('asks what was seen, then tells what became of it, then of cards', () => {
    const steps = keys({ ...after, thanks }, { changes: true })
    expect(steps).toEqual(['observe', 'changes', 'thanked', 'thank'])
  })

  it('tells what became of it once nothing is written any more', () => {
    expect(keys({ ...after, observing: false }, { changes: true })).toEqual(['changes'])
  })

  it('puts a decision others wait for before what is merely told', () => {
    const steps = keys({ ...after, observing: false }, { changes: true, openActions: 1 })
    expect(steps).toEqual(['actions', 'changes'])
  })

  it('leaves a coordinator the site, and asks nothing of them', () => {
    const coordinating = [{ siteId: id, siteName: 'Pau', toRelease: 2 }]
    expect(keys({ ...after, observing: false, coordinating })).toEqual(['coordinated'])
  })
})

describe('workshops', () => {
  const head = { nameFr: 'Le verre', nameEn: 'The glass', timeZone: 'Europe/Paris', token: 'sien' }
  const session = { ...head, startsAt: at('12:00'), where: 'Salle bleue, Pau' }
  const asked = { ...head, part: 'asked' as const, until: at('16:00') }
  const offered = { ...session, part: 'offered' as const, until: at('10:00') }
  const going = (part: 'seated' | 'leading', awaited: boolean) => ({ ...session, part, awaited })

  it('stand first on their day, and ask nothing once somebody is there', () => {
    const today = keys({}, { workshops: [going('leading', true), going('seated', true)] })
    expect(today.slice(0, 3)).toEqual(['workshopLedToday', 'workshopSeatedToday', 'todayGuest'])
    const there = keys({}, { workshops: [going('seated', false)] })
    expect(there).toEqual(['todayGuest', 'observe', 'workshopSeated'])
  })

  it('ask who has an answer to give, after the day, and tell before it what is to come', () => {
    const workshops = [going('leading', false), going('seated', false), offered, asked]
    const rest = ['workshopOffered', 'workshopAsked', 'workshopLed', 'workshopSeated']
    expect(keys({}, { workshops })).toEqual(['todayGuest', 'observe', ...rest])
  })

  it('lead to the page of one’s own link, with the course in one’s own language', () => {
    const workshops = [going('leading', true), asked]
    const home = { days: [], workshops, openActions: 0, changes: [] }
    expect(stepsFor(me, home, wordsIn('en'))).toMatchObject([
      { to: '/animation/sien', values: { title: 'The glass', hour: '14:00' } },
      { to: '/atelier/sien', values: { title: 'The glass', until: 'Thursday 20 May at 18:00' } },
    ])
  })
})
