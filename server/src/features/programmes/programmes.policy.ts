import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** The director decides who is reminded when; nobody sees who read. */
export const mayRunProgrammes = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
