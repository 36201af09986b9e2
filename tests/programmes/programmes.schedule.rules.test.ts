import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { isWorkingDate } from '#server/features/days/days.rules.ts'
import { dueToday, minuteOf } from '#server/features/programmes/programmes.rules.ts'
import {
  leastDaysBetween,
  type Pause,
  type Plan,
  plusDays,
  plusMonths,
  scheduleOf,
} from '#server/features/programmes/programmes.schedule.rules.ts'

const isWorkingDay = (on: string) => isWorkingDate(on, 'Europe/Paris')
const plan = (given: Partial<Plan> = {}): Plan => ({
  anchorOn: '2027-01-11',
  counted: 'workshop',
  monthsBetween: 1,
  steps: 6,
  pauses: [],
  sent: [],
  today: '2027-01-11',
  isWorkingDay,
  ...given,
})
const datesOf = (given: Partial<Plan>) => scheduleOf(plan(given)).map(({ on }) => on)

/** Some days of two years. */
const dates = (from = 0, to = 730) =>
  fc.integer({ min: from, max: to }).map((days) => plusDays('2027-01-01', days))

describe('the months of a programme', () => {
  it('are counted from the workshop, or begin on the date itself', () => {
    expect(datesOf({ steps: 3 })).toEqual(['2027-02-11', '2027-03-11', '2027-04-12'])
    expect(datesOf({ steps: 3, counted: 'date' })).toEqual([
      '2027-01-11',
      '2027-02-11',
      '2027-03-11',
    ])
  })

  it('end on the last day of a month that has no such day, and find their day again', () => {
    const anchorOn = '2028-01-31'
    const everyDay = () => true
    expect(datesOf({ anchorOn, today: anchorOn, steps: 3, isWorkingDay: everyDay })).toEqual([
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ])
  })

  it('are those of another calendar library, for any date', () => {
    fc.assert(
      fc.property(dates(), fc.integer({ min: 0, max: 40 }), (date, months) => {
        expect(plusMonths(date, months)).toBe(
          DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toISODate(),
        )
      }),
    )
  })

  it('pass over weekends and public holidays', () => {
    // The 28th of March 2027 is Easter Sunday.
    expect(datesOf({ anchorOn: '2027-02-27', today: '2027-02-27', steps: 2 })).toEqual([
      '2027-03-30',
      '2027-04-27',
    ])
    const holidays = ['2027-05-06', '2027-05-17', '2026-04-06', '2024-05-09', '2038-04-26']
    expect(holidays.filter(isWorkingDay)).toEqual([])
    expect(isWorkingDate('2027-07-14', 'Europe/Brussels')).toBe(true)
  })
})

describe('a pause', () => {
  it('moves what comes after its beginning by its days, and nothing before', () => {
    const pauses = [{ from: '2027-03-01', until: '2027-03-15' }]
    expect(datesOf({ pauses, steps: 3 })).toEqual(['2027-02-11', '2027-03-25', '2027-04-26'])
  })

  it('without an end leaves open what comes after its beginning', () => {
    const pauses = [{ from: '2027-03-01', until: null }]
    expect(datesOf({ pauses, steps: 3 })).toEqual(['2027-02-11', null, null])
  })

  it('before the workshop moves nothing', () => {
    const pauses = [{ from: '2026-11-01', until: '2027-01-11' }]
    expect(datesOf({ pauses, steps: 1 })).toEqual(['2027-02-11'])
  })
})

it('what is overdue leaves today, one at a time, three weeks apart', () => {
  const given = { anchorOn: '2027-01-11', today: '2027-05-10', steps: 3 }
  expect(datesOf(given)).toEqual(['2027-05-10', '2027-05-31', '2027-06-21'])
  const sent = [{ position: 1, on: '2027-05-10' }]
  expect(datesOf({ ...given, sent })).toEqual(['2027-05-31', '2027-06-21'])
})

const pausesOf = (most: number): fc.Arbitrary<Pause[]> =>
  fc.array(
    fc
      .tuple(dates(), fc.option(fc.integer({ min: 1, max: 90 }), { freq: 8 }))
      .map(([from, days]) => ({ from, until: days === null ? null : plusDays(from, days) })),
    { maxLength: most },
  )

const plans = fc.record({
  anchorOn: dates(0, 200),
  counted: fc.constantFrom('workshop' as const, 'date' as const),
  monthsBetween: fc.integer({ min: 1, max: 3 }),
  steps: fc.integer({ min: 1, max: 12 }),
  pauses: pausesOf(5),
  today: dates(0, 400),
})

