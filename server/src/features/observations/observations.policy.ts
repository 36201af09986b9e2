import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'
import type { Participation } from './observations.rules.ts'

/** Whoever takes part in the day, as guest or as host, observes; nobody else does. */
export const mayObserve = (participations: readonly Participation[]) => participations.length > 0

/** Under one's name: only as the person of the day's region one is signed in as. */
export const observerIn = (actor: Actor, regionId: string) =>
  membershipIn(actor, regionId)?.personId

/** The region's director reads what was seen; coordinators and managers do not, nor administrators. */
export const mayReadObservations = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
