import { describe, expect, it } from 'vitest'
import {
  type DayFigures,
  nextActionAt,
  presentStation,
  travelledLine,
} from '#server/features/days/days.line.ts'
import { defaultDeadlines, periodInstants } from '#server/features/days/days.rules.ts'

const day = {
  date: '2027-05-20',
  timeZone: 'Europe/Paris',
  offersCloseAt: new Date('2027-04-29T21:59:00Z'),
  signUpClosesAt: new Date('2027-05-06T21:59:00Z'),
  signUpOpenedAt: null as Date | null,
  signUpClosedAt: null as Date | null,
  publishedAt: null as Date | null,
  cancelledAt: null as Date | null,
  expectedGuests: 60,
}
const nothing: DayFigures = {
  people: 0,
  asked: 0,
  accepted: 0,
  silent: 0,
  silentWithoutMail: 0,
  awaitingRelease: 0,
  places: 0,
  hosts: 0,
  sitesWithoutPlaces: 0,
  signUps: 0,
  planReady: false,
  placed: 0,
  guestsConfirmed: 0,
  hostsConfirmed: 0,
  answersAwaited: 0,
  observations: 0,
  findings: 0,
  debrief: 'none',
  undecided: 0,
  decided: 0,
  present: 0,
  awaited: 0,
  withoutHost: 0,
  heldAnswers: 0,
  actionsWithoutOwner: 0,
  mailsFailed: 0,
  mailsStopped: 0,
}
const march = new Date('2027-03-01T09:00:00Z')
const opened = { ...day, signUpOpenedAt: march }

describe('the line of a day', () => {
  it('stands where the day is, by what was done and what time it is there', () => {
    expect(presentStation(day, nothing, march)).toBe('prepare')
    expect(presentStation(opened, nothing, march)).toBe('open')
    expect(presentStation({ ...opened, signUpClosedAt: march }, nothing, march)).toBe('assign')
    expect(presentStation(opened, nothing, new Date('2027-05-06T22:00:00Z'))).toBe('assign')
    const published = { ...opened, publishedAt: march }
    expect(presentStation(published, nothing, march)).toBe('confirm')
    // Half past midnight in Paris is still the day before in Greenwich.
    expect(presentStation(published, nothing, new Date('2027-05-19T22:30:00Z'))).toBe('live')
    expect(presentStation(published, nothing, new Date('2027-05-20T22:00:00Z'))).toBe('debrief')
    expect(presentStation({ ...published, cancelledAt: march }, nothing, march)).toBeUndefined()
  })

  it('asks for one thing at a time while preparing', () => {
    const next = (changes: Partial<DayFigures>) =>
      nextActionAt('prepare', { ...nothing, ...changes })
    expect(next({})).toBe('import-roster')
    expect(next({ people: 3 })).toBe('propose-slots')
    expect(next({ people: 3, asked: 2 })).toBe('wait-for-hosts')
    expect(next({ people: 3, asked: 2, places: 1 })).toBe('open-sign-up')
  })

  it('leads from what was seen to what becomes of it', () => {
    const next = (changes: Partial<DayFigures>) =>
      nextActionAt('debrief', { ...nothing, observations: 9, ...changes })
    expect(next({ observations: 0 })).toBe('see-irritants')
    expect(next({})).toBe('gather-findings')
    expect(next({ findings: 2, undecided: 2 })).toBe('open-debrief')
    expect(next({ findings: 2, undecided: 2, debrief: 'open' })).toBe('lead-debrief')
    // Decided without a session: nobody is sent back to hold one.
    expect(next({ findings: 2, undecided: 1, decided: 1 })).toBe('decide-actions')
    expect(next({ findings: 2, decided: 2 })).toBe('follow-actions')
    expect(nextActionAt('live', { ...nothing, awaited: 3, debrief: 'open' })).toBe('lead-debrief')
  })

  it('is kept alive once the session in the room is over', () => {
    const published = { ...opened, publishedAt: march }
    const over = { ...nothing, findings: 3, undecided: 1, decided: 2, debrief: 'closed' as const }
    const line = travelledLine(published, over, new Date('2027-05-24T08:00:00Z'))
    expect(line.stations.map(({ state }) => state)).toEqual([
      ...Array.from({ length: 6 }, () => 'done'),
      'current',
    ])
    expect(line.stations[5]).toMatchObject({ result: { code: 'findings', value: 3 } })
    expect(line.nextAction).toBe('decide-actions')
    expect(line.figures.map(({ value }) => value)).toEqual([3, 1, 2])
    expect(nextActionAt('keep-alive', { ...over, undecided: 0 })).toBe('follow-actions')
  })

  it('folds what is behind with its result, and says nothing of what is to come', () => {
    const { stations, figures } = travelledLine(opened, { ...nothing, places: 12 }, march)
    expect(stations.map(({ state }) => state)).toEqual([
      'done',
      'current',
      ...Array.from({ length: 5 }, () => 'next'),
    ])
    expect(stations[0]?.result).toEqual({ code: 'places', value: 12 })
    expect(stations[1]?.result).toBeNull()
    expect(figures).toHaveLength(3)
  })

  it('points at silent hosts, and at the closing of offers only in the last week', () => {
    const silent = { ...nothing, asked: 4, silent: 3, sitesWithoutPlaces: 2, mailsFailed: 1 }
    expect(travelledLine(day, silent, march).watch).toEqual([
      { code: 'silent-hosts', count: 3 },
      { code: 'sites-without-places', count: 2 },
      { code: 'mails-failed', count: 1 },
    ])
    const late = new Date('2027-04-27T09:00:00Z')
    expect(travelledLine(day, silent, late).watch).toContainEqual({
      code: 'offers-close-soon',
      count: 3,
    })
  })
})

describe('the times of a day', () => {
  it('follow the clock of its region through the change of season', () => {
    const hours = { startsAt: '09:00', endsAt: '12:30' }
    const winter = periodInstants({ date: '2027-03-27', timeZone: 'Europe/Paris' }, hours)
    const summer = periodInstants({ date: '2027-03-28', timeZone: 'Europe/Paris' }, hours)
    expect(winter.startsAt.toISOString()).toBe('2027-03-27T08:00:00.000Z')
    expect(summer.startsAt.toISOString()).toBe('2027-03-28T07:00:00.000Z')
  })

  it('leave deadlines in order however near the day is', () => {
    for (const today of ['2027-01-01', '2027-05-01', '2027-05-13', '2027-05-19', '2027-05-20']) {
      const { offersCloseOn, signUpClosesOn, confirmUntil } = defaultDeadlines('2027-05-20', today)
      const inOrder = [today, offersCloseOn, signUpClosesOn, confirmUntil, '2027-05-20']
      expect([...inOrder].sort()).toEqual(inOrder)
    }
    expect(defaultDeadlines('2027-05-20', '2027-01-01')).toEqual({
      offersCloseOn: '2027-04-29',
      signUpClosesOn: '2027-05-06',
      confirmUntil: '2027-05-17',
    })
  })
})
