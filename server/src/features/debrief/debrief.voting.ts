import { notify } from '#server/platform/live/live.ts'
import { brokenReference, type Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import { hashToken, unseal } from '#server/platform/secrets.ts'
import { isSigned, modulusOf, signBlinded } from './debrief.ballots.ts'
import * as queries from './debrief.queries.ts'
import { isCounted } from './debrief.rules.ts'
import { type Debrief, urnTopic } from './debrief.service.ts'

/** What the key is sealed for, so that a dump of the database signs nothing. */
export const sealedFor = 'debrief-ballots'

const keyOf = ({ ballot_key }: Debrief, secret: string) =>
  ballot_key === null ? undefined : unseal(secret, sealedFor, ballot_key)

/** What phones blind against; null once counted. @returns base64url. */
export function ballotModulus(debrief: Debrief, secret: string): string | null {
  const key = keyOf(debrief, secret)
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
 * Counts a ballot, in the place of what it said before. Nothing here is given a caller, a session or
 * a person. A vote at the instant of closing is in before the step changes, or refused.
 */
export async function castBallot(
  trx: Trx,
  dayId: string,
  ballot: Ballot,
  secret: string,
): Promise<{ cast: true } | Refusal> {
  const debrief = await queries.holdDebrief(trx, dayId)
  if (!debrief) return refuse('not-found')
  if (debrief.step === 'count' || isCounted(debrief.step)) return refuse('vote-closed')
  if (debrief.step !== 'vote') return refuse('vote-not-open')
  const key = keyOf(debrief, secret)
  if (key === undefined || !isSigned(key, ballot.id, ballot.signature)) {
    return refuse('ballot-unknown')
  }
  if (ballot.findingIds.length > debrief.hearts) {
    return refuse('too-many-hearts', { count: debrief.hearts })
  }
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
