import { type Actor, isDirectorOf } from '#server/platform/actor.ts'

/** Only a director sends, takes back, or reads what a region's day sends. */
export const maySend = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
export const mayReadOutbox = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** What is about nobody known belongs to whichever director sees to it: there is one mailbox. */
export const maySettle = (actor: Actor, regionId: string | null) =>
  regionId === null
    ? actor.grants.some(({ kind }) => kind === 'director')
    : isDirectorOf(actor, regionId)
