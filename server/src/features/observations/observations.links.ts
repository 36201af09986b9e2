import * as matching from '#server/features/matching/matching.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { readToken, verifyToken } from '#server/platform/capabilities.ts'
import type { Database } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal, refuse } from '#server/platform/refusal.ts'

/** Whose link it is, and for which day; a link that was revoked is nobody's. */
export async function linkHolder(
  db: Database,
  secret: string,
  kind: 'slot' | 'placement',
  token: string,
): Promise<{ dayId: string; personId: string } | Refusal> {
  if (kind === 'slot') {
    const slot = await slots.resolveSlotLink(db, secret, token)
    return isRefusal(slot) ? slot : { dayId: slot.dayId, personId: slot.hostId }
  }
  const id = readToken(token)?.id
  const placement = id ? await matching.placementById(db, id) : undefined
  if (!placement || !verifyToken(secret, 'placement', token, placement.linkGeneration)) {
    return refuse('link-expired')
  }
  return { dayId: placement.dayId, personId: placement.personId }
}
