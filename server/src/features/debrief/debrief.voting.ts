import type { KeyObject } from 'node:crypto'
import * as findings from '#server/features/findings/findings.service.ts'
import { notify } from '#server/platform/live/live.ts'
import { brokenReference, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { hashToken, unseal } from '#server/platform/secrets.ts'
import { isSigned, modulusOf, publicHalf, signBlinded } from './debrief.ballots.ts'
import * as queries from './debrief.queries.ts'
import { isCounted } from './debrief.rules.ts'
import { type Debrief, urnTopic } from './debrief.service.ts'

/** What the key is sealed for, so that a dump of the database signs nothing. */
export const sealedFor = 'debrief-ballots'

const keyOf = ({ ballot_key }: Debrief, secret: string) =>
  ballot_key === null ? undefined : unseal(secret, sealedFor, ballot_key)

/** Of the sessions of a day or two; a phone’s every look would make it anew. */
const publicHalves = new Map<string, KeyObject>()
const mostHalves = 50

/** The half that verifies, of a session whose key is not deleted yet. */
function verifyingKey(debrief: Debrief, secret: string): KeyObject | undefined {
  if (debrief.ballot_key === null) return undefined
  const kept = publicHalves.get(debrief.ballot_key)
  const key = kept ? undefined : keyOf(debrief, secret)
  if (kept || key === undefined) return kept
  if (publicHalves.size >= mostHalves) publicHalves.clear()
  const half = publicHalf(key)
  publicHalves.set(debrief.ballot_key, half)
  return half
}

/** What phones blind against; null once counted. @returns base64url. */
export function ballotModulus(debrief: Debrief, secret: string): string | null {
  const key = verifyingKey(debrief, secret)
  return key === undefined ? null : modulusOf(key)
}

/**
 * Signs one person’s right to a ballot, unseen. A retry with the same blinded value is answered alike;
 * another one, from another device, is refused.
 */
export async function takeBallot(
  trx: Trx,
  dayId: string,
  voter: { personId: string; regionId: string },
  blinded: string,
  secret: string,
): Promise<{ signed: string } | Refusal> {
  const debrief = await queries.holdDebrief(trx, dayId)
  if (!debrief) return refuse('not-found')
  const key = keyOf(debrief, secret)
  if (key === undefined || debrief.step === 'count') return refuse('vote-closed')
  const signed = signBlinded(key, blinded)
  if (signed === undefined) return refuse('ballot-unknown')
  const hash = hashToken(blinded)
  const before = await queries.giveBallot(trx, {
    day_id: dayId,
    person_id: voter.personId,
    region_id: voter.regionId,
    blinded_hash: hash,
  })
  return before === undefined || before === hash ? { signed } : refuse('ballot-taken')
}

/** What a phone sends; nothing in it says whose it is. */
export interface Ballot {
  id: string
  signature: string
  findingIds: readonly string[]
}

/**
 * Why a ballot is not one of this session. Asked before anything is locked: whoever knows the code of
 * the room and nothing else keeps nobody waiting, and nobody’s ballot is counted against their address.
 */
export function refusedBallot(
  debrief: Debrief,
  ballot: Ballot,
  secret: string,
): Refusal | undefined {
  const key = verifyingKey(debrief, secret)
  if (key === undefined) return refuse('vote-closed')
  return isSigned(key, ballot.id, ballot.signature) ? undefined : refuse('ballot-unknown')
}

/**
 * Counts a ballot that {@link refusedBallot} let through, in the place of what it said before. Nothing
 * here is given a caller, a session or a person. A vote at the instant of closing is in before the step
 * changes, or refused; a heart for a finding withdrawn since is refused, and its voter gives another.
 */
export async function castBallot(
  trx: Trx,
  dayId: string,
  ballot: Ballot,
): Promise<{ cast: true } | Refusal> {
  const debrief = await queries.holdDebrief(trx, dayId)
  if (!debrief) return refuse('not-found')
  if (debrief.step === 'count' || isCounted(debrief.step)) return refuse('vote-closed')
  if (debrief.step !== 'vote') return refuse('vote-not-open')
  if (ballot.findingIds.length > debrief.hearts) {
    return refuse('too-many-hearts', { count: debrief.hearts })
  }
  const withdrawn = await findings.countWithdrawn(trx, ballot.findingIds)
  if (withdrawn > 0) return refuse('finding-withdrawn')
  try {
    await queries.replaceBallot(trx, dayId, ballot.id, ballot.findingIds)
  } catch (error) {
    // Dissolved since it was read.
    if (brokenReference(error)) return refuse('not-found')
    throw error
  }
  await notify(trx, urnTopic(dayId))
  return { cast: true }
}
