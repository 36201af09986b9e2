import { lockDay } from '#server/features/days/days.service.ts'
import { mayShadow } from '#server/features/signup/signup.rules.ts'
import { signupsForMatching } from '#server/features/signup/signup.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { PinKind } from '#shared/matching/matching.vocabulary.ts'
import { inputOf } from './matching.input.ts'
import { wishersOf } from './matching.plan.ts'
import * as queries from './matching.queries.ts'

/**
 * Sets, or with null clears, the director's word on a guest and a slot. It counts from the next
 * plan on. A pin follows the same conditions as any place: never one's own role, never while
 * hosting, only what can be given.
 */
export async function setPin(
  trx: Trx,
  dayId: string,
  pair: { personId: string; slotId: string; kind: PinKind | null },
  by: string | null,
  now: Date,
): Promise<undefined | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  const { personId, slotId, kind } = pair
  if (kind !== null) {
    const { input } = await inputOf(trx, day, await signupsForMatching(trx, dayId))
    const wisher = wishersOf(input).get(personId)
    const slot = input.slots.find(({ id }) => id === slotId)
    if (!wisher || !slot) return refuse('not-found')
    if (kind === 'pin' && !mayShadow(wisher, slot)) return refuse('pin-impossible')
  }
  await queries.deletePin(trx, dayId, personId, slotId)
  if (kind === 'pin') await queries.deletePinOf(trx, dayId, personId)
  if (kind !== null) {
    await queries.insertPin(trx, {
      region_id: day.regionId,
      day_id: dayId,
      person_id: personId,
      slot_id: slotId,
      kind,
      set_by: by,
      set_at: now,
    })
  }
  const action = `matching.${kind ?? 'clear-pin'}`
  await recordAudit(trx, { regionId: day.regionId, accountId: by, action, subjectId: slotId }, now)
  return undefined
}
