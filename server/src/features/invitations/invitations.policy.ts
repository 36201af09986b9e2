import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** Only a director sends, takes back, or reads what a region's day sends. */
export const maySend = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
export const mayReadOutbox = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** What is about nobody known belongs to whichever director sees to it: there is one mailbox. */
export const maySettle = (actor: Actor, regionId: string | null) =>
  regionId === null
    ? actor.grants.some(({ kind }) => kind === 'director')
    : isDirectorOf(actor, regionId)

/** A meeting goes into the calendar of those who meet, by their own hand. */
export const mayTakeHome = (actor: Actor, person: { personId: string; regionId: string }) =>
  membershipIn(actor, person.regionId)?.personId === person.personId
