import { resolvePlacementLink } from '#server/features/confirmations/confirmations.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import type { Database } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'

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
  const placement = await resolvePlacementLink(db, secret, token)
  if (isRefusal(placement)) return placement
  return { dayId: placement.dayId, personId: placement.personId }
}
