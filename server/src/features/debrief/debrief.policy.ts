import { type Actor, belongsTo, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** The region’s director runs the session, and reads what waits before the room does. */
export const mayRun = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** Whoever belongs to the region and has the code on the wall sees what the room sees. */
export const mayLook = (actor: Actor, regionId: string) => belongsTo(actor, regionId)

/** One ballot a person of the roster, director or not; who is nobody in it has none. */
export const voterIn = (actor: Actor, regionId: string) => membershipIn(actor, regionId)?.personId
