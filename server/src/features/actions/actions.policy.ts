import { type Actor, isDirectorOf, membershipIn } from '#server/platform/actor.ts'

/** The director makes actions of findings and gives them to people. */
export const mayPlan = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** The director opens what changed to readers outside, and chooses what is quoted there. */
export const mayShare = (actor: Actor, regionId: string) => isDirectorOf(actor, regionId)

/** Whoever carries an action, as the person of its region they are signed in as. */
export const carries = (actor: Actor, action: { regionId: string; ownerId: string | null }) =>
  action.ownerId !== null && membershipIn(actor, action.regionId)?.personId === action.ownerId

/** Its owner decides and tells progress; a director may for them. */
export const mayAnswer = (actor: Actor, action: { regionId: string; ownerId: string | null }) =>
  mayPlan(actor, action.regionId) || carries(actor, action)
