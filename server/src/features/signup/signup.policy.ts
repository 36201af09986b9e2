import { type Actor, membershipIn } from '#server/platform/actor.ts'

/** Everybody in the region's roster can be a guest, frontline included; they speak for themselves. */
export const guestIn = (actor: Actor, regionId: string) => membershipIn(actor, regionId)
