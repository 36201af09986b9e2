import { createHash } from 'node:crypto'
import { allRegions } from '#server/features/accounts/accounts.service.ts'
import {
  type Day,
  dayById,
  daysOfRegion,
  periodsOfDay,
} from '#server/features/days/days.service.ts'
import {
  peopleByIds,
  peopleOfRegion,
  rolesOfPeople,
} from '#server/features/roster/roster.service.ts'
import { signUpRefusal, type Wish } from '#server/features/signup/signup.rules.ts'
import {
  arrivalsOfDay,
  type Signup,
  signupOf,
  signupsForMatching,
} from '#server/features/signup/signup.service.ts'
import { addJob, type Reader, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { HandChances } from '#shared/matching/matching.contract.ts'
import * as queries from './matching.chances.queries.ts'
import { type Chances, type ChancesInput, sameHand } from './matching.chances.rules.ts'
import { inputOf } from './matching.input.ts'

/** A hand that was not handed in is kept this long after its page was last looked at. */
const heldMinutes = 120
/** Between two estimates of a day: at least this long, and at most a sixth of the time computing. */
const leastGapMilliseconds = 5_000
const gapPerMillisecond = 5
/** How many past days say what to expect, and how many sign-ups make one worth listening to. */
const mostPastDays = 3
const fewestPastSignups = 10

/** Why no chances are told of a day now, or undefined while wishes can be handed in. */
function closed(day: Day, now: Date): Refusal | undefined {
  const code = day.publishedAt ? 'sign-up-closed' : signUpRefusal(day, now)
  return code && refuse(code)
}

/**
 * What is known of a hand's chances; null until the next estimate, which is then asked for. A hand
 * other than the one handed in is noted, in the place of the one noted before.
 * @param allowed asked before something new is noted; false where somebody asks too often.
 */
export async function handChances(
  db: Reader,
  day: Day,
  personId: string,
  hand: Wish[],
  now: Date,
  allowed: () => Promise<boolean>,
): Promise<{ chances: HandChances | null } | Refusal> {
  const refusal = closed(day, now)
  if (refusal) return refusal
  const known = await queries.handsOf(db, day.id, personId)
  const row = known.find((one) => sameHand(one.hand, hand))
  if (row) await queries.noteLookedAt(db, day.id, personId, now)
  else {
    if (!(await allowed())) return refuse('too-many-requests')
    const signup = await signupOf(db, day.id, personId)
    const sent = signup?.status === 'active' && sameHand(signup.wishes, hand)
    await queries.writeHands(db, [
      {
        ...{ region_id: day.regionId, day_id: day.id, person_id: personId, asked_at: now },
        ...{ kind: sent ? 'sent' : 'held', hand: JSON.stringify(hand), ...unanswered },
      },
    ])
  }
  const chances = row && answerOf(row)
  if (!chances) await askEstimate(db, day.id, now)
  return { chances: chances ?? null }
}

const unanswered = {
  times: null,
  samples: null,
  signed_up: null,
  expected: null,
  computed_at: null,
}

function answerOf(
  row: Awaited<ReturnType<typeof queries.handsOf>>[number],
): HandChances | undefined {
  const { times, samples, signedUp, expected, computedAt } = row
  if (!times || !samples || signedUp === null || expected === null || !computedAt) return undefined
  return { times, samples, signedUp, expected, computedAt }
}

/**
 * One estimate of a day waits at most; it leaves when the last is long enough ago. A large region's
 * takes minutes, so all days share one queue: mails and plans never wait behind several of them.
 */
async function askEstimate(db: Reader, dayId: string, now: Date): Promise<void> {
  const last = await queries.lastRun(db, dayId)
  const gap = Math.max(leastGapMilliseconds, gapPerMillisecond * (last?.milliseconds ?? 0))
  const due = last ? new Date(last.computedAt.getTime() + gap) : now
  const later = due > now ? { runAt: due } : {}
  await addJob(
    db,
    'estimate-chances',
    { dayId },
    { key: `chances ${dayId}`, queue: 'chances', ...later },
  )
}

/** Asks for an estimate of every day that takes wishes, and forgets what is of no more use. */
export async function refreshChances(db: Reader, now: Date): Promise<void> {
  await queries.forgetHeld(db, minutesBefore(now, heldMinutes))
  for (const region of await allRegions(db)) {
    for (const day of await daysOfRegion(db, region.id)) {
      if (closed(day, now)) await queries.forgetDay(db, day.id)
      else await askEstimate(db, day.id, now)
    }
  }
}

const minutesBefore = (now: Date, minutes: number) => new Date(now.getTime() - minutes * 60_000)

/** What an estimate is made from, and whose hands it answers. */
export interface ChancesToEstimate {
  day: Day
  input: ChancesInput
  hash: string
  /** Hands being put together, by person; everybody else’s is the one handed in. */
  held: Map<string, Wish[]>
  signups: Map<string, Signup>
}

/** Everything an estimate needs; undefined where nothing changed and nobody waits for an answer. */
export async function chancesToEstimate(
  db: Reader,
  dayId: string,
  now: Date,
): Promise<ChancesToEstimate | undefined> {
  const day = await dayById(db, dayId)
  if (!day || closed(day, now)) return undefined
  const signups = await signupsForMatching(db, dayId)
  const sent = new Map(signups.map((signup) => [signup.personId, signup]))
  const rows = await queries.heldHands(db, dayId, minutesBefore(now, heldMinutes))
  const same = rows.filter(({ personId, hand }) => sameHand(sent.get(personId)?.wishes ?? [], hand))
  const handedIn = new Set(same.map(({ personId }) => personId))
  await queries.forgetHeldOf(db, dayId, [...handedIn])
  const held = new Map(
    rows.flatMap(({ personId, hand }) => (handedIn.has(personId) ? [] : [[personId, hand]])),
  )
  const guests = await withHeld(db, signups, held)
  const { input: plan, hash: planHash } = await inputOf(db, day, guests)
  const opened = day.signUpOpenedAt ?? now
  const elapsed = elapsedAt({ opened, closes: day.signUpClosesAt }, now)
  const before = await pastOf(db, day)
  const people = (await peopleOfRegion(db, day.regionId)).length
  const input: ChancesInput = {
    plan,
    composing: [...held.keys()].filter((personId) => !sent.has(personId)),
    arrivals: {
      elapsed,
      signedUp: signups.length,
      expected: day.expectedGuests,
      people,
      past: before.arrivals,
    },
    past: before.guests,
  }
  // Time alone changes little: it counts by fiftieths of the time to sign up.
  const facts = [planHash, Math.round(elapsed * 50), day.expectedGuests, people]
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
  const last = await queries.lastRun(db, dayId)
  if (last?.inputHash === hash && !(await queries.hasUnanswered(db, dayId))) return undefined
  return { day, input, hash, held, signups: sent }
}

function elapsedAt({ opened, closes }: { opened: Date; closes: Date }, at: Date): number {
  const whole = closes.getTime() - opened.getTime()
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, (at.getTime() - opened.getTime()) / whole))
}

