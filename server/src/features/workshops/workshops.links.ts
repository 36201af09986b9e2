import { personById } from '#server/features/roster/roster.service.ts'
import { readToken, worthOf } from '#server/platform/capabilities.ts'
import type { Reader } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import * as people from './workshops.people.queries.ts'
import * as queries from './workshops.queries.ts'

/**
 * Whom the link of a workshop speaks for. Refuses with `not-found` what was never ours and the link of
 * whoever left the region, and a former one with `link-renewed`.
 */
export async function invitedByLink(
  db: Reader,
  secret: string,
  token: string,
): Promise<people.InvitedRow | Refusal> {
  const read = readToken(token)
  const invited = read && (await people.invitedById(db, read.id))
  const person = invited && (await personById(db, invited.personId))
  if (!invited || person?.leftOn !== null) return refuse('not-found')
  return refusalOf(secret, 'workshop', token, invited.linkGeneration) ?? invited
}

/**
 * The session a link leads to: its facilitator’s own, or that of the picture shown in its room. Both end
 * when somebody else leads it, and with its facilitator’s leaving, also of a session that is over: what
 * they show is about colleagues.
 */
export async function sessionByLink(
  db: Reader,
  secret: string,
  kind: 'facilitator' | 'workshop-room',
  token: string,
): Promise<queries.SessionRow | Refusal> {
  const read = readToken(token)
  const session = read && (await queries.sessionById(db, read.id))
  if (!session) return refuse('not-found')
  const refused = refusalOf(secret, kind, token, session.linkGeneration)
  if (refused) return refused
  return (await personById(db, session.facilitatorId))?.leftOn ? refuse('holder-left') : session
}

function refusalOf(secret: string, kind: string, token: string, generation: number) {
  const worth = worthOf(secret, kind, token, generation)
  if (worth === 'current') return undefined
  return refuse(worth === 'former' ? 'link-renewed' : 'not-found')
}
