import { type Actor, isAdministrator } from '#server/platform/actor.ts'

/** Who runs the installation sees whether its record store takes what is told; of people, nothing. */
export const mayLookAfterRecords = (actor: Actor) => isAdministrator(actor)
