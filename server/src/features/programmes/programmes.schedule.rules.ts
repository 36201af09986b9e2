import type { Counted } from '#shared/programmes/programmes.vocabulary.ts'

/** Dates are `YYYY-MM-DD`, so that they compare as texts. */
export interface Pause {
  from: string
  /** The first day after it; null while nobody knows. */
  until: string | null
}

export interface Plan {
  /** The day of the person’s workshop, or the date the programme starts from for them. */
  anchorOn: string
  counted: Counted
  monthsBetween: number
  /** How many reminders. */
  steps: number
  /** The person’s own and the whole programme’s, in any order. */
  pauses: readonly Pause[]
  /** What left already. */
  sent: readonly { position: number; on: string }[]
  today: string
  isWorkingDay(on: string): boolean
}

/** Whatever happened before, two reminders are at least this many days apart. */
export const leastDaysBetween = 21

/**
 * When each reminder that has not left yet is to leave; null while an open pause hides it. Derived,
 * never stored: another date, a pause and its end plan anew by themselves.
 * Months are counted from the anchor, never from the reminder before; a pause that begins on or before
 * a date moves it by its days; what should have left already leaves today, one at a time.
 */
export function scheduleOf(plan: Plan): { position: number; on: string | null }[] {
  const pauses = mergedPauses(plan.pauses, plan.anchorOn)
  const sent = new Map(plan.sent.map(({ position, on }) => [position, on]))
  const schedule: { position: number; on: string | null }[] = []
  let before: string | null | undefined
  for (let position = 1; position <= plan.steps; position++) {
    const left = sent.get(position)
    if (left === undefined) {
      before = before === null ? null : plannedOn(plan, pauses, position, before)
      schedule.push({ position, on: before })
    } else before = left
  }
  return schedule
}

function plannedOn(
  { anchorOn, counted, monthsBetween, today, isWorkingDay }: Plan,
  pauses: readonly Pause[],
  position: number,
  before: string | undefined,
): string | null {
  const months = (counted === 'workshop' ? position : position - 1) * monthsBetween
  const shifted = afterPauses(plusMonths(anchorOn, months), pauses)
  if (shifted === null) return null
  const earliest = before === undefined ? today : latest(today, plusDays(before, leastDaysBetween))
  return nextOpenDay(latest(shifted, earliest), pauses, isWorkingDay)
}

/** A date moved by every pause that begins on or before it, each moving it towards the next. */
export function afterPauses(date: string, pauses: readonly Pause[]): string | null {
  let moved = date
  for (const { from, until } of pauses) {
    if (from > moved) break
    if (until === null) return null
    moved = plusDays(moved, daysBetween(from, until))
  }
  return moved
}

/** The first working day from a date on that lies in no pause. */
export function nextOpenDay(
  date: string,
  pauses: readonly Pause[],
  isWorkingDay: Plan['isWorkingDay'],
): string | null {
  let day = date
  for (;;) {
    const pause = pauses.find(({ from, until }) => from <= day && (until === null || day < until))
    if (pause?.until === null) return null
    if (pause) day = pause.until
    else if (isWorkingDay(day)) return day
    else day = plusDays(day, 1)
  }
}

/**
 * Pauses in order, those that touch or overlap joined to one, and what lies before the anchor cut off:
 * nothing waited then.
 */
export function mergedPauses(pauses: readonly Pause[], anchorOn: string): Pause[] {
  const merged: Pause[] = []
  const clipped = pauses
    .map(({ from, until }) => ({ from: latest(from, anchorOn), until }))
    .filter(({ from, until }) => until === null || from < until)
    .sort((a, b) => a.from.localeCompare(b.from))
  for (const pause of clipped) {
    const last = merged.at(-1)
    if (!last || (last.until !== null && last.until < pause.from)) merged.push({ ...pause })
    else if (last.until !== null) {
      last.until = pause.until === null ? null : latest(last.until, pause.until)
    }
  }
  return merged
}

/**
 * Calendar months later; a day the month does not have is its last: 31 January + 1 month is
 * 28 February (the rule of java.time.LocalDate.plusMonths and of PostgreSQL’s `date + interval`).
 */
export function plusMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return isoOf(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth)))
}

const dayMilliseconds = 86_400_000
const isoOf = (instant: number) => new Date(instant).toISOString().slice(0, 10)

export const plusDays = (date: string, days: number): string =>
  isoOf(Date.parse(date) + days * dayMilliseconds)

const daysBetween = (from: string, until: string) =>
  Math.round((Date.parse(until) - Date.parse(from)) / dayMilliseconds)

const latest = (one: string, other: string) => (one > other ? one : other)
