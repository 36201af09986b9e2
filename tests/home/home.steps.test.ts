import { describe, expect, it } from 'vitest'
import type { Me } from '#shared/accounts/accounts.contract.ts'
import type { HomeDay } from '#shared/home/home.contract.ts'
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
const keys = (change: Partial<HomeDay>, more: { openActions?: number; changes?: boolean } = {}) =>
  stepsFor(
    me,
    {
      days: [{ ...day, ...change }],
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
