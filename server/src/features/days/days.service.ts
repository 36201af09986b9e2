import { regionById } from '#server/features/accounts/accounts.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import { brokenConstraint, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { Day, DayDetails, DayInput, PeriodInput } from '#shared/days/days.contract.ts'
import type { RegionIrritant } from '#shared/days/days.irritants.contract.ts'
import * as queries from './days.queries.ts'
import { dateOf, defaultIrritants, endOfDate, periodInstants } from './days.rules.ts'

export type { Day, DayDetails, Irritant, Period } from '#shared/days/days.contract.ts'
export { type DayFigures, travelledLine } from './days.line.ts'
export { type SignUpMail, signUpMail } from './days.mails.ts'
export { dateOf, isOver, isSignUpOpen, isTheDay, periodInstants, timeOf } from './days.rules.ts'
export { dateWords, hoursWords, instantWords, timeWords } from './days.words.ts'

export const dayById: (db: Reader, id: string) => Promise<Day | undefined> = queries.dayById
export const lockDay: (trx: Trx, id: string) => Promise<Day | undefined> = queries.lockDay
export const holdDay: (trx: Trx, id: string) => Promise<Day | undefined> = queries.holdDay
export const daysOfRegion = queries.daysOfRegion
export const daysBetween = queries.daysBetween
export const periodsOfDay = queries.periodsOfDay
export const irritantsOfRegion = queries.irritantsOfRegion
export const everyIrritant: (db: Reader, regionId: string) => Promise<RegionIrritant[]> =
  queries.everyIrritant
export const inviteesOfDay = queries.inviteesOfDay
export const inviteeById = queries.inviteeById

/** A day with its periods and focus irritants; undefined when there is none. */
export async function dayDetails(db: Reader, id: string): Promise<DayDetails | undefined> {
  const day = await queries.dayById(db, id)
  if (!day) return undefined
  const periods = await queries.periodsOfDay(db, id)
  return { ...day, periods, focusIrritantIds: await queries.focusIrritantIds(db, id) }
}

/** Makes sure a region has the irritants everybody starts with; those it changed stay as they are. */
export async function ensureDefaultIrritants(trx: Trx, regionId: string, now: Date): Promise<void> {
  await queries.insertIrritants(
    trx,
    defaultIrritants.map((irritant, position) => ({
      id: newId(now),
      region_id: regionId,
      code: irritant.code,
      name_fr: irritant.nameFr,
      name_en: irritant.nameEn,
      position,
      archived_at: null,
    })),
  )
}

/** Creates a day in its region's time zone; irritants of another region are refused. */
export async function createDay(
  trx: Trx,
  regionId: string,
  input: DayInput,
  by: string | null,
  now: Date,
): Promise<DayDetails | Refusal> {
  const region = await regionById(trx, regionId)
  if (!region) return refuse('not-found')
  const today = dateOf(now, region.timeZone)
  if (input.date < today) return refuse('date-past')
  const wrong =
    wrongInput(input, region.timeZone) ?? (input.offersCloseOn < today && refuse('date-past'))
  if (wrong) return wrong
  const id = newId(now)
  await queries.insertDay(trx, {
    ...dayRow(input, region.timeZone),
    id,
    region_id: regionId,
    time_zone: region.timeZone,
    sign_up_opened_at: null,
    sign_up_closed_at: null,
    published_at: null,
    cancelled_at: null,
    created_by: by,
    created_at: now,
  })
  const failed = await writeParts(trx, { id, regionId }, input, now)
  if (failed) return failed
  const entry = { regionId, accountId: by, action: 'days.create', subjectId: id }
  await recordAudit(trx, entry, now)
  return (await dayDetails(trx, id)) ?? refuse('not-found')
}

/**
 * Changes a day while nothing is published. Once slots rest on it, its date and the periods they
 * use stay as they are; `hasSlots` is told by whoever knows slots.
 */
export async function updateDay(
  trx: Trx,
  dayId: string,
  input: DayInput,
  hasSlots: boolean,
  by: string,
  now: Date,
): Promise<DayDetails | Refusal> {
  const day = await queries.lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const settled = settledRefusal(day)
  if (settled) return settled
  const moved = input.date !== day.date
  if (moved && input.date < dateOf(now, day.timeZone)) return refuse('date-past')
  const wrong = wrongInput(input, day.timeZone)
  if (wrong) return wrong
  if (hasSlots && (moved || (await timesChange(trx, dayId, input.periods)))) {
    return refuse('periods-in-use')
  }
  await queries.updateDay(trx, dayId, dayRow(input, day.timeZone))
  const failed = await writeParts(trx, day, input, now)
  if (failed) return failed
  const entry = { regionId: day.regionId, accountId: by, action: 'days.update', subjectId: dayId }
  await recordAudit(trx, entry, now)
  return (await dayDetails(trx, dayId)) ?? refuse('not-found')
}

/** Opens sign-up, or opens it again; opening twice is opening once. */
export async function openSignUp(
  trx: Trx,
  dayId: string,
  by: string,
  now: Date,
): Promise<Day | Refusal> {
  const day = await queries.lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const settled = settledRefusal(day)
  if (settled) return settled
  if (now > day.signUpClosesAt) return refuse('sign-up-deadline-passed')
  if (day.signUpOpenedAt && !day.signUpClosedAt) return day
  const changes = { sign_up_opened_at: day.signUpOpenedAt ?? now, sign_up_closed_at: null }
  await queries.updateDay(trx, dayId, changes)
  await auditSignUp(trx, day, 'days.open-sign-up', by, now)
  return { ...day, signUpOpenedAt: day.signUpOpenedAt ?? now, signUpClosedAt: null }
}

