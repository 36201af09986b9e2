import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** Only the region's directors make its report and its exports; to whom they send it is theirs. */
export const mayReport = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
