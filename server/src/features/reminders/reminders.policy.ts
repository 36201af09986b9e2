import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** What a region tells its people, the director answers for. */
export const mayWriteReminders = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
