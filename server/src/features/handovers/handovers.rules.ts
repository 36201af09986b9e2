import { isLive, overlap } from '#server/features/slots/slots.rules.ts'
import type { HandoverStatus } from '#shared/handovers/handovers.vocabulary.ts'
import type { Slot } from '#shared/slots/slots.contract.ts'

/** One request to a colleague to host a slot in its host's place. */
export interface Handover {
  id: string
  regionId: string
  dayId: string
  slotId: string
  fromId: string
  toId: string
  status: HandoverStatus
  askedAt: Date
  expiresAt: Date
  linkGeneration: number
}

/** A request still counts: whatever a job has or has not yet done about its end. */
export const isPending = (handover: { status: string; expiresAt: Date }, now: Date) =>
  handover.status === 'pending' && now < handover.expiresAt

/**
 * Who of these could host in somebody's place: not the host, and neither hosting (nor asked to, nor
 * pausing) nor visiting at these hours.
 * @param visits where people visit on this day: personId → the slot they visit.
 */
export function freeAt(
  people: readonly string[],
  slot: Pick<Slot, 'id' | 'hostId' | 'startsAt' | 'endsAt'>,
  slots: readonly Pick<Slot, 'hostId' | 'status' | 'startsAt' | 'endsAt'>[],
  visits: ReadonlyMap<string, Pick<Slot, 'startsAt' | 'endsAt'>>,
): string[] {
  const busy = new Set(
    slots.filter((one) => isLive(one) && overlap(one, slot)).map(({ hostId }) => hostId),
  )
  return people.filter((id) => {
    const visit = visits.get(id)
    return id !== slot.hostId && !busy.has(id) && !(visit && overlap(visit, slot))
  })
}
