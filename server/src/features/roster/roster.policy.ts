import {
  type Actor,
  belongsTo,
  isAdministrator,
  isCoordinatorOf,
  isDirectorOf,
} from '#server/platform/actor.ts'

/** A director keeps the region's roster; an administrator may, to set a region up. */
export const mayKeepRoster = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || isAdministrator(actor)

/** Everybody of the region may know its sites and the jobs one can discover there. */
export const maySeePlaces = (actor: Actor, regionId: string) =>
  belongsTo(actor, regionId) || isAdministrator(actor)

/** Whoever keeps the roster sees everybody; a coordinator sees the people of their own sites. */
export const mayListPeople = (actor: Actor, regionId: string) =>
  mayKeepRoster(actor, regionId) || coordinatedSites(actor, regionId).length > 0

/** undefined: no limit. */
export const visibleSites = (actor: Actor, regionId: string): string[] | undefined =>
  mayKeepRoster(actor, regionId) ? undefined : coordinatedSites(actor, regionId)

function coordinatedSites(actor: Actor, regionId: string): string[] {
  return actor.grants.flatMap((grant) =>
    grant.regionId === regionId && grant.siteId && isCoordinatorOf(actor, regionId, grant.siteId)
      ? [grant.siteId]
      : [],
  )
}

/** That somebody left is said by whoever keeps the roster. */
export const mayEndPeople = mayKeepRoster
