import { regionById } from '#server/features/accounts/accounts.service.ts'
import { type Day, dayById, holdDay, inviteeById } from '#server/features/days/days.service.ts'
import {
  peopleByIds,
  personById,
  roleOfPerson,
  rolesOfPeople,
  rolesOfRegion,
} from '#server/features/roster/roster.service.ts'
import { readToken, verifyToken } from '#server/platform/capabilities.ts'
import { newId } from '#server/platform/identity.ts'
import { brokenConstraint, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { type Outgoing, sendWishes } from './signup.mails.ts'
import * as queries from './signup.queries.ts'
import { type RankedWish, repeatsItself, signUpRefusal, type Wish } from './signup.rules.ts'

/** Somebody signed up, as the matching reads them. */
export interface Signup {
  personId: string
  /** Where they work: what « my town » and distances are measured from. */
  siteId: string
  ownRoleId: string | null
  wishes: RankedWish[]
}

/**
 * Hands in somebody's wishes, best first; what they had asked before is replaced, and a sign-up
 * they had cancelled lives again. A mail says what was asked and how to change it.
 */
export async function submitWishes(
  trx: Trx,
  asked: { dayId: string; personId: string; wishes: Wish[] },
  outgoing: Outgoing,
  now: Date,
): Promise<undefined | Refusal> {
  // Held, so that closing sign-up or publishing comes wholly before or wholly after.
  const day = await holdDay(trx, asked.dayId)
  const person = await personById(trx, asked.personId)
  if (!day || person?.regionId !== day.regionId || person.leftOn) return refuse('not-found')
  const closed = day.publishedAt ? 'sign-up-closed' : signUpRefusal(day, now)
  if (closed) return refuse(closed)
  if (repeatsItself(asked.wishes)) return refuse('wish-repeated')
  const ownRole = await roleOfPerson(trx, person.id)
  if (ownRole && asked.wishes.some(({ roleId }) => roleId === ownRole)) {
    return refuse('wish-own-role')
  }
  const offered = new Set((await rolesOfRegion(trx, day.regionId)).map(({ id }) => id))
  if (asked.wishes.some(({ roleId }) => roleId && !offered.has(roleId))) {
    return refuse('invalid-input')
  }
  const ranked = asked.wishes.map((wish, index) => ({ ...wish, rank: index + 1 }))
  const written = await writeWishes(trx, day, person.id, ranked, now)
  if (written) return written
  if (!(await queries.isOptedOut(trx, day.id, person.id))) {
    await sendWishes(trx, day, person, ranked, outgoing, now)
  }
  return undefined
}

async function writeWishes(
  trx: Trx,
  day: Day,
  personId: string,
  wishes: RankedWish[],
  now: Date,
): Promise<undefined | Refusal> {
  const place = { region_id: day.regionId, day_id: day.id }
  const signupId = await queries.writeSignup(trx, {
    id: newId(now),
    ...place,
    person_id: personId,
    status: 'active',
    submitted_at: now,
    signed_up_at: now,
    cancelled_at: null,
  })
  try {
    await queries.replaceWishes(
      trx,
      signupId,
      wishes.map((wish) => ({
        id: newId(now),
        ...place,
        signup_id: signupId,
        rank: wish.rank,
        role_id: wish.roleId,
        period_id: wish.periodId,
        place: wish.place,
        site_id: wish.siteId,
        radius_km: wish.radiusKm,
      })),
    )
  } catch (error) {
    const constraint = brokenConstraint(error)
    if (constraint === 'wishes_site_fk' || constraint === 'wishes_period_fk') {
      return refuse('invalid-input')
    }
    // An identifier in capitals is the same to the database.
    if (constraint === 'wishes_not_twice') return refuse('wish-repeated')
    throw error
  }
  return undefined
}

/** Takes a sign-up back, at any time; cancelling twice is cancelling once. The wishes stay readable. */
export async function cancelSignup(
  trx: Trx,
  dayId: string,
  personId: string,
  now: Date,
): Promise<undefined | Refusal> {
  const signup = await queries.signupOf(trx, dayId, personId)
  if (!signup) return refuse('not-found')
  await queries.markCancelled(trx, signup.id, now)
  return undefined
}

/**
 * A sign-up taken back counts again, as it was; twice is once.
 * @returns false for who never signed up.
 */
export async function reviveSignup(trx: Trx, dayId: string, personId: string): Promise<boolean> {
  const signup = await queries.signupOf(trx, dayId, personId)
  if (signup) await queries.markActive(trx, signup.id)
  return signup !== undefined
}

/** What somebody asked for on a day, and whether it still counts. */
export async function signupOf(db: Reader, dayId: string, personId: string) {
  const signup = await queries.signupOf(db, dayId, personId)
  return signup && { ...signup, wishes: await queries.wishesOfSignup(db, signup.id) }
}

/** Everybody signed up for a day, in the order of their ids: when they signed up tells nothing. */
export async function signupsForMatching(db: Reader, dayId: string): Promise<Signup[]> {
  const rows = await queries.activeWishesOfDay(db, dayId)
  const wishesOf = Map.groupBy(rows, ({ personId }) => personId)
  const ids = [...wishesOf.keys()]
  const people = await peopleByIds(db, ids)
  const roleOf = await rolesOfPeople(db, ids)
  return people
    .map(({ id, siteId }) => ({
      personId: id,
      siteId,
      ownRoleId: roleOf.get(id) ?? null,
      wishes: wishesOf.get(id)!.map(({ personId: _, ...wish }) => wish),
    }))
    .sort((a, b) => (a.personId < b.personId ? -1 : 1))
}

/** Who signed up for a day, and when first, in that order; those who took it back left out. */
export const arrivalsOfDay = queries.arrivalsOfDay

/** {@link signupsForMatching}, with every sign-up held as it is until the transaction ends. */
export async function heldSignups(trx: Trx, dayId: string): Promise<Signup[]> {
  await queries.holdSignups(trx, dayId)
  return signupsForMatching(trx, dayId)
}

/** Who signed up for a day: those who still come, and those who took it back. */
export async function signedUp(
  db: Reader,
  dayId: string,
): Promise<{ active: Set<string>; cancelled: Set<string> }> {
  const rows = await queries.peopleByStatus(db, dayId)
  const idsOf = (wanted: string) =>
    new Set(rows.flatMap(({ personId, status }) => (status === wanted ? [personId] : [])))
  return { active: idsOf('active'), cancelled: idsOf('cancelled') }
}

export { lettersTo } from './signup.letters.ts'

/** People who want no mail about a day; every mailing leaves them out. */
export async function optedOut(db: Reader, dayId: string): Promise<Set<string>> {
  return new Set((await queries.optOutsOfDay(db, dayId)).map(({ personId }) => personId))
}

export const isOptedOut = queries.isOptedOut

/** Stops, or takes up again, all mail to somebody about a day. */
export async function setOptOut(
  trx: Trx,
  subject: { regionId: string; dayId: string; personId: string },
  wanted: boolean,
  now: Date,
): Promise<void> {
  const { regionId, dayId, personId } = subject
  if (!wanted) return queries.deleteOptOut(trx, dayId, personId)
  await queries.insertOptOut(trx, {
    region_id: regionId,
    day_id: dayId,
    person_id: personId,
    opted_out_at: now,
  })
}

/** Whom an opt-out link speaks for, and about which day; `not-found` for anything forged. */
export async function resolveOptOutLink(db: Reader, secret: string, token: string) {
  const read = readToken(token)
  if (!read || !verifyToken(secret, 'opt-out', token, 1)) return refuse('not-found')
  const invitee = await inviteeById(db, read.id)
  const day = invitee && (await dayById(db, invitee.dayId))
  const region = day && (await regionById(db, day.regionId))
  if (!invitee || !day || !region) return refuse('not-found')
  return { ...invitee, dayName: day.name, date: day.date, regionName: region.name }
}
