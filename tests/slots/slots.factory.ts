import type { Slot } from '#server/features/slots/slots.service.ts'
import * as slots from '#server/features/slots/slots.service.ts'
import { inTransaction } from '#server/platform/postgres/database.ts'
import { isRefusal, type Refusal } from '#server/platform/refusal.ts'
import type { Services } from '#server/platform/services.ts'
import type { DayDetails } from '#shared/days/days.contract.ts'
import type { SlotDetails } from '#shared/slots/slots.contract.ts'
import { periodOf } from '../days/days.factory.ts'

/** What a host says when they leave everything as proposed. */
export function slotDetails(
  day: DayDetails,
  periodCode: string,
  changes: Partial<SlotDetails> = {},
): SlotDetails {
  const period = periodOf(day, periodCode)
  return {
    periodId: period.id,
    startsAt: period.startsAt,
    endsAt: period.endsAt,
    capacity: 1,
    noCalls: false,
    accessible: false,
    safetyEquipment: false,
    languages: ['fr'],
    note: '',
    ...changes,
  }
}

/**
 * A slot through the services: offered by its host and released by its site, in the morning, for
 * one guest, unless told. `status: 'proposed'` leaves it waiting for the host's yes.
 */
export async function makeSlot(
  { db, secret }: Pick<Services, 'db' | 'secret'>,
  now: Date,
  day: DayDetails,
  host: { personId: string; siteId: string; roleId: string },
  {
    period = 'morning',
    status = 'accepted',
    release = 'released',
    by,
    ...changes
  }: Partial<SlotDetails> & {
    period?: string
    status?: 'proposed' | 'accepted' | 'paused' | 'declined'
    release?: 'released' | 'pending' | 'refused'
    by?: string
  } = {},
): Promise<Slot> {
  const details = slotDetails(day, period, changes)
  const made = await inTransaction(db, async (trx) => {
    let slot: Slot | Refusal | undefined
    if (status === 'proposed') {
      const proposal = { periodId: details.periodId, capacity: details.capacity, perSite: 500 }
      const asked = await slots.proposeSlots(trx, secret, day.id, [host], proposal, null, now)
      slot = isRefusal(asked) ? asked : asked[0]
    } else {
      slot = await slots.offerSlot(trx, secret, day.id, host, details, now)
    }
    if (!slot) throw new Error('this host has another slot at these hours')
    if (isRefusal(slot)) return slot
    if (release !== 'pending') {
      const word = release === 'refused' ? { release, reason: 'Inventaire' } : { release }
      // A slot nobody released by name is released by the slot's host: only the trail differs.
      slot = await slots.setRelease(trx, slot.id, word, by ?? host.personId, now)
      if (isRefusal(slot)) return slot
    }
    if (status === 'proposed' || status === 'accepted') return slot
    const answer = status === 'paused' ? 'pause' : 'no'
    return slots.answerSlot(trx, slot.id, { answer }, now)
  })
  if (isRefusal(made)) throw new Error(made.refused)
  return made
}
