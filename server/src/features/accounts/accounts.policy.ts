import { type Actor, isAdministrator, isDirectorOf } from '#server/platform/actor.ts'
import type { GrantKind } from '#shared/accounts/accounts.contract.ts'

/** Only an administrator opens a new region. */
export const mayCreateRegion = (actor: Actor) => isAdministrator(actor)

/** Administrators and the region's directors see who is trusted with it. */
export const maySeeGrants = (actor: Actor, regionId: string) =>
  isAdministrator(actor) || isDirectorOf(actor, regionId)

/** An administrator appoints directors; a director (or an administrator) coordinators and trainers. */
export const mayGrant = (actor: Actor, kind: GrantKind, regionId: string) =>
  isAdministrator(actor) ||
  ((kind === 'coordinator' || kind === 'trainer') && isDirectorOf(actor, regionId))
