import { type Actor, coordinatesIn, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** Only a director sends, takes back, or reads what a region's day sends. */
export const maySend = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)
export const mayReadOutbox = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** Who follows the answers: the director everywhere, a coordinator at their own sites. */
export const maySeeBoard = (actor: Actor, regionId: string) =>
  isDirectorOf(actor, regionId) || coordinatesIn(actor, regionId)

/** The sites whose answers somebody may see; null for all of the region. */
export const sitesToFollow = (actor: Actor, regionId: string): string[] | null =>
  isDirectorOf(actor, regionId)
    ? null
    : actor.grants.flatMap((grant) =>
        grant.kind === 'coordinator' && grant.regionId === regionId ? (grant.siteId ?? []) : [],
      )

/** What people wrote, and when: only the director to whom it was written. */
export const mayReadConversation = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** What is about nobody known belongs to whichever director sees to it: there is one mailbox. */
export const maySettle = (actor: Actor, regionId: string | null) =>
  regionId === null
    ? actor.grants.some(({ kind }) => kind === 'director')
    : isDirectorOf(actor, regionId)

/** A meeting goes into the calendar of those who meet, by their own hand. */
export const mayTakeHome = (actor: Actor, person: { personId: string; regionId: string }) =>
  membershipIn(actor, person.regionId)?.personId === person.personId
