import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** What readers answered, told by fives, is for the director; nobody reads it one by one. */
export const mayReadAnswers = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
