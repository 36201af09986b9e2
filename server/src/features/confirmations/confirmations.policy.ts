import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** A link that got about is replaced by whom it speaks for, or by the director. */
export const mayRenewLink = (actor: Actor, person: { personId: string; regionId: string }) =>
  mayAnswerFor(actor, person) || isDirectorOf(actor, person.regionId)

/** Hosts answer for their own slots, guests for their own placements; nobody for anybody else. */
export const mayAnswerFor = (actor: Actor, person: { personId: string; regionId: string }) =>
  membershipIn(actor, person.regionId)?.personId === person.personId
