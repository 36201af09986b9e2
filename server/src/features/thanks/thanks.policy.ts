import { type Actor, membershipIn } from '#server/platform/actor.ts'

/** A card is between a guest and their host: each by themselves, as the person they are in the region. */
export const selfIn = (actor: Actor, regionId: string) => membershipIn(actor, regionId)?.personId
