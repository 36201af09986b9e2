import { type Actor, belongsTo, isDirectorOf } from '#server/platform/actor.ts'

/** Whoever belongs to the region may know which days it has. */
export const maySeeDays = (actor: Actor, regionId: string) => belongsTo(actor, regionId)

/** Only a director of the region creates, changes, opens and follows its days. */
export const mayRunDays = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
