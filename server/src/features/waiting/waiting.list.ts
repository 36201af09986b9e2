import type { Day } from '#server/features/days/days.service.ts'
import {
  activePlacements,
  drawnOrder,
  placesLost,
} from '#server/features/matching/matching.service.ts'
import { signedUp } from '#server/features/signup/signup.service.ts'
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
