import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** Only the region's directors compute plans, read who is placed, and correct by hand. */
export const mayMatch = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** Everybody of the region's roster sees their own card and nobody else's. */
export const cardHolder = (actor: Actor, regionId: string) => membershipIn(actor, regionId)