/** Closes sign-up before its deadline; closing twice, or what never opened, changes nothing. */
export async function closeSignUp(
  trx: Trx,
  dayId: string,
  by: string,
  now: Date,
): Promise<Day | Refusal> {
  const day = await queries.lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  const settled = settledRefusal(day)
  if (settled) return settled
  if (!day.signUpOpenedAt || day.signUpClosedAt) return day
  await queries.updateDay(trx, dayId, { sign_up_closed_at: now })
  await auditSignUp(trx, day, 'days.close-sign-up', by, now)
  return { ...day, signUpClosedAt: now }
}

/** Notes the first publication; later ones keep its instant. */
export async function markPublished(trx: Trx, dayId: string, now: Date): Promise<void> {
  const day = await queries.lockDay(trx, dayId)
  if (day && !day.publishedAt) await queries.updateDay(trx, dayId, { published_at: now })
}

/** Notes that the whole day is cancelled; cancelling twice keeps the first instant. */
export async function markCancelled(trx: Trx, dayId: string, now: Date): Promise<void> {
  const day = await queries.lockDay(trx, dayId)
  if (day && !day.cancelledAt) await queries.updateDay(trx, dayId, { cancelled_at: now })
}

/**
 * Makes sure each of these people has an invitee row, whose id their way out is derived from.
 * @returns invitee id by person id, for the whole day.
 */
export async function ensureInvitees(
  trx: Trx,
  day: Pick<Day, 'id' | 'regionId'>,
  personIds: string[],
  now: Date,
): Promise<Map<string, string>> {
  if (personIds.length > 0) {
    await queries.insertInvitees(
      trx,
      personIds.map((personId) => ({
        id: newId(now),
        region_id: day.regionId,
        day_id: day.id,
        person_id: personId,
        invited_at: now,
      })),
    )
  }
  const rows = await queries.inviteesOfDay(trx, day.id)
  return new Map(rows.map((row) => [row.personId, row.id]))
}

function settledRefusal(day: Day): Refusal | undefined {
  if (day.cancelledAt) return refuse('day-cancelled')
  if (day.publishedAt) return refuse('day-published')
  return undefined
}

function wrongInput(input: DayInput, timeZone: string): Refusal | undefined {
  const { offersCloseOn, signUpClosesOn, confirmUntil, date } = input
  if (offersCloseOn > signUpClosesOn || signUpClosesOn > confirmUntil || confirmUntil > date) {
    return refuse('deadlines-out-of-order')
  }
  const names = new Set(input.periods.map((period) => period.nameFr.toLowerCase()))
  const codes = input.periods.flatMap((period) => period.code ?? [])
  // As instants: on the night the clocks change, 2 to 3 h has no length.
  const backwards = input.periods.some((period) => {
    const { startsAt, endsAt } = periodInstants({ date, timeZone }, period)
    return endsAt <= startsAt
  })
  if (backwards || names.size < input.periods.length || new Set(codes).size < codes.length) {
    return refuse('periods-twice')
  }
  return undefined
}

function dayRow(input: DayInput, timeZone: string) {
  return {
    name: input.name,
    date: input.date,
    offers_close_at: endOfDate(input.offersCloseOn, timeZone),
    sign_up_closes_at: endOfDate(input.signUpClosesOn, timeZone),
    confirm_until: endOfDate(input.confirmUntil, timeZone),
    release_required: input.releaseRequired,
    expected_guests: input.expectedGuests,
  }
}

async function writeParts(
  trx: Trx,
  day: { id: string; regionId: string },
  input: DayInput,
  now: Date,
): Promise<Refusal | undefined> {
  const known = await queries.irritantsOfRegion(trx, day.regionId)
  const irritantIds = [...new Set(input.focusIrritantIds)]
  if (irritantIds.some((id) => !known.some((irritant) => irritant.id === id))) {
    return refuse('not-found')
  }
  const periods = withCodes(input.periods).map((period, position) => ({
    id: newId(now),
    region_id: day.regionId,
    day_id: day.id,
    code: period.code,
    name_fr: period.nameFr,
    name_en: period.nameEn || period.nameFr,
    starts_at: period.startsAt,
    ends_at: period.endsAt,
    position,
  }))
  try {
    await queries.replacePeriods(trx, day.id, periods)
  } catch (error) {
    const constraint = brokenConstraint(error) ?? ''
    if (/_period_fk$/.test(constraint)) return refuse('periods-in-use')
    throw error
  }
  await queries.replaceFocusIrritants(trx, { regionId: day.regionId, dayId: day.id, irritantIds })
  return undefined
}

/** A period without a code is the director's own: it takes the first free `own-<n>`. */
function withCodes(periods: PeriodInput[]): (PeriodInput & { code: string })[] {
  const taken = new Set(periods.flatMap((period) => period.code ?? []))
  return periods.map((period) => {
    let code = period.code
    for (let number = 1; code === undefined; number++) {
      if (!taken.has(`own-${number}`)) code = `own-${number}`
    }
    taken.add(code)
    return { ...period, code }
  })
}

async function timesChange(trx: Trx, dayId: string, wanted: PeriodInput[]): Promise<boolean> {
  const present = await queries.periodsOfDay(trx, dayId)
  return present.some((period) => {
    const same = wanted.find((other) => other.code === period.code)
    return same && (same.startsAt !== period.startsAt || same.endsAt !== period.endsAt)
  })
}

async function auditSignUp(trx: Trx, day: Day, action: string, by: string, now: Date) {
  await recordAudit(trx, { regionId: day.regionId, accountId: by, action, subjectId: day.id }, now)
}