const isPaused = (pauses: readonly Pause[], on: string) =>
  pauses.some(({ from, until }) => from <= on && (until === null || on < until))

describe('any schedule', () => {
  it('is in order, on working days, three weeks apart, never before its month, never in a pause', () => {
    fc.assert(
      fc.property(plans, (drawn) => {
        const schedule = scheduleOf(plan(drawn))
        expect(schedule.map(({ position }) => position)).toEqual(
          Array.from({ length: drawn.steps }, (_, index) => index + 1),
        )
        const counted = drawn.counted === 'workshop' ? 0 : 1
        let before: string | null | undefined
        for (const { position, on } of schedule) {
          // Behind a date nobody knows there is none anybody knows.
          if (before === null) expect(on).toBeNull()
          if (on !== null) {
            const month = plusMonths(drawn.anchorOn, (position - counted) * drawn.monthsBetween)
            expect(on >= month && on >= drawn.today).toBe(true)
            expect(isWorkingDay(on)).toBe(true)
            expect(isPaused(drawn.pauses, on)).toBe(false)
            if (before) expect(on >= plusDays(before, leastDaysBetween)).toBe(true)
          }
          before = on
        }
      }),
      { numRuns: 400 },
    )
  })

  it('lived day by day sends each once, as it was planned', () => {
    fc.assert(
      fc.property(plans, (drawn) => {
        const pauses = drawn.pauses.filter(({ until }) => until !== null)
        const planned = scheduleOf(plan({ ...drawn, pauses }))
        const left: Parameters<typeof dueToday>[0]['left'][number][] = []
        let today = drawn.today
        while (today <= planned.at(-1)!.on!) {
          const due = dueToday({ ...plan({ ...drawn, pauses, today }), left })
          if (due) left.push({ ...due, on: today, finished: true, askOn: null })
          today = plusDays(today, 1)
        }
        expect(left.map(({ position, on }) => ({ position, on }))).toEqual(planned)
      }),
      { numRuns: 40 },
    )
  })
})

describe('what is due', () => {
  const reminder = { position: 1, kind: 'reminder' as const, on: '2027-02-11' }
  const onDay = (
    today: string,
    given: { on?: string; finished?: boolean; askOn?: string } = {},
    pauses: Pause[] = [],
  ) =>
    dueToday({
      ...plan({ today, pauses }),
      left: [{ ...reminder, finished: false, askOn: null, ...given }],
    })

  it('is one word more after a week, to who has not finished', () => {
    expect(onDay('2027-02-17')).toBeNull()
    expect(onDay('2027-02-18')).toEqual({ position: 1, kind: 'nudge' })
    expect(onDay('2027-02-18', { finished: true })).toBeNull()
    const first = { ...reminder, finished: false, askOn: null }
    const left = [first, { ...first, kind: 'nudge' as const, on: '2027-02-18' }]
    expect(dueToday({ ...plan({ today: '2027-02-19' }), left })).toBeNull()
  })

  it('is the question from its day on, and nothing of the kind in a pause', () => {
    const asked = { finished: true, askOn: '2027-02-16' }
    const pauses = [{ from: '2027-02-15', until: '2027-02-22' }]
    expect(onDay('2027-02-15', asked)).toBeNull()
    expect(onDay('2027-02-16', asked)).toEqual({ position: 1, kind: 'question' })
    expect(onDay('2027-02-16', asked, pauses)).toBeNull()
    expect(onDay('2027-02-22', asked, pauses)).toEqual({ position: 1, kind: 'question' })
    expect(onDay('2027-02-22', {}, pauses)).toBeNull()
    expect(onDay('2027-02-25', {}, pauses)).toEqual({ position: 1, kind: 'nudge' })
  })

  it('is never a second mail on one day', () => {
    expect(onDay('2027-03-11', { on: '2027-03-11' })).toBeNull()
  })
})

it('leaves over the first three working hours, to everybody at a minute of their own', () => {
  const ids = Array.from(
    { length: 2_000 },
    (_, number) => `0192a0b4-7c1e-7d2f-8a3b-${String(number).padStart(12, '0')}`,
  )
  const quarters = Map.groupBy(ids, (id) => Math.floor(minuteOf(id) / 15))
  expect([...quarters.keys()].sort((a, b) => a - b)).toEqual([...Array(12).keys()])
  // A twelfth of them is 167.
  for (const quarter of quarters.values()) expect(quarter.length).toBeLessThan(250)
})
