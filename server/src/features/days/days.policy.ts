import { type Actor, belongsTo, isDirectorOf, isTrainerOf } from '#server/platform/actor.ts'

/** Whoever belongs to the region may know which days it has. */
export const maySeeDays = (actor: Actor, regionId: string) => belongsTo(actor, regionId)

/** What annoys customers in a region, without anything that was seen of it: reminders are written from it. */
export const mayReadIrritants = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || isTrainerOf(actor, regionId)

/** Only a director of the region creates, changes, opens and follows its days. */
export const mayRunDays = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
