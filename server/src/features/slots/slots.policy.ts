import {
  type Actor,
  coordinatesIn,
  isCoordinatorOf,
  isDirectorOf,
  type Membership,
  membershipIn,
} from '#server/platform/actor.ts'

/** Only a director asks hosts of the whole region. */
export const mayPropose = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** The picture of all sites is for directors, and for coordinators to see theirs among the others. */
export const maySeeCoverage = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || coordinatesIn(actor, regionId)

/** A site's coordinator looks after its offers; the region's director may step in. */
export const mayLookAfterSite = (actor: Actor, regionId: string, siteId: string) =>
  isCoordinatorOf(actor, regionId, siteId) || isDirectorOf(actor, regionId)

/** Only somebody of the roster hosts, and only in their own name. */
export const asHost = (actor: Actor, regionId: string): Membership | undefined =>
  membershipIn(actor, regionId)
