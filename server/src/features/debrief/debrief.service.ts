import * as days from '#server/features/days/days.service.ts'
import * as findings from '#server/features/findings/findings.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { notify, type Topic } from '#server/platform/live/live.ts'
import type { Reader, Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { mostShown, type Step } from '#shared/debrief/debrief.vocabulary.ts'
import * as queries from './debrief.queries.ts'
import * as rules from './debrief.rules.ts'

export type Debrief = queries.DebriefRow

export const debriefOfDay = queries.debriefOfDay
export const debriefByCode = queries.debriefByCode

/** Whether a room is at work today: a session nobody closed invites nobody the next morning. */
export async function isDebriefingToday(db: Reader, day: days.Day, now: Date): Promise<boolean> {
  const debrief = await queries.debriefOfDay(db, day.id)
  if (!debrief || debrief.step === 'closed') return false
  return debrief.stepped_on === days.dateOf(now, day.timeZone)
}

/** What the room sees changed. */
export const roomTopic = (dayId: string): Topic => `debrief:${dayId}`
/** A ballot came: told to the director alone, or every vote would wake every phone. */
export const urnTopic = (dayId: string): Topic => `debrief-urn:${dayId}`

/** A director at work on a day of their region. */
export interface Facilitator {
  day: days.Day
  accountId: string
}

/** Drawn where chance is allowed: a code for the projector, the sealed key that signs ballots. */
export interface Drawn {
  code: string
  ballotKey: string
}

/**
 * Opens the session of a day with everything that may go on its wall, or changes how many hearts each
 * may give. Of two directors at once the second finds the session of the first.
 */
export async function openDebrief(
  trx: Trx,
  { day, accountId }: Facilitator,
  hearts: number,
  drawn: Drawn,
  now: Date,
): Promise<Refusal | undefined> {
  if (day.cancelledAt) return refuse('day-cancelled')
  if (!rules.isTimeToDebrief(day, now)) return refuse('debrief-too-early')
  const { id: dayId, regionId } = day
  const isNew = await queries.insertDebrief(trx, {
    day_id: dayId,
    region_id: regionId,
    code: drawn.code,
    step: 'read',
    hearts,
    ballot_key: drawn.ballotKey,
    ballots: null,
    stepped_on: days.dateOf(now, day.timeZone),
  })
  if (isNew) {
    await fillWall(trx, dayId, now)
    const entry = { regionId, accountId, action: 'debrief.open', subjectId: dayId }
    await recordAudit(trx, entry, now)
  } else {
    const debrief = await queries.lockDebrief(trx, dayId)
    if (debrief?.hearts === hearts) return undefined
    if (debrief?.step !== 'read' && debrief?.step !== 'group') return refuse('vote-begun')
    await queries.updateDebrief(trx, dayId, { hearts })
  }
  await notify(trx, roomTopic(dayId))
}

/**
 * Goes one step on or back. Whoever asks for where the session already is has what they wanted: two
 * directors who press at once go one step, not two. Lifting the curtain counts the votes and forgets
 * the ballots.
 */
export async function goTo(
  trx: Trx,
  { day, accountId }: Facilitator,
  { from, to }: { from: Step; to: Step },
  now: Date,
): Promise<Refusal | undefined> {
  const dayId = day.id
  const debrief = await queries.lockDebrief(trx, dayId)
  if (!debrief) return refuse('not-found')
  if (debrief.step === to) return undefined
  if (debrief.step !== from || !rules.isNeighbour(from, to)) return refuse('debrief-moved')
  if (from === 'decide' && to === 'count') return refuse('votes-counted')
  const stepped = { step: to, stepped_on: days.dateOf(now, day.timeZone) }
  if (to === 'decide' && !rules.isCounted(from)) {
    const ballots = await queries.countBallots(trx, dayId)
    await queries.countVotes(trx, dayId)
    await queries.updateDebrief(trx, dayId, { ...stepped, ballots, ballot_key: null })
  } else {
    await queries.updateDebrief(trx, dayId, stepped)
  }
  const details = { from, to }
  const entry = { regionId: day.regionId, accountId, action: 'debrief.step', subjectId: dayId }
  await recordAudit(trx, { ...entry, details }, now)
  await notify(trx, roomTopic(dayId))
}

/**
 * Keeps a day’s findings as the room reads them while it votes, until the transaction ends: hearts given
 * to one sentence must not stand for another. Withdrawing one stays possible, since a name on a screen
 * cannot wait.
 */
export async function refuseWhileVoting(trx: Trx, dayId: string): Promise<Refusal | undefined> {
  const debrief = await queries.holdDebrief(trx, dayId)
  const isVoting = debrief?.step === 'vote' || debrief?.step === 'count'
  return isVoting ? refuse('vote-under-way') : undefined
}

/** Puts what came since on the list of cards, hidden, named and anonymous in one batch. */
export async function fillWall(trx: Trx, dayId: string, now: Date): Promise<number> {
  const candidates = await queries.notYetCards(trx, dayId)
  const due = candidates.filter(
    ({ id, observedAt }) => observedAt === null || rules.isDue({ id, observedAt }, now),
  )
  if (due.length === 0) return 0
  await queries.insertCards(
    trx,
    dayId,
    due.map(({ id }) => id),
  )
  await notify(trx, roomTopic(dayId))
  return due.length
}

/** Days whose wall still fills. */
export const openDebriefDays = queries.openDebriefDays

/** Puts cards on the wall or takes them off: all of them, or none with the reason. */
export async function showCards(
  trx: Trx,
  dayId: string,
  ids: readonly string[],
  shown: boolean,
): Promise<Refusal | undefined> {
  // One at a time, so that two directors together cannot overfill it.
  if (!(await queries.lockDebrief(trx, dayId))) return refuse('not-found')
  const wanted = new Set(ids)
  if ((await queries.showCards(trx, dayId, [...wanted], shown)) < wanted.size) {
    return refuse('not-found')
  }
  if (shown && (await queries.countCards(trx, dayId, true)) > mostShown) {
    return refuse('wall-full', { most: mostShown })
  }
  await notify(trx, roomTopic(dayId))
}

/** A finding with what the room gave it. */
export interface Result {
  finding: findings.Finding
  hearts: number
}

/**
 * What the vote said, most hearts first: open findings only, those without a heart included. The
 * votes of a withdrawn one are kept and return with it.
 * @returns undefined until the curtain is up. Where fewer than five voted every finding has 0 hearts
 * and `told` is false: the numbers would tell who chose what.
 */
export async function resultsOf(
  db: Reader,
  dayId: string,
): Promise<{ ballots: number; told: boolean; results: Result[] } | undefined> {
  const debrief = await queries.debriefOfDay(db, dayId)
  if (!debrief || debrief.ballots === null) return undefined
  const { ballots } = debrief
  const told = rules.isTellable(ballots)
  const hearts = new Map(
    told
      ? (await queries.heartsOfDay(db, dayId)).map((one) => [one.findingId, one.hearts] as const)
      : [],
  )
  const open = (await findings.findingsOfDay(db, dayId)).filter(findings.isOpen)
  const ranked = rules.byHearts(
    open.map((finding) => ({ ...finding, hearts: hearts.get(finding.id) ?? 0 })),
  )
  const results = ranked.map(({ hearts: given, ...finding }) => ({ finding, hearts: given }))
  return { ballots, told, results }
}
