import { type Actor, isCoordinatorOf, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** Whether somebody signed in reads their own sheet. */
export const isOwnSheet = (actor: Actor, sheet: { regionId: string; personId: string }) =>
  membershipIn(actor, sheet.regionId)?.personId === sheet.personId

/** A sheet is its own guest's or host's; the site's coordinator and the director may look over it. */
export const maySeeSheet = (
  actor: Actor,
  sheet: { regionId: string; siteId: string; personId: string },
) =>
  isOwnSheet(actor, sheet) ||
  isCoordinatorOf(actor, sheet.regionId, sheet.siteId) ||
  isDirectorOf(actor, sheet.regionId)
