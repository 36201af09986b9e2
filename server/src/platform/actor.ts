import type { Language } from '#shared/vocabulary/language.ts'

export interface Grant {
  kind: 'administrator' | 'director' | 'coordinator' | 'trainer'
  regionId: string | null
  siteId: string | null
}

/** A row of a region's roster that belongs to the account. */
export interface Membership {
  personId: string
  regionId: string
  siteId: string
}

/** Somebody signed in, with everything policies ask about. */
export interface Actor {
  accountId: string
  sessionId: string
  language: Language
  grants: Grant[]
  memberships: Membership[]
}

/** Administrators run installations, not days: they do not read a region's answers. */
export const isAdministrator = (actor: Actor): boolean =>
  actor.grants.some((grant) => grant.kind === 'administrator')

export const isDirectorOf = (actor: Actor, regionId: string): boolean =>
  actor.grants.some((grant) => grant.kind === 'director' && grant.regionId === regionId)

/** Writes the region’s reminders, and is shown nobody and nothing that was said. */
export const isTrainerOf = (actor: Actor, regionId: string): boolean =>
  actor.grants.some((grant) => grant.kind === 'trainer' && grant.regionId === regionId)

/** Of this site as a part of this region: an id in a path may belong to another. */
export const isCoordinatorOf = (actor: Actor, regionId: string, siteId: string): boolean =>
  actor.grants.some(
    (grant) =>
      grant.kind === 'coordinator' && grant.regionId === regionId && grant.siteId === siteId,
  )

/** Coordinates at least one site of the region. */
export const coordinatesIn = (actor: Actor, regionId: string): boolean =>
  actor.grants.some((grant) => grant.kind === 'coordinator' && grant.regionId === regionId)

export const membershipIn = (actor: Actor, regionId: string): Membership | undefined =>
  actor.memberships.find((membership) => membership.regionId === regionId)

/** Anybody the region knows: in its roster, or trusted with its days; who only trains comes from outside. */
export const belongsTo = (actor: Actor, regionId: string): boolean =>
  membershipIn(actor, regionId) !== undefined ||
  actor.grants.some((grant) => grant.regionId === regionId && grant.kind !== 'trainer')
