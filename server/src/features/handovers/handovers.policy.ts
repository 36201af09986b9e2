import { type Actor, coordinatesIn, isCoordinatorOf, isDirectorOf } from '#server/platform/actor.ts'

/** Directors see who hands over to whom, coordinators where it concerns their sites. */
export const maySeeHandovers = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || coordinatesIn(actor, regionId)

export const maySeeHandoverAt = (actor: Actor, regionId: string, siteId: string) =>
  isDirectorOf(actor, regionId) || isCoordinatorOf(actor, regionId, siteId)
