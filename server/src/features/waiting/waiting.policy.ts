import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** Only the director sees who waits and who was offered what. */
export const maySeeBoard = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** Everybody of the region's roster sees their own place on the list and nobody else's. */
export const waiter = (actor: Actor, regionId: string) => membershipIn(actor, regionId)

/** An offer is answered by the person it was made to. */
export const mayAnswer = (actor: Actor, offer: { personId: string; regionId: string }) =>
  membershipIn(actor, offer.regionId)?.personId === offer.personId
