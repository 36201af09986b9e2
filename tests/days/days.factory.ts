import { defaultDeadlines, defaultPeriods } from '#server/features/days/days.rules.ts'
import * as days from '#server/features/days/days.service.ts'
import { type Database, inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal } from '#server/platform/refusal.ts'
import type { DayDetails, DayInput } from '#shared/days/days.contract.ts'

/** What a director leaves untouched: the three standard periods, deadlines counted back. */
export function dayInput(date: string, now: Date, changes: Partial<DayInput> = {}): DayInput {
  return {
    name: '10 de cœur',
    date,
    periods: defaultPeriods.map((period) => ({ ...period })),
    ...defaultDeadlines(date, now.toISOString().slice(0, 10)),
    focusIrritantIds: [],
    releaseRequired: false,
    expectedGuests: null,
    ...changes,
  }
}

/**
 * A day through the service, with the default irritants of its region; 20 May 2027, no release
 * asked, unless told. `open` opens sign-up as well.
 */
export async function makeDay(
  db: Database,
  now: Date,
  regionId: string,
  { open, by, ...changes }: Partial<DayInput> & { open?: boolean; by?: string } = {},
): Promise<DayDetails> {
  const outcome = await inTransaction(db, async (trx) => {
    await days.ensureDefaultIrritants(trx, regionId, now)
    const input = dayInput(changes.date ?? '2027-05-20', now, changes)
    const day = await days.createDay(trx, regionId, input, by ?? null, now)
    if (isRefusal(day) || !open) return day
    const opened = await days.openSignUp(trx, day.id, by ?? regionId, now)
    return isRefusal(opened) ? opened : { ...day, ...opened }
  })
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}

/** The period of a day with this code. */
export function periodOf(day: DayDetails, code: string) {
  const period = day.periods.find((one) => one.code === code)
  if (!period) throw new Error(`no period ${code}`)
  return period
}
