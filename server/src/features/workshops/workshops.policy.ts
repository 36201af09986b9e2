import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** The director decides who is asked, who sits where, and sees who came. */
export const mayRunWorkshops = (actor: Actor, regionId: string): boolean =>
  isDirectorOf(actor, regionId)
