import { type Actor, isDirectorOf, isTrainerOf } from '#server/platform/actor.ts'

/** What a region tells its people, its director answers for, and may entrust to a trainer. */
export const mayWriteReminders = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || isTrainerOf(actor, regionId)
