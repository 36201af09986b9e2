import { type Day, lockDay } from '#server/features/days/days.service.ts'
import { mayShadow } from '#server/features/signup/signup.rules.ts'
import { signupsForMatching } from '#server/features/signup/signup.service.ts'
import { recordAudit } from '#server/platform/audit.ts'
import { newId } from '#server/platform/identity.ts'
import type { Trx } from '#server/platform/postgres/database.ts'
import { type Refusal, refuse } from '#server/platform/refusal.ts'
import type { PinKind } from '#shared/matching/matching.vocabulary.ts'
import { computeAnew, type Plan } from './matching.drafts.ts'
import { inputOf } from './matching.input.ts'
import * as queries from './matching.pins.queries.ts'
import { wishersOf } from './matching.problem.ts'

export const { lastChoice, pinsOfDay } = queries

/** The director's word on a guest and a slot. */
interface Pair {
  personId: string
  slotId: string
  kind: PinKind | null
}

/**
 * Sets, or with null clears, the director's word on a guest and a slot, and computes a draft with
 * it at once. A pin follows the same conditions as any place: never one's own role, never while
 * hosting, only what can be given; it takes the place of a former pin of the guest.
 * @param basisId the draft that was looked at.
 * @returns the draft under way.
 */
export async function setPin(
  trx: Trx,
  dayId: string,
  { basisId, ...pair }: Pair & { basisId?: string | undefined },
  by: string | null,
  now: Date,
): Promise<Plan | Refusal> {
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
  const own = (await queries.pinsOfDay(trx, dayId)).filter((pin) => pin.personId === personId)
  const former = own.find((pin) => pin.slotId === slotId)?.kind ?? null
  const elsewhere = own.find((pin) => pin.kind === 'pin' && pin.slotId !== slotId)?.slotId
  if (former !== kind) {
    await writePin(trx, day, pair, by, now)
    await queries.insertChoice(trx, {
      id: newId(now),
      region_id: day.regionId,
      day_id: dayId,
      person_id: personId,
      slot_id: slotId,
      former,
      kind,
      former_slot_id: kind === 'pin' ? (elsewhere ?? null) : null,
      made_by: by,
      made_at: now,
    })
    const action = `matching.${kind ?? 'clear-pin'}`
    const entry = { regionId: day.regionId, accountId: by, action, subjectId: slotId }
    await recordAudit(trx, entry, now)
  }
  return computeAnew(trx, day, basisId, by, now)
}

/**
 * Takes back the last choice by hand, and computes a draft without it at once. Of two directors
 * who take back the same one, the second hears that it is no longer the last.
 * @returns the draft under way.
 */
export async function undoChoice(
  trx: Trx,
  dayId: string,
  { choiceId, basisId }: { choiceId: string; basisId?: string | undefined },
  by: string | null,
  now: Date,
): Promise<Plan | Refusal> {
  const day = await lockDay(trx, dayId)
  if (!day) return refuse('not-found')
  if (day.cancelledAt) return refuse('day-cancelled')
  const last = await queries.lastChoice(trx, dayId)
  if (last?.id !== choiceId) return refuse('conflict')
  const { personId, slotId, former, formerSlotId } = last
  await writePin(trx, day, { personId, slotId, kind: former }, by, now)
  if (formerSlotId) {
    await writePin(trx, day, { personId, slotId: formerSlotId, kind: 'pin' }, by, now)
  }
  await queries.deleteChoice(trx, choiceId)
  const entry = { regionId: day.regionId, accountId: by, action: 'matching.undo-choice' }
  await recordAudit(trx, { ...entry, subjectId: slotId }, now)
  return computeAnew(trx, day, basisId, by, now)
}

async function writePin(
  trx: Trx,
  day: Day,
  { personId, slotId, kind }: Pair,
  by: string | null,
  now: Date,
): Promise<void> {
  await queries.deletePin(trx, day.id, personId, slotId)
  if (kind === null) return
  if (kind === 'pin') await queries.deletePinOf(trx, day.id, personId)
  await queries.insertPin(trx, {
    region_id: day.regionId,
    day_id: day.id,
    person_id: personId,
    slot_id: slotId,
    kind,
    set_by: by,
    set_at: now,
  })
}