/** Sign-ups as they would be if everybody handed in now what they hold. */
async function withHeld(db: Reader, signups: Signup[], held: ReadonlyMap<string, Wish[]>) {
  const people = await peopleByIds(db, [...held.keys()])
  const roleOf = await rolesOfPeople(db, [...held.keys()])
  const holding = people.map(({ id, siteId }) => ({
    personId: id,
    siteId,
    ownRoleId: roleOf.get(id) ?? null,
    wishes: (held.get(id) ?? []).map((wish, index) => ({ ...wish, rank: index + 1 })),
  }))
  return [...signups.filter(({ personId }) => !held.has(personId)), ...holding].sort((a, b) =>
    a.personId < b.personId ? -1 : 1,
  )
}

/** Past days of the region: who signed up when, and for what, in the periods of this day. */
async function pastOf(db: Reader, day: Day) {
  const others = (await daysOfRegion(db, day.regionId)).filter(
    (other) => other.id !== day.id && other.publishedAt && !other.cancelledAt,
  )
  const periods = await periodsOfDay(db, day.id)
  const arrivals: number[][] = []
  const guests: Signup[] = []
  for (const other of others.slice(0, mostPastDays)) {
    const came = await arrivalsOfDay(db, other.id)
    if (came.length < fewestPastSignups) continue
    const opened = other.signUpOpenedAt ?? came[0]!.signedUpAt
    const window = { opened, closes: other.signUpClosedAt ?? other.signUpClosesAt }
    arrivals.push(came.map(({ signedUpAt }) => elapsedAt(window, signedUpAt)))
    const codeOf = new Map((await periodsOfDay(db, other.id)).map(({ id, code }) => [id, code]))
    const here = (id: string | null) =>
      id && (periods.find(({ code }) => code === codeOf.get(id))?.id ?? null)
    for (const signup of await signupsForMatching(db, other.id)) {
      const wishes = signup.wishes.map((wish) => ({ ...wish, periodId: here(wish.periodId) }))
      guests.push({ ...signup, wishes })
    }
  }
  return { arrivals, guests }
}

/** Keeps what an estimate found, each figure with what it was made from. */
export async function storeChances(
  trx: Trx,
  { day, hash, held, signups }: ChancesToEstimate,
  { granted, samples, expected }: Chances,
  milliseconds: number,
  now: Date,
): Promise<void> {
  if (closed((await dayById(trx, day.id)) ?? day, now)) return
  const place = { region_id: day.regionId, day_id: day.id }
  const told = { samples, signed_up: signups.size, expected: Math.round(expected) }
  const row = (personId: string, hand: readonly Wish[], times: number[]) => ({
    ...place,
    person_id: personId,
    hand: JSON.stringify(hand),
    asked_at: now,
    times: JSON.stringify(times),
    ...told,
    computed_at: now,
  })
  const sent = []
  for (const { personId, times } of granted) {
    const holding = held.get(personId)
    const wishes =
      holding ?? signups.get(personId)?.wishes.map(({ rank: _, ...wish }) => wish) ?? []
    if (holding) await queries.answerHeld(trx, { ...row(personId, holding, times), kind: 'held' })
    else sent.push({ ...row(personId, wishes, times), kind: 'sent' as const })
  }
  await queries.writeHands(trx, sent)
  const run = { input_hash: hash, milliseconds: Math.round(milliseconds), computed_at: now }
  await queries.writeRun(trx, { ...place, ...run })
}
