import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** Findings are made of observations: whoever reads those groups them, and nobody else. */
export const mayGroup = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
