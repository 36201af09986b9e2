import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** The director answers for what guests and hosts are told; nobody else words a kit. */
export const mayWordKits = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
