import { type Actor, coordinatesIn, isCoordinatorOf, isDirectorOf } from '#server/platform/actor.ts'
import type { Sayer } from '#shared/attendance/attendance.vocabulary.ts'

/** Directors follow all arrivals of their region, coordinators those of their sites. */
export const maySeeArrivals = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || coordinatesIn(actor, regionId)

/** Who looks after a site sees who came there, says so and corrects it. */
export const mayTickOffAt = (actor: Actor, regionId: string, siteId: string) =>
  sayerAt(actor, regionId, siteId) !== undefined

/** As whom somebody says it: the coordinator of the site before the director of the region. */
export function sayerAt(actor: Actor, regionId: string, siteId: string): Sayer | undefined {
  if (isCoordinatorOf(actor, regionId, siteId)) return 'coordinator'
  return isDirectorOf(actor, regionId) ? 'director' : undefined
}
