import { type Day, isOver } from '#server/features/days/days.service.ts'
import {
  activePlacementOf,
  activePlacements,
  drawnOrder,
  placesLost,
} from '#server/features/matching/matching.service.ts'
import { signedUp, signupOf } from '#server/features/signup/signup.service.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Waiting, waitingOrder } from './waiting.rules.ts'

/**
 * Everybody signed up whom a published day leaves without a place, in the order in which freed
 * places are offered; nobody before publication. Holding an offer, or having let one pass, changes
 * nobody's place in it.
 */
export async function waitingList(db: Reader, day: Day): Promise<Waiting[]> {
  if (!day.publishedAt || day.cancelledAt) return []
  const { active } = await signedUp(db, day.id)
  for (const { personId } of await activePlacements(db, day.id)) active.delete(personId)
  const lost = new Map(
    (await placesLost(db, day.id)).map(({ personId, endedAt }) => [personId, endedAt]),
  )
  const people = [...active].map((personId) => ({ personId, lostAt: lost.get(personId) ?? null }))
  return waitingOrder(people, drawnOrder(day.id, [...active]))
}

/**
 * Where somebody without a place stands on a published day that is to come: waiting, or free to wait
 * again; null where neither is so.
 */
export async function wayBackOf(
  db: Reader,
  day: Day,
  personId: string,
  now: Date,
): Promise<'waiting' | 'return' | null> {
  if (!day.publishedAt || day.cancelledAt || isOver(day, now)) return null
  const signup = await signupOf(db, day.id, personId)
  if (!signup || (await activePlacementOf(db, day.id, personId))) return null
  return signup.status === 'active' ? 'waiting' : 'return'
}
