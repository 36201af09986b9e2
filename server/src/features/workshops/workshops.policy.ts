import type { Actor } from '#server/platform/actor.ts'

/**
 * Whoever belongs to a region, by its roster or by a right in it: the courses ship with the
 * product and name nobody, and anybody may be asked to lead one.
 */
export const mayReadCourses = (actor: Actor): boolean =>
  actor.memberships.length > 0 || actor.grants.some(({ regionId }) => regionId !== null)
